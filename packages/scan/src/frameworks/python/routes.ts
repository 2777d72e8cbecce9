/** Routes that a decorator of an application or router object registers: Flask, FastAPI, Sanic and their kin. */
import type { Decorator, Expr, FunctionIR, RecordExpr } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { follow } from "../modules/follow.ts";
import { entryOf, joinPaths, namesOf, pathTextOf, SAFE_VERBS, stringOf, verbOf } from "../reading.ts";
import { decoratorHints, wrappedIn } from "./decorators.ts";
import { mountedAt } from "./mounts.ts";

/** A router as a library names it. */
export interface RouterKind {
  /** Classes that make one: `Flask`, `Blueprint`. */
  readonly made: RegExp;
  /** Sources that a file imports which has such routes. */
  readonly from: RegExp;
  /** The name under which a router is given its own prefix. */
  readonly prefix: RegExp;
}

export interface Registered {
  readonly fn: FunctionIR;
  readonly router: string;
  readonly decorator: Decorator;
  /** The last name of the decorator: `route`, `post`, `before_request`. */
  readonly method: string;
}

/** Every function of a file that a router decorates. */
export function registeredBy(view: FileView, kind: RouterKind): readonly Registered[] {
  const known = new Map<string, boolean>();
  const isRouter = (name: string): boolean => {
    let answer = known.get(name);
    if (answer === undefined) known.set(name, (answer = routerNamed(view, name, kind)));
    return answer;
  };
  return view.file.functions.flatMap((fn) =>
    fn.decorators.flatMap((decorator): readonly Registered[] => {
      const dot = decorator.name.lastIndexOf(".");
      const router = decorator.name.slice(0, Math.max(0, dot));
      return dot > 0 && isRouter(router) ? [{ fn, router, decorator, method: decorator.name.slice(dot + 1) }] : [];
    }),
  );
}

/** Whether a name holds a router: by what made it; where that is not known, by what the file imports. */
export function routerNamed(view: FileView, name: string, kind: RouterKind): boolean {
  const maker = makerOf(view, name);
  if (maker !== undefined) return kind.made.test(maker.name);
  const root = name.split(".")[0]!;
  if (view.importOf(root)?.source !== undefined && kind.from.test(view.importOf(root)!.source)) return false;
  return USUAL.test(name) && view.file.imports.some((one) => kind.from.test(one.source));
}

/** Names that people give to what routes are registered at, where nothing says what made it. */
const USUAL = /(?:^|[._])(?:app|api|bp|blueprint|router|routes?|server|web)$/i;

interface Maker {
  readonly name: string;
  /** The prefix under which another file mounts it. */
  readonly mounted: string;
  readonly options: RecordExpr | undefined;
}

function makerOf(view: FileView, name: string): Maker | undefined {
  const { expr, file } = follow({ expr: dottedName(name), file: view.file, scope: null }, view.project);
  if (expr.kind !== "call") return undefined;
  const last = namesOf(expr.callee).at(-1) ?? "";
  const options = expr.args.at(-1);
  return { name: last, mounted: mountedAt(expr, file, view.project), options: options?.kind === "record" ? options : undefined };
}

function dottedName(name: string): Expr {
  const [root = "", ...rest] = name.split(".");
  const at = { start: 0, end: 0 };
  return rest.reduce<Expr>((object, property) => ({ kind: "member", ...at, object, property }), { kind: "name", ...at, name: root });
}

/** The prefix that a router is made with, behind that under which it is mounted. */
export function prefixOf(view: FileView, router: string, kind: RouterKind): string | undefined {
  const maker = makerOf(view, router);
  const entry = maker?.options?.entries.find((one) => one.key !== null && kind.prefix.test(one.key));
  const own = stringOf(entry?.value);
  if (maker === undefined || maker.mounted === "") return own;
  // Flask: the prefix at the registration stands for the one of the blueprint, and is mostly the same.
  return own === undefined || maker.mounted.endsWith(own) ? maker.mounted : joinPaths(maker.mounted, own);
}

/** Verbs of `route(…, methods=["GET", "POST"])`, those that write first; GET where none is named. */
export function verbsOf(decorator: Decorator, fallback: string): readonly string[] {
  const options = decorator.args.at(-1);
  const listed = entryOf(options, "methods", "method", "http_method");
  const items = listed?.kind === "list" ? listed.items : listed?.kind === "call" ? listed.args : listed === undefined ? [] : [listed];
  const verbs = items.flatMap((item) => stringOf(item)?.toUpperCase() ?? []);
  return verbs.length === 0 ? [fallback] : verbs.toSorted((a, b) => Number(SAFE_VERBS.has(a)) - Number(SAFE_VERBS.has(b)));
}

/** The path that a decorator is given first, or under a name. */
export function pathGiven(view: FileView, decorator: Decorator): string | undefined {
  const first = decorator.args[0];
  const written = first?.kind === "record" ? entryOf(first, "rule", "path", "uri") : first;
  // `org_scoped("/login")`: what a function makes of a path is at least that path.
  const inner = written?.kind === "call" ? written.args.find((arg) => stringOf(arg)?.startsWith("/") === true) : written;
  const text = pathTextOf(inner, view, null);
  return text === undefined ? undefined : templated(text);
}

/** What stands before the name in Flask and Django (`<int:id>`), and behind it in others (`<id:int>`, `{id:int}`). */
const CONVERTER = /^(?:int|str|string|float|path|uuid|slug|any|alpha|default|ymd|regex)\b/;

/** `<int:id>` and `{id:int}` are `:id`. */
export function templated(path: string): string {
  return path
    .replaceAll(/\(\?P<(\w+)>[^()]*\)/g, ":$1")
    .replaceAll(/<([^:<>]*):([^<>]*)>/g, (_, one: string, other: string) => `:${CONVERTER.test(one) ? other : one}`)
    .replaceAll(/<([\w ]+)>/g, ":$1")
    .replaceAll(/\{(\w+)(?::[^{}]*)?\}/g, ":$1");
}

/** The handler that a registration makes of a function. */
export function routeOf(view: FileView, { fn, router, decorator, method }: Registered, kind: RouterKind): HandlerFound | undefined {
  const verb = verbOf(method);
  const verbs = verb === undefined ? verbsOf(decorator, "GET") : [verb];
  const path = pathGiven(view, decorator);
  const { entry, through } = wrappedIn(view, fn, decorator);
  const shown = verbs.find((one) => !SAFE_VERBS.has(one)) ?? verbs[0]!;
  return {
    kind: "route",
    name: fn.container === undefined ? fn.name : `${fn.container.name}.${fn.name}`,
    method: shown,
    ...(path === undefined ? {} : { path: joinPaths(prefixOf(view, router, kind), path) }),
    entry,
    file: view.file,
    ...(fn.container === undefined ? {} : { container: fn.container }),
    at: fn,
    ...(through.length === 0 ? {} : { through }),
    hints: decoratorHints(fn, decorator),
    readOnly: verbs.every((one) => SAFE_VERBS.has(one)),
  };
}
