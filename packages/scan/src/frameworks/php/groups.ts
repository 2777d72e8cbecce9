/** What the groups around a route and the chain that it stands in say of it. */
import type { CallExpr, Expr, FileIR, Span } from "../../ir/nodes.ts";
import { entryOf, itemsOf, methodOf, stringOf } from "../reading.ts";

/** `Route::prefix('x')->group(function () { … })`, `Route::prefix('api')->group(base_path('routes/api.php'))`. */
export interface Group {
  readonly file: FileIR;
  readonly chain: readonly CallExpr[];
  /** The closure whose routes are in the group. */
  readonly span?: Span;
  /** The end of the path of a file whose routes are. */
  readonly loaded?: string;
}

/** The part of a router that the groups know. */
interface Prefixing {
  /** A prefix that the framework gives to files of routes by their path. */
  readonly prefixOf?: (path: string) => string | undefined;
}

export interface RouteContext {
  readonly prefixes: readonly string[];
  readonly namespaces: readonly string[];
  readonly controller: Expr | undefined;
  /** Actions that `only` keeps and `except` drops. */
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[];
}

export function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

export function contextOf(
  file: FileIR,
  call: CallExpr,
  longest: ReadonlyMap<CallExpr, readonly CallExpr[]>,
  groups: readonly Group[],
  family: Prefixing,
): RouteContext {
  const around = groups.filter((one) => one.span !== undefined && one.file === file && isWithin(call, one.span));
  const loading = groups.filter((one) => one.loaded !== undefined && file.path.endsWith(one.loaded.replace(/^\W+/, "")));
  const own = longest.get(call) ?? [];
  const chains = [...loading, ...around].map((one) => one.chain);
  const given = loading.length === 0 ? family.prefixOf?.(file.path) : undefined;
  const before = own.slice(0, own.indexOf(call));
  const calls = [...chains.flat(), ...before];
  return {
    prefixes: [...(given === undefined ? [] : [given]), ...calls.flatMap((one) => settingOf(one, "prefix"))],
    namespaces: calls.flatMap((one) => settingOf(one, "namespace")),
    controller: calls.flatMap((one) => controllerOf(one) ?? []).at(-1),
    only: own.flatMap((one) => namedIn(one, "only"))[0],
    except: own.flatMap((one) => namedIn(one, "except")).flat(),
  };
}

/** `->prefix('x')`, `group(['prefix' => 'x'], …)`, `group('x', …)`. */
function settingOf(call: CallExpr, key: "prefix" | "namespace"): readonly string[] {
  const [first] = call.args;
  const isGroup = methodOf(call) === "group";
  const written = methodOf(call) === key || (key === "prefix" && isGroup && call.args.length > 1) ? stringOf(first) : undefined;
  const found = written ?? (isGroup ? call.args.flatMap((arg) => stringOf(entryOf(arg, key)) ?? [])[0] : undefined);
  return found === undefined ? [] : [found];
}

function controllerOf(call: CallExpr): Expr | undefined {
  if (methodOf(call) === "controller") return call.args[0];
  return methodOf(call) === "group" ? entryOf(call.args[0], "controller") : undefined;
}

/** `->only(['index'])`, `->except('show')`, `resource('x', C, ['only' => [...]])`. */
function namedIn(call: CallExpr, key: "only" | "except"): readonly (readonly string[])[] {
  const given = methodOf(call) === key ? call.args : call.args.flatMap((arg) => entryOf(arg, key) ?? []);
  if (given.length === 0) return [];
  return [given.flatMap(itemsOf).flatMap((item) => stringOf(item) ?? [])];
}
