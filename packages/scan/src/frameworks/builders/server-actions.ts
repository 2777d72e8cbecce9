/** Server actions: functions that "use server" makes callable from the browser. https://react.dev/reference/rsc/use-server */
import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { entryAt, ownExports, type Exported } from "../modules/follow.ts";
import { bare, dotted } from "../reading.ts";
import { chainOf, finalArgument, usedBy, wrapperHints } from "./chain.ts";

/** Last steps of the builders for actions, with the function that runs. Sources: next-safe-action.dev, zsa.vercel.app, orpc.dev. */
export const ACTION_STEPS: ReadonlySet<string> = new Set(["action", "stateAction", "handler", "mutation", "query"]);

const DIRECTIVE = "use server";

export interface ServerAction {
  readonly handler: HandlerFound;
  /** What the action's name stands for. */
  readonly value: Expr;
}

/** The actions of a file: its exports, where the directive stands on top, and functions that carry it themselves. */
export function serverActions(view: FileView): readonly ServerAction[] {
  if (!view.file.directives.includes(DIRECTIVE)) return inlineActions(view);
  return ownExports(view.file).flatMap((one) => {
    const expr = bare(one.expr);
    return isAction(expr) ? [{ handler: exportedAction(one), value: expr }] : [];
  });
}

function isAction(expr: Expr): boolean {
  if (expr.kind === "function") return true;
  if (expr.kind === "name" || expr.kind === "member") return true;
  if (expr.kind !== "call" || expr.creates) return false;
  const chain = chainOf(expr);
  return finalArgument(chain, ACTION_STEPS) !== undefined || expr.args.some(holdsFunction);
}

function holdsFunction(arg: Expr): boolean {
  if (arg.kind === "function") return true;
  if (arg.kind === "record") return arg.entries.some((entry) => entry.value.kind === "function");
  return arg.kind === "call" && arg.args.some(holdsFunction);
}

function exportedAction(one: Exported): HandlerFound {
  const chain = chainOf(one.expr);
  const argument = finalArgument(chain, ACTION_STEPS);
  const name = one.local ?? one.name;
  return {
    kind: "route",
    name,
    method: "action",
    path: name,
    entry: entryAt(argument === undefined ? one : { ...one, expr: argument }),
    file: one.file,
    at: one.at,
    through: usedBy(chain),
    hints: wrapperHints(one.expr),
  };
}

function inlineActions(view: FileView): readonly ServerAction[] {
  return view.file.functions.filter((fn) => fn.directives?.includes(DIRECTIVE)).map((fn) => inlineAction(fn));
}

function inlineAction(fn: FunctionIR): ServerAction {
  const name = fn.name === "" ? "action" : fn.name;
  const { start, end } = fn;
  const handler: HandlerFound = { kind: "route", name, method: "action", path: name, entry: { fn }, file: fn.file, at: { start, end } };
  return { handler, value: { kind: "function", fn, start, end } };
}

/** The project builds its actions with a library that has a framework file of its own. */
export function takenBySafeAction(view: FileView, value: Expr): boolean {
  return isSafeAction(value) && view.project.has("npm", /^(?:next-safe-action|zsa)$/, view.file.path);
}

/** `client.inputSchema(s).action(fn)`. */
export function isSafeAction(value: Expr): boolean {
  const chain = chainOf(value);
  return finalArgument(chain, SAFE_STEPS) !== undefined && dotted(chain.root) !== "";
}

const SAFE_STEPS: ReadonlySet<string> = new Set(["action", "stateAction", "handler"]);
