/** Callbacks of controllers. https://guides.rubyonrails.org/action_controller_overview.html#controller-callbacks */
import type { CallExpr, ContainerIR, Expr, Span, Stmt } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { methodOf, stringOf } from "../reading.ts";
import { lineOf } from "./classes.ts";
import { isChosen, optionsOf } from "./route-context.ts";

const BEFORE: ReadonlySet<string> = new Set([
  "before_action",
  "prepend_before_action",
  "append_before_action",
  "around_action",
  "before_filter",
  "around_filter",
]);
const AFTER: ReadonlySet<string> = new Set(["after_action", "append_after_action", "prepend_after_action", "after_filter"]);
const SKIP: ReadonlySet<string> = new Set([
  "skip_before_action",
  "skip_around_action",
  "skip_action_callback",
  "skip_before_filter",
  "skip_after_action",
]);

/** Calls that stand in the body of a class, those under a condition included. */
export function macrosIn(body: readonly Stmt[]): readonly CallExpr[] {
  return body.flatMap((stmt): readonly CallExpr[] => {
    switch (stmt.kind) {
      case "expr":
        return stmt.value.kind === "call" ? [stmt.value] : [];
      case "if":
        return [...macrosIn(stmt.then), ...macrosIn(stmt.otherwise)];
      case "blockStmt":
      case "loop":
        return macrosIn(stmt.body);
      default:
        return [];
    }
  });
}

export interface Callbacks {
  /** What runs before or around an action: names as members of the controller, or closures. */
  readonly before: readonly Expr[];
  readonly after: readonly Expr[];
}

/** The callbacks that run for an action, those of parents and concerns first. */
export function callbacksOf(container: ContainerIR, action: string, project: ProjectFacts): Callbacks {
  const before: Expr[] = [];
  const after: Expr[] = [];
  for (const one of [...lineOf(container, project)].reverse()) {
    for (const call of macrosIn(one.body)) {
      const name = methodOf(call);
      if (!isChosen(optionsOf(call), action)) continue;
      if (BEFORE.has(name)) before.push(...given(call));
      else if (AFTER.has(name)) after.push(...given(call));
      else if (SKIP.has(name)) for (const expr of given(call)) drop([before, after], expr);
    }
  }
  return { before, after };
}

/** Names that the body of a class or concern itself declares to run before or around actions. */
export function namesBefore(container: ContainerIR): readonly string[] {
  const names = macrosIn(container.body).flatMap((call) => (BEFORE.has(methodOf(call)) ? given(call) : []));
  return [...new Set(names.flatMap((expr) => (expr.kind === "member" && expr.property !== null ? [expr.property] : [])))];
}

/** Names of everything that is a callback of the controller somewhere, and therefore no action. */
export function callbackNames(container: ContainerIR, project: ProjectFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const one of lineOf(container, project)) {
    for (const call of macrosIn(one.body)) {
      if (!BEFORE.has(methodOf(call)) && !AFTER.has(methodOf(call)) && methodOf(call) !== "helper_method") continue;
      for (const expr of given(call)) if (expr.kind === "member" && expr.property !== null) names.add(expr.property);
    }
  }
  return names;
}

function given(call: CallExpr): readonly Expr[] {
  return call.args.flatMap((arg) => {
    if (arg.kind === "function") return [arg];
    const name = stringOf(arg);
    return name === undefined ? [] : [ownMember(name, arg)];
  });
}

/** A method of the controller itself. */
export function ownMember(name: string, { start, end }: Span): Expr {
  return { kind: "member", start, end, object: { kind: "name", start, end: start, name: "this" }, property: name };
}

function drop(lists: readonly Expr[][], expr: Expr): void {
  if (expr.kind !== "member") return;
  for (const list of lists) {
    for (let i = list.length - 1; i >= 0; i--) {
      const one = list[i];
      if (one?.kind === "member" && one.property === expr.property) list.splice(i, 1);
    }
  }
}
