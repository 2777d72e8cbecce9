import type { AssignExpr, CallExpr, ContainerIR, Expr, FunctionIR, Span, Stmt } from "../ir/nodes.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { bare, endByStatus, isClosure, joinPaths, methodOf, namesOf, numberOf, SAFE_VERBS, stringOf } from "./reading.ts";
import { parentNames } from "./ruby/classes.ts";
import { macrosIn } from "./ruby/callbacks.ts";
import { namesGiven } from "./ruby/route-context.ts";

/** Methods of the request that take a verb; those beside `get` and `post` are of the plugin `all_verbs`. */
const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options"]);
/** Methods that go into a block where the path fits. https://roda.jeremyevans.net/rdoc/classes/Roda/RodaPlugins/Base/RequestMethods.html */
const BRANCHES: ReadonlySet<string> = new Set(["on", "is"]);
/** Blocks of the class that are given the request: the tree itself, and its branches by plugins. */
const TREES: ReadonlySet<string> = new Set(["route", "hash_branch", "hash_path"]);
const APPLICATION = /(?:^|\.)Roda$/;

/** Roda: the tree of blocks that a request is led through, the checks on the way, and what answers errors. */
export const roda: Framework = {
  id: "roda",
  title: "Roda",
  docs: "https://roda.jeremyevans.net/documentation.html",
  languages: ["ruby"],
  enabledBy: { rubygems: ["roda"] },
  mayHold: /^\s*(?:route|hash_branch|hash_path|error_handler|plugin)\b/m,
  handlers: (view) =>
    view.file.containers.flatMap((container) =>
      parentNames(container, view.project).some((name) => APPLICATION.test(name)) ? ofApplication(view, container) : [],
    ),
  endOfCall,
  endOfAssign,
  // Without the plugin `error_handler` an error leaves the application, and the server writes it.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: { ip: "request.ip", actor: null, requestId: 'env["HTTP_X_REQUEST_ID"]', userAgent: "request.user_agent" },
};

function ofApplication(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  return macrosIn(container.body).flatMap((call): readonly HandlerFound[] => {
    const block = call.args.at(-1);
    if (!isClosure(block)) return [];
    const name = methodOf(call);
    if (TREES.has(name)) {
      const [param] = block.fn.params;
      if (param?.pattern.kind !== "bind") return [];
      const tree = { view, container, request: param.pattern.name };
      return inTree(tree, block.fn, name === "route" ? "" : namesGiven(call).join("/"), []);
    }
    const own = { entry: { fn: block.fn }, file: view.file, container, at: call };
    if (name === "error_handler" || (name === "plugin" && stringOf(call.args[0]) === "error_handler"))
      return [{ ...own, kind: "errors", name: `${container.name} error_handler` }];
    return name === "before" ? [{ ...own, kind: "gate", name: `${container.name} before` }] : [];
  });
}

interface Tree {
  readonly view: FileView;
  readonly container: ContainerIR;
  /** What the blocks call the request: `r`. */
  readonly request: string;
}

/** The routes in a block, with what runs in the blocks around them first. */
function inTree(tree: Tree, fn: FunctionIR, path: string, checks: readonly Expr[]): readonly HandlerFound[] {
  const found: HandlerFound[] = [];
  let before = checks;
  for (const call of callsIn(fn.body)) {
    if (isRequest(tree, call)) found.push(...matched(tree, call, path, before));
    else if (isOwnCheck(call)) before = [...before, call.callee];
  }
  return found;
}

/** `r.on "users", Integer do |id| … end`, `r.post "login" do … end`, `r.root { … }`. */
function matched(tree: Tree, call: CallExpr, path: string, checks: readonly Expr[]): readonly HandlerFound[] {
  const block = call.args.at(-1);
  if (!isClosure(block)) return [];
  const name = methodOf(call);
  const full = joinPaths(path, ...call.args.slice(0, -1).flatMap(piece));
  if (VERBS.has(name)) return [route(tree, block.fn, call, name.toUpperCase(), full, checks)];
  if (name === "root") return [route(tree, block.fn, call, "GET", joinPaths(path), checks)];
  if (!BRANCHES.has(name)) return [];
  const inner = inTree(tree, block.fn, full, checks);
  return inner.length > 0 || name === "on" ? inner : [route(tree, block.fn, call, "ALL", full, checks)];
}

function route(tree: Tree, fn: FunctionIR, at: Span, method: string, path: string, through: readonly Expr[]): HandlerFound {
  return {
    kind: "route",
    name: `${method} ${path}`,
    method,
    path,
    entry: { fn },
    file: tree.view.file,
    container: tree.container,
    at,
    readOnly: SAFE_VERBS.has(method),
    ...(through.length === 0 ? {} : { through }),
  };
}

/** Matchers: text is a piece of the path, a symbol or a class takes one; conditions (`true`, options) take none. */
function piece(arg: Expr): readonly string[] {
  if (arg.kind === "literal") return typeof arg.value !== "string" ? [] : [arg.symbol === true ? `:${arg.value}` : arg.value];
  const name = namesOf(arg).at(-1);
  return arg.kind === "name" && /^[A-Z]/.test(name ?? "") ? [`:${name!.toLowerCase()}`] : [];
}

function isRequest(tree: Tree, call: CallExpr): boolean {
  return call.callee.kind === "member" && call.callee.object.kind === "name" && call.callee.object.name === tree.request;
}

/** `require_admin!`: a method of the application itself that is asked before the request goes further in. */
function isOwnCheck(call: CallExpr): boolean {
  return (
    call.callee.kind === "member" && call.callee.object.kind === "name" && call.callee.object.name === "this" && call.args.length === 0
  );
}

/** Calls that stand alone in a block, also as its value and under a condition. */
function callsIn(body: readonly Stmt[]): readonly CallExpr[] {
  return body.flatMap((stmt): readonly CallExpr[] => {
    switch (stmt.kind) {
      case "expr":
      case "return":
      case "yield": {
        const value = stmt.value === null ? undefined : bare(stmt.value);
        return value?.kind === "call" ? [value] : [];
      }
      case "if":
        return [...callsIn(stmt.then), ...callsIn(stmt.otherwise)];
      case "blockStmt":
      case "try":
        return callsIn(stmt.body);
      default:
        return [];
    }
  });
}

/** `r.halt 401`, `r.halt(403, "no")`, `request.redirect "/"` end the request. https://roda.jeremyevans.net/rdoc/classes/Roda/RodaPlugins/Halt.html */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const [method, isPlain] = [methodOf(call), names.length === 2 && names[0] === "this"];
  const onRequest = /^(?:r|req|request)$/.test(names.at(-2) ?? "");
  if (method === "halt" && onRequest) {
    const status = numberOf(call.args[0]) === undefined ? {} : endByStatus(call.args[0]);
    return { ...status, sent: true, stops: true, says: call.args };
  }
  if (method === "redirect" && onRequest) return { kind: "redirect", sent: true, stops: true, says: call.args };
  return isPlain && (method === "view" || method === "render") ? { sent: true, says: call.args } : undefined;
}

/** `response.status = 401`; `flash["error"] = "…"` is what the next page says. */
function endOfAssign({ target, value }: AssignExpr): End | undefined {
  const names = target.kind === "member" ? namesOf(target) : [];
  if (names.at(-1) === "status" && names.at(-2) === "response") return endByStatus(value);
  return names.includes("flash") ? { says: [value] } : undefined;
}
