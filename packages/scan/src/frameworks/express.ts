import type { Expr, FunctionIR } from "../ir/nodes.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, handedOn, statusAssigned } from "./http/answers.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { entryOf, flat, isClosure, joinPaths, methodOf, namesOf, receiverOf, stringOf, verbOf } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { isCertainlyFunction, mayBeFunction } from "./routers/functions.ts";
import { middleware } from "./routers/gates.ts";
import { mountsOf, type Mounts } from "./routers/mounts.ts";
import { HANDLER_KEY, mayRegister, speaksFamily, verbRegistrations, type Registration } from "./routers/registrations.ts";
import { routeObjects, type RouteObject } from "./routers/route-objects.ts";

/** Express, and the routers that take its shape: `(req, res, next)`, `use`, `router.METHOD(path, …middleware, handler)`. */
const FAMILY: RouterFamily = {
  packages:
    /^(?:express(?:-promise-router|-ws)?|polka|restify|connect|router|ultimate-express|hyper-express|@tinyhttp\/app|@feathersjs\/express|meteor\/webapp)$/,
  makers: /^(?:(?:\w+\.)?express(?:\.Router)?|(?:\w+\.)?Router|[Pp]romiseRouter|polka|connect|restify\.createServer)$/,
  types: /^(?:\w+\.)?(?:Express|Application|Router|IRouter|IRoute|Polka)$/,
  names: /^(?:app|router|application|routes?|express|\w*(?:Router|App|Routes?|Routing))$/,
  // Meteor's `WebApp.handlers` are an Express app, `connectHandlers` were one of Connect.
  maybe: /^(?:api|server|web|(?:raw)?(?:[cC]onnect|[eE]xpress)?[hH]andlers|\w+(?:Api|API|Server))$/,
  firstParam: /^_?(?:req|request|r|_|err|error|e|\w*[Rr]eq(?:uest)?)$/,
  yieldsTo: [],
};

/** Names of helpers that take a verb, a path and a handler. */
const REGISTERS = /^(?:route|on|add|register|handle|endpoint|method|(?:add|register|create|define)\w*(?:Route|Endpoint|Handler))$/;

const VERB_ARGUMENT = String.raw`\(\s*["'\x60](?:get|post|put|patch|del|delete|head|opts|options|all|GET|POST|PUT|PATCH|DEL|DELETE|HEAD|OPTS|OPTIONS|ALL)["'\x60]\s*,`;

/** Frameworks whose routes are objects with a method, a path and a handler; where the project has one, such an object is theirs. */
const OBJECT_ROUTERS = ["@hapi/hapi", "fastify"];

function handlers(view: FileView): readonly HandlerFound[] {
  if (belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  return [
    ...verbRegistrations(view, FAMILY).map((one) => ofVerb(view, one, mounts)),
    ...view.calls.flatMap((site) => ofHelper(view, site, mounts)),
    ...view.calls.flatMap((site) => ofNamedVerb(view, site, mounts)),
    ...ofObjects(view, mounts),
    ...middleware(view, FAMILY, sortOfMiddleware),
  ];
}

function ofVerb(view: FileView, one: Registration, mounts: Mounts): HandlerFound {
  const { scope, container } = one.site;
  const entry = one.chain[one.chain.length - 1]!;
  const path = prefixed(mounts.prefixOf(one.receiver, scope), one.path);
  const through = one.chain.filter((expr) => expr !== entry);
  return found(view, { method: one.method, path, entry, scope, container, at: one.at, through });
}

function prefixed(prefix: string, path: string | undefined): string | undefined {
  return path === undefined || prefix === "" ? path : joinPaths(prefix, path);
}

/** `this.post("/login", this.login, PERMISSION)`: a method of the class that registers; the handler is a method or closure. */
function ofHelper(view: FileView, { call, scope, container }: CallSite, mounts: Mounts): readonly HandlerFound[] {
  const method = verbOf(methodOf(call));
  const written = stringOf(call.args[0]);
  const receiver = receiverOf(call);
  if (method === undefined || container === null || receiver?.kind !== "name" || receiver.name !== "this") return [];
  const rest = flat(call.args.slice(1));
  if (written?.startsWith("/") !== true || !speaksFamily(rest, FAMILY)) return [];
  const path = prefixed(mounts.prefixOf(receiver, scope), written);
  const entry = rest.find((arg) => isOwnHandler(arg, container.functions));
  const through = rest.filter((arg) => arg !== entry && mayBeFunction(arg, view, scope));
  return entry === undefined ? [] : [found(view, { method, path, entry, scope, container, at: call, through })];
}

/** `POST`, `post`; not `Post`. */
function verbNamed(text: string): string | undefined {
  return text === text.toUpperCase() || text === text.toLowerCase() ? verbOf(text.toLowerCase()) : undefined;
}

/** `this.route("POST", "/login", limit, (req) => …)`: a helper of the project that takes the verb as text. */
function ofNamedVerb(view: FileView, { call, scope, container }: CallSite, mounts: Mounts): readonly HandlerFound[] {
  const receiver = receiverOf(call);
  const method = verbNamed(stringOf(call.args[0]) ?? "");
  const written = stringOf(call.args[1]);
  if (receiver === undefined || method === undefined || written?.startsWith("/") !== true) return [];
  const chain = flat(call.args.slice(2));
  const entry = chain.at(-1);
  if (!REGISTERS.test(methodOf(call)) || entry === undefined || !speaksFamily(chain, FAMILY)) return [];
  if (!isCertainlyFunction(entry, view, scope)) return [];
  const path = prefixed(mounts.prefixOf(receiver, scope), written);
  return [found(view, { method, path, entry, scope, container, at: call, through: chain.slice(0, -1) })];
}

/** A closure, or a method of this class, bound or not: `this.login`, `this.login.bind(this)`. */
function isOwnHandler(expr: Expr, methods: readonly FunctionIR[]): boolean {
  if (isClosure(expr)) return expr.fn.params.length > 0;
  const [root, name, bind] = namesOf(expr);
  return root === "this" && (bind === undefined || bind === "bind") && methods.some((fn) => fn.name === name);
}

function ofObjects(view: FileView, mounts: Mounts): readonly HandlerFound[] {
  const own = view.file.imports.some((one) => FAMILY.packages.test(one.source));
  if (!own && OBJECT_ROUTERS.some((name) => view.project.has("npm", name, view.file.path))) return [];
  return routeObjects(view, (record) => entryOf(record, "handler", "handlers", "controller")).flatMap((one) => ofObject(view, one, mounts));
}

function ofObject(view: FileView, one: RouteObject, mounts: Mounts): readonly HandlerFound[] {
  const chain = flat([one.handler]);
  const entry = chain.findLast((expr) => mayBeFunction(expr, view, one.scope));
  if (entry === undefined || !speaksFamily(chain, FAMILY)) return [];
  const before = ["middleware", "middlewares", "before"].map((key) => entryOf(one.record, key)).filter((expr) => expr !== undefined);
  const path = one.call === undefined ? one.path : prefixed(mounts.prefixOf(receiverOf(one.call) ?? one.call.callee, one.scope), one.path);
  return [found(view, { ...one, path, entry, through: [...flat(before), ...chain.filter((expr) => expr !== entry)] })];
}

/** Express tells error middleware by its four parameters: https://expressjs.com/en/guide/error-handling.html. */
function sortOfMiddleware(fn: FunctionIR): "gate" | "errors" | undefined {
  if (fn.params.length === 4) return "errors";
  return fn.params.length === 2 || fn.params.length === 3 ? "gate" : undefined;
}

export const express: Framework = {
  id: "express",
  title: "Express",
  docs: "https://expressjs.com/en/api.html",
  languages: ["javascript"],
  enabledBy: {
    npm: [
      "express",
      "express-promise-router",
      "polka",
      "restify",
      "connect",
      "router",
      "ultimate-express",
      "hyper-express",
      "@tinyhttp/app",
      "@feathersjs/express",
    ],
    imports: ["meteor/webapp"],
  },
  mayHold: mayRegister("use", `${HANDLER_KEY}|${VERB_ARGUMENT}`),
  handlers,
  endOfCall: (call) => answerOf(call) ?? handedOn(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: (assign) => statusAssigned(assign) ?? statusOnError(assign),
  // `app.handle` gives finalhandler an `onerror` that prints `err.stack` whatever the status, unless `env` is "test": lib/application.js, logerror.
  logsUnhandled: () => true,
  handsOnThrown: throwsReachErrorHandlers,
  request: {
    ip: "req.ip",
    actor: "req.user?.id",
    requestId: 'req.get("x-request-id")',
    userAgent: 'req.get("user-agent")',
  },
};

/**
 * Express 5 hands a rejected promise to the error handlers, and so do wrappers around the handler. Express 4 does not;
 * nor can be said what a registration helper of the application (`this.route({ … })`) does with it.
 */
function throwsReachErrorHandlers(handler: HandlerFound, versionOf: (dependency: string) => string | undefined): boolean {
  if (versionOf("express-async-errors") !== undefined || versionOf("express-promise-router") !== undefined) return true;
  if ("expr" in handler.entry && handler.entry.expr.kind === "call") return true;
  const registration = handler.file.text.slice(handler.at.start, handler.at.start + 40);
  if (/^this\s*\.\s*\w+\s*\(/.test(registration)) return false;
  const express = /\d+/.exec(versionOf("express") ?? "");
  return express === null || Number(express[0]) >= 5;
}
