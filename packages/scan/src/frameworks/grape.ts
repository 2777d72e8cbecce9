import type { CallExpr, ContainerIR, FunctionIR, Stmt } from "../ir/nodes.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { entryOf, isClosure, joinPaths, methodOf, namesOf, numberOf, SAFE_VERBS, statusOf, stringOf } from "./reading.ts";
import { parentNames } from "./ruby/classes.ts";
import { namesGiven, optionsOf } from "./ruby/route-context.ts";

const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "options"]);
/** https://github.com/ruby-grape/grape#basic-usage, #parameter-validation-and-coercion */
const SPACES: ReadonlySet<string> = new Set(["resource", "resources", "namespace", "group", "segment"]);
const API = /(?:^|\.)(?:Grape\.API(?:\.Instance)?|API\.Base|BaseAPI)$/;

/** Grape: endpoints in the blocks of an API class. */
export const grape: Framework = {
  id: "grape",
  title: "Grape",
  docs: "https://github.com/ruby-grape/grape",
  languages: ["ruby"],
  enabledBy: { rubygems: ["grape"] },
  mayHold: /\bGrape::API\b|<\s*[\w:]*(?:API|Base|Instance)\b|^\s*(?:resources?|namespace)\s+:?["'\w/]+.*\bdo\b/m,
  handlers: (view) =>
    view.file.containers.flatMap((container) =>
      parentNames(container, view.project).some((name) => API.test(name)) ? endpoints(view, container) : [],
    ),
  endOfCall,
  answersByReturn: true,
  request: {
    ip: "env['REMOTE_ADDR']",
    actor: "current_user&.id",
    requestId: "env['action_dispatch.request_id']",
    userAgent: "headers['User-Agent']",
  },
};

function endpoints(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const prefix = callsIn(container.body).reduce((path, call) => {
    const name = methodOf(call);
    const text = stringOf(call.args[0]);
    if (name === "prefix" && text !== undefined) return joinPaths(text, path);
    return name === "version" && text !== undefined && stringOf(entryOf(optionsOf(call), "using")) === "path"
      ? joinPaths(path, text)
      : path;
  }, "");
  return inSpace(view, container, container.body, prefix);
}

function inSpace(view: FileView, container: ContainerIR, body: readonly Stmt[], prefix: string): readonly HandlerFound[] {
  return callsIn(body).flatMap((call): readonly HandlerFound[] => {
    const name = methodOf(call);
    const block = call.args.at(-1);
    if (!isClosure(block)) return [];
    if (SPACES.has(name)) return inSpace(view, container, block.fn.body, joinPaths(prefix, ...namesGiven(call).slice(0, 1)));
    if (name === "route_param") return inSpace(view, container, block.fn.body, joinPaths(prefix, `:${namesGiven(call)[0] ?? "id"}`));
    if (name === "before") return [made(view, container, block.fn, call, { kind: "gate", name: `${container.name} before` })];
    if (name === "rescue_from") return [made(view, container, block.fn, call, { kind: "errors", name: `${container.name} rescue_from` })];
    if (!VERBS.has(name)) return [];
    const method = name.toUpperCase();
    const path = joinPaths(prefix, ...namesGiven(call).slice(0, 1));
    return [
      made(view, container, block.fn, call, { kind: "route", name: `${method} ${path}`, method, path, readOnly: SAFE_VERBS.has(method) }),
    ];
  });
}

function made(
  view: FileView,
  container: ContainerIR,
  fn: FunctionIR,
  at: CallExpr,
  parts: Pick<HandlerFound, "kind" | "name" | "method" | "path" | "readOnly">,
): HandlerFound {
  return { ...parts, entry: { fn }, file: view.file, container, at };
}

function callsIn(body: readonly Stmt[]): readonly CallExpr[] {
  return body.flatMap((stmt) => ((stmt.kind === "expr" || stmt.kind === "return") && stmt.value?.kind === "call" ? [stmt.value] : []));
}

/** `error!("401 Unauthorized", 401)` ends the request. */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  if (names.length > 2 || (names.length === 2 && names[0] !== "this")) return undefined;
  const name = methodOf(call);
  const second = statusOf(call.args[1]);
  if (name === "error!") return { status: second ?? 500, sent: true, stops: true, says: call.args };
  if (name === "redirect") return { sent: true, kind: "redirect", says: call.args };
  if (name === "status")
    return numberOf(call.args[0]) === undefined && stringOf(call.args[0]) === undefined ? undefined : { ...withStatus(call) };
  if (name === "present" || name === "body") return { sent: true, says: [] };
  const fixed: Readonly<Record<string, number>> = {
    "unauthorized!": 401,
    "forbidden!": 403,
    "not_found!": 404,
    "render_api_error!": second ?? 400,
  };
  return Object.hasOwn(fixed, name) ? { status: fixed[name]!, sent: true, stops: true, helper: true, says: call.args } : undefined;
}

function withStatus(call: CallExpr): { readonly status?: number } {
  const status = statusOf(call.args[0]);
  return status === undefined ? {} : { status };
}
