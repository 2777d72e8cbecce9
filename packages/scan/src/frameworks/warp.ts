import type { CallExpr, Expr, FunctionIR } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { statusByName } from "./http/statuses.ts";
import { endByStatus, joinPaths, methodOf, namesOf, receiverOf, SAFE_VERBS, stringOf, verbOf } from "./reading.ts";

/** Methods that run a function on what the filters before it took out of the request. https://docs.rs/warp/latest/warp/trait.Filter.html */
const ENDS: ReadonlySet<string> = new Set(["and_then", "then", "map"]);
/** How far filters are followed through names. */
const DEEPEST = 6;

/** Rejections are types of the application's own; their names tell which of them refuse. */
const DENIALS =
  /^(?:Not|No|In|Un|Wrong|Bad|Missing|Expired|Access|Permission)\w*(?:Auth|Admin|Login|Logged|Token|Credential|Permission|Permit|Password|Denied|Session)/;

/** warp: functions at the end of filters, filters that refuse, and what answers rejections. */
export const warp: Framework = {
  id: "warp",
  title: "warp",
  docs: "https://docs.rs/warp/latest/warp/",
  languages: ["rust"],
  enabledBy: { cargo: ["warp"] },
  mayHold: /\.(?:and_then|then|map|recover)\s*\(/,
  handlers: (view) => view.calls.flatMap((site) => [...atEnd(view, site), ...recovering(view, site)]),
  endOfCall,
  // What nobody recovers is answered by its kind, and written at debug only.
  logsUnhandled: () => false,
  request: { ip: "addr.map(|addr| addr.ip())", actor: null, requestId: null },
};

/** What filters ask of a request. */
interface Asked {
  readonly pieces: readonly string[];
  readonly method?: string;
  /** Whether a filter of warp stands among them at all: `and_then` is a method of results as well. */
  readonly isFilter: boolean;
}

/** `warp::path("login").and(warp::post()).and(warp::body::json()).and_then(login)`. */
function atEnd(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const before = receiverOf(call);
  const [entry] = call.args;
  const method = methodOf(call);
  if (!ENDS.has(method) || before === undefined || entry === undefined || call.args.length !== 1) return [];
  const asked = askedBy(before, view, scope, DEEPEST);
  if (!asked.isFilter) return [];
  const own = {
    entry: { expr: entry, scope: scopeOf(entry, call, view, scope) },
    file: view.file,
    at: spanOf(before, call),
    ...(container === null ? {} : { container }),
  };
  const isRoute = asked.method !== undefined || asked.pieces.length > 0;
  if (!isRoute) return method === "map" ? [] : [{ ...own, kind: "gate", name: nameOf(entry) ?? scope?.name ?? "filter" }];
  const path = joinPaths(...asked.pieces);
  const verb = asked.method ?? "ALL";
  return [{ ...own, kind: "route", name: nameOf(entry) ?? `${verb} ${path}`, method: verb, path, readOnly: SAFE_VERBS.has(verb) }];
}

/** In `let login = ….and_then(login)` the name is not yet that of the filter: it is the function outside. */
function scopeOf(entry: Expr, call: CallExpr, view: FileView, scope: FunctionIR | null): FunctionIR | null {
  const value = entry.kind === "name" ? view.valueOf(entry.name, scope) : undefined;
  return value !== undefined && value.start <= call.start && value.end >= call.end ? null : scope;
}

/** From the beginning of the chain: that is where the route is written. */
function spanOf(before: Expr, call: CallExpr): { readonly start: number; readonly end: number } {
  return { start: before.start, end: call.end };
}

function nameOf(entry: Expr): string | undefined {
  return entry.kind === "function" ? undefined : namesOf(entry).at(-1);
}

/** `routes.recover(answer)`. */
function recovering(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const [entry] = call.args;
  if (methodOf(call) !== "recover" || entry === undefined || receiverOf(call) === undefined || !importsWarp(view)) return [];
  return [{ kind: "errors", name: nameOf(entry) ?? "recover", entry: { expr: entry, scope }, file: view.file, at: entry }];
}

function importsWarp(view: FileView): boolean {
  return /\bwarp::/.test(view.file.text);
}

/** What a chain of filters asks, names of other filters in the same function followed. */
function askedBy(expr: Expr, view: FileView, scope: FunctionIR | null, depth: number): Asked {
  if (depth === 0) return NOTHING;
  if (expr.kind === "name") {
    const value = view.valueOf(expr.name, scope);
    return value === undefined ? NOTHING : askedBy(value, view, scope, depth - 1);
  }
  if (expr.kind !== "call") return NOTHING;
  const before = receiverOf(expr);
  if (methodOf(expr) === "and" && before !== undefined && expr.args.length === 1) {
    return both(askedBy(before, view, scope, depth), askedBy(expr.args[0]!, view, scope, depth - 1));
  }
  const filter = filterOf(expr, view);
  if (filter !== undefined) return filter;
  return before === undefined ? NOTHING : { ...NOTHING, isFilter: askedBy(before, view, scope, depth).isFilter };
}

const NOTHING: Asked = { pieces: [], isFilter: false };

function both(a: Asked, b: Asked): Asked {
  const method = a.method ?? b.method;
  return { pieces: [...a.pieces, ...b.pieces], isFilter: a.isFilter || b.isFilter, ...(method === undefined ? {} : { method }) };
}

/** `warp::post()`, `warp::path("users")`, `warp::path!("users" / u32)`, `warp::path::param()`, `warp::body::json()`. */
function filterOf(call: CallExpr, view: FileView): Asked | undefined {
  const names = namesOf(call.callee);
  const imported = view.importOf(names[0] ?? "");
  const full = imported === undefined ? names : [...imported.source.split("::"), imported.imported, ...names.slice(1)];
  const name = full.at(-1) ?? "";
  if (name === "path!" && (full[0] === "warp" || importsWarp(view))) return { pieces: pieces(call.args), isFilter: true };
  if (full[0] !== "warp") return undefined;
  if (name === "path") return { pieces: [stringOf(call.args[0]) ?? ":path"], isFilter: true };
  if (name === "param") return { pieces: [":param"], isFilter: true };
  const verb = full.length === 2 ? verbOf(name) : undefined;
  return { pieces: [], isFilter: true, ...(verb === undefined ? {} : { method: verb }) };
}

/** `"users" / u32 / "roles"`: types are parameters. */
function pieces(args: readonly Expr[]): readonly string[] {
  return args.flatMap((arg): readonly string[] => {
    if (arg.kind === "binary") return [...pieces([arg.left]), ...pieces([arg.right])];
    if (arg.kind === "list") return pieces(arg.items);
    const text = stringOf(arg);
    return [text ?? `:${(namesOf(arg).at(-1) ?? "param").toLowerCase()}`];
  });
}

/** https://docs.rs/warp/latest/warp/reply/index.html, https://docs.rs/warp/latest/warp/reject/index.html */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee)
    .flatMap((name) => name.split("::"))
    .slice(-3);
  const [method, of] = [names.at(-1) ?? "", names.at(-2)];
  if (method === "with_status") return { ...endByStatus(call.args[1]), sent: true, says: call.args.slice(0, 1) };
  if (of === "reply" && (method === "json" || method === "html")) return { sent: true, says: call.args };
  if (of === "redirect" || (of === "warp" && method === "redirect")) return { kind: "redirect", sent: true, says: call.args };
  if (method === "custom" && (of === "reject" || of === undefined) && call.args.length === 1) return rejection(call.args[0]!);
  if (method === "not_found" && (of === "reject" || of === undefined)) return { status: 404 };
  return undefined;
}

/** `reject::custom(Unauthorized)`, `reject::custom(Error::NotLoggedIn)`. */
function rejection(reason: Expr): End {
  const name = namesOf(reason).at(-1) ?? "";
  const status = statusByName(name);
  const isDenial = status === 401 || status === 403 || DENIALS.test(name);
  return { raises: reason, ...(status === undefined ? {} : { status }), ...(isDenial ? { kind: "denied" as const } : {}) };
}
