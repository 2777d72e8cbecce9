/** `plug` in pipelines, controllers, routers and builders: what it names, and for which actions it runs. */
import type { ContainerIR, Expr, FunctionIR, LiteralExpr, NameExpr, Stmt } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { entryOf } from "../reading.ts";
import {
  blockOf,
  clausesOf,
  fullName,
  functionOf,
  hasBehaviour,
  importsModule,
  literalParam,
  macrosOf,
  moduleOf,
  nameAt,
  symbolOf,
  symbolsOf,
  takesConn,
  usesModule,
  usesRole,
} from "./modules.ts";

/** One `plug`. `named` is the atom of a function or the alias of a module. */
export interface PlugUse {
  readonly named: LiteralExpr | NameExpr;
  /** `when action in [:create]`. */
  readonly guard?: Expr;
}

/** What Plug.Router makes itself; they decide nothing. */
const BUILT_IN = new Set(["match", "dispatch"]);

/** Every `plug` of a module body, those of its pipelines included, and the functions that `pipe_through` names. */
export function plugsOf(body: readonly Stmt[]): readonly PlugUse[] {
  return macrosOf(body).flatMap(({ name, call }) => {
    if (name === "plug") return plugAt(call.args);
    const block = blockOf(call);
    const inside = block === undefined ? [] : plugsOf(block.fn.body);
    return name === "pipe_through" ? [...pipedAt(call.args), ...inside] : inside;
  });
}

/** The `plug`s that stand in the module body itself: those that every action or route of it goes through. */
export function plugsAtTop(container: ContainerIR): readonly PlugUse[] {
  return macrosOf(container.body).flatMap(({ name, call }) => (name === "plug" ? plugAt(call.args) : []));
}

/** `when action in [:b]` comes as a record of its own behind the arguments. */
function plugAt(args: readonly Expr[]): readonly PlugUse[] {
  const [named] = args;
  const guard = entryOf(args.at(-1), "when");
  if (named?.kind !== "literal" && named?.kind !== "name") return [];
  if (symbolOf(named) === undefined && moduleOf(named) === undefined) return [];
  return [guard === undefined ? { named } : { named, guard }];
}

function pipedAt(args: readonly Expr[]): readonly PlugUse[] {
  const items = args[0]?.kind === "list" ? args[0].items : args.slice(0, 1);
  return items.flatMap((item) => (item.kind === "literal" && symbolOf(item) !== undefined ? [{ named: item }] : []));
}

/** Does a plug run for an action? True where its guard cannot be read. */
export function runsFor(use: PlugUse, action: string): boolean {
  return use.guard === undefined || (holds(use.guard, action) ?? true);
}

function holds(guard: Expr, action: string): boolean | undefined {
  if (guard.kind === "not") return opposite(holds(guard.value, action));
  if (guard.kind === "logical") return both(guard.op === "or", holds(guard.left, action), holds(guard.right, action));
  if (guard.kind !== "binary" || guard.left.kind !== "name" || guard.left.name !== "action") return undefined;
  const names = symbolsOf(guard.right);
  if (names.length === 0) return undefined;
  if (guard.op === "in" || guard.op === "==") return names.includes(action);
  return guard.op === "!=" || guard.op === "not in" ? !names.includes(action) : undefined;
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function both(either: boolean, left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  return either ? left || right : left && right;
}

/** Names of the module's own functions that are plugged in it. */
export function plugNames(container: ContainerIR): ReadonlySet<string> {
  return new Set(plugsOf(container.body).flatMap((use) => symbolOf(use.named) ?? []));
}

/** What runs before an action (null: whatever the action), as expressions whose value is the function; libraries' plugs left out. */
export function throughOf(container: ContainerIR, action: string | null, project: ProjectFacts): readonly Expr[] {
  return plugsAtTop(container)
    .filter((use) => action === null || runsFor(use, action))
    .flatMap((use) => functionAt(use, container, project) ?? []);
}

function functionAt({ named }: PlugUse, container: ContainerIR, project: ProjectFacts): Expr | undefined {
  const name = symbolOf(named);
  if (name !== undefined) return BUILT_IN.has(name) ? undefined : nameAt(name, named);
  if (named.kind !== "name" || project.container(fullName(container, named.name)) === undefined) return undefined;
  return functionOf(named, "call");
}

/** `init/1` and `call/2` on a connection. Controllers have them too, from Phoenix; one written there is a fallback. */
export function isModulePlug(container: ContainerIR): boolean {
  const calls = clausesOf(container, "call", 2);
  if (calls.length === 0 || isController(container)) return false;
  if (hasBehaviour(container, "Plug") || usesModule(container, "Plug.Builder", "Plug.Router")) return true;
  const isNearPlug = clausesOf(container, "init", 1).length > 0 || importsModule(container, "Plug.Conn");
  return isNearPlug && calls.some(takesConn);
}

/** What Pow's plugs hand to an error handler. https://hexdocs.pm/pow/Pow.Plug.RequireAuthenticated.html */
const POW_REFUSALS = new Set(["not_authenticated", "already_authenticated"]);

/** A clause of `call/2` that Pow asks to refuse a request. */
export function isPowRefusal(fn: FunctionIR): boolean {
  return POW_REFUSALS.has(literalParam(fn, 1) ?? "");
}

/** `use AppWeb, :controller` and `use Phoenix.Controller`. */
export function isController(container: ContainerIR): boolean {
  return usesModule(container, "Phoenix.Controller") || usesRole(container, /controller$/);
}
