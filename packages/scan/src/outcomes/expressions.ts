import type { AssignExpr, BinaryExpr, BlockExpr, Expr, LogicalExpr, MemberExpr, RecordExpr } from "../ir/nodes.ts";
import { assignedDeed } from "../actions/assigned.ts";
import { actionMask } from "../actions/match.ts";
import { evaluateCall } from "./calls.ts";
import { answerFrom } from "./answers.ts";
import { failedBy, isSameError, toldApart } from "./error-values.ts";
import { nameValue } from "./lookup.ts";
import { memberOf } from "./members.ts";
import { match, narrowed } from "./patterns.ts";
import { evaluateAll } from "./sequence.ts";
import type { Scope, Walk } from "./walk.ts";
import { bindName, lookUp, NULL, pathOf, TRUTHY, truthOf, UNKNOWN, type Value } from "./values.ts";
import { textsOf } from "./value-words.ts";
import { gather, merge } from "./join.ts";
import { addDone, type Flow, type Way } from "./way.ts";

const one = (way: Way, value: Value): readonly Flow[] => [{ way, value }];

/** Every way through an expression, with the value it has there. */
export function evaluateExpr(walk: Walk, expr: Expr, way: Way, scope: Scope): readonly Flow[] {
  switch (expr.kind) {
    case "literal":
      return one(way, { kind: "literal", value: expr.value, ...(expr.symbol ? { symbol: true } : {}) });
    case "name":
      return one(way, nameValue(walk, expr.name, way.env, scope));
    case "function":
      return one(way, { kind: "closure", fns: [expr.fn], env: way.env, ...(scope.self === undefined ? {} : { self: scope.self }) });
    case "container":
      return one(way, { kind: "container", of: expr.container });
    case "member":
      return evaluateMember(walk, expr, way, scope);
    case "call":
      return evaluateCall(walk, expr, way, scope);
    case "template":
      return evaluateTemplate(walk, expr.parts, way, scope);
    case "record":
      return evaluateRecord(walk, expr, way, scope);
    case "list":
      return evaluateAll(walk, expr.items, way, scope).map(({ way: after, values }) => ({
        way: after,
        value: { kind: "list", items: values, tuple: expr.tuple === true },
      }));
    case "choice":
      return merge(
        test(walk, expr.test, way, scope).flatMap(({ way: branch, holds }) =>
          walk.evaluate(holds ? expr.then : expr.otherwise, branch, scope),
        ),
        scope.base,
      );
    case "logical":
      return merge(evaluateLogical(walk, expr, way, scope), scope.base);
    case "not":
      return walk.evaluate(expr.value, way, scope).map((flow) => {
        const truth = truthOf(flow.value);
        return { way: flow.way, value: truth === undefined ? UNKNOWN : { kind: "literal", value: !truth } };
      });
    case "binary":
      return evaluateBinary(walk, expr, way, scope);
    case "assign":
      return evaluateAssign(walk, expr, way, scope);
    case "await":
      return expr.value.kind === "call" ? evaluateCall(walk, expr.value, way, scope, true) : walk.evaluate(expr.value, way, scope);
    case "spread":
      return walk.evaluate(expr.value, way, scope);
    case "block":
      return evaluateBlock(walk, expr, way, scope);
    case "opaque":
      return evaluateAll(walk, expr.parts, way, scope).map(({ way: after }) => ({ way: after, value: UNKNOWN }));
  }
}

function evaluateMember(walk: Walk, expr: MemberExpr, way: Way, scope: Scope): readonly Flow[] {
  return walk.evaluate(expr.object, way, scope).flatMap((flow) => {
    if (expr.property !== null) return one(flow.way, memberOf(walk, flow.value, expr.property, pathOf(expr)));
    if (expr.index === undefined) return one(flow.way, UNKNOWN);
    return walk.evaluate(expr.index, flow.way, scope).map((index) => ({
      way: index.way,
      value:
        index.value.kind === "literal" && typeof index.value.value === "string"
          ? memberOf(walk, flow.value, index.value.value, pathOf(expr))
          : UNKNOWN,
    }));
  });
}

function evaluateTemplate(walk: Walk, parts: readonly (string | Expr)[], way: Way, scope: Scope): readonly Flow[] {
  const holes = parts.filter((part) => typeof part !== "string");
  return evaluateAll(walk, holes, way, scope).map(({ way: after, values }) => {
    let hole = 0;
    const text = parts.map((part) => (typeof part === "string" ? part : textsOf(values[hole++]!, 1).join(" "))).join(" ");
    const literal = parts.every(
      (part, i) =>
        typeof part === "string" || (i >= 0 && values.every((value) => value.kind === "literal" && typeof value.value === "string")),
    );
    return { way: after, value: literal ? { kind: "literal", value: joinLiteral(parts, values) } : { kind: "text", text } };
  });
}

function joinLiteral(parts: readonly (string | Expr)[], values: readonly Value[]): string {
  let hole = 0;
  return parts.map((part) => (typeof part === "string" ? part : String((values[hole++] as { value: unknown }).value))).join("");
}

function evaluateRecord(walk: Walk, expr: RecordExpr, way: Way, scope: Scope): readonly Flow[] {
  const exprs = [...(expr.base === undefined ? [] : [expr.base]), ...expr.entries.map((entry) => entry.value)];
  const flows = evaluateAll(walk, exprs, way, scope).map(({ way: after, values }): Flow => {
    const entries = new Map<string, Value>();
    let open = false;
    let next = 0;
    const spread = (value: Value): void => {
      if (value.kind === "record") {
        for (const [key, item] of value.entries) entries.set(key, item);
        open ||= value.open;
      } else open = true;
    };
    if (expr.base !== undefined) spread(values[next++]!);
    for (const entry of expr.entries) {
      const value = values[next++]!;
      if (entry.spread) spread(value);
      else if (entry.key === null) open = true;
      else entries.set(entry.key, value);
    }
    return { way: after, value: { kind: "record", entries, open, ...(expr.named ? { named: true } : {}) } };
  });
  return gather(flows, scope.base);
}

function evaluateLogical(walk: Walk, expr: LogicalExpr, way: Way, scope: Scope): readonly Flow[] {
  return walk.evaluate(expr.left, way, scope).flatMap((flow) => {
    const goesOn = expr.op === "and" ? truthOf(flow.value) : expr.op === "or" ? negate(truthOf(flow.value)) : isAbsent(flow.value);
    const stays = goesOn === true ? [] : one(flow.way, expr.op === "and" ? narrowed(flow.value, false) : narrowed(flow.value, true));
    if (goesOn === false) return one(flow.way, flow.value);
    // Text that stands in for something unknown parts no ways: each such name in a record would double them.
    const instead = expr.op !== "and" && goesOn === undefined ? standIn(expr.right) : undefined;
    if (instead !== undefined && flow.value.kind === "unknown") return one(flow.way, { ...flow.value, truthy: true, instead });
    const narrowing = expr.op === "default" ? flow.way : narrowName(expr.left, flow.way, expr.op === "and", scope);
    return [...stays, ...walk.evaluate(expr.right, narrowing, scope)];
  });
}

function standIn(expr: Expr): string | undefined {
  return expr.kind === "literal" && typeof expr.value === "string" && expr.value !== "" && expr.symbol !== true ? expr.value : undefined;
}

const negate = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

function isAbsent(value: Value): boolean | undefined {
  // What a check gives that says no may be nothing as well as a no.
  if (value.kind === "literal") return (value.value === null && !value.symbol) || value.refuses === true;
  return value.kind === "unknown" && !value.truthy ? undefined : false;
}

/** The ways on which a condition holds and those on which it does not, with what that says about the names in it. */
export function test(walk: Walk, expr: Expr, way: Way, scope: Scope): readonly { readonly way: Way; readonly holds: boolean }[] {
  if (expr.kind === "not") return test(walk, expr.value, way, scope).map(({ way: branch, holds }) => ({ way: branch, holds: !holds }));
  if (expr.kind === "logical" && expr.op !== "default") return testLogical(walk, expr, way, scope);
  return walk.evaluate(expr, way, scope).flatMap((flow) => {
    const truth = truthOf(flow.value);
    const sides = truth === undefined ? [true, false] : [truth];
    return sides.map((holds) => ({ way: narrowTest(walk, expr, flow.way, holds, scope), holds }));
  });
}

function testLogical(walk: Walk, expr: LogicalExpr, way: Way, scope: Scope): readonly { readonly way: Way; readonly holds: boolean }[] {
  const decided = expr.op === "or";
  return test(walk, expr.left, way, scope).flatMap((left) => (left.holds === decided ? [left] : test(walk, expr.right, left.way, scope)));
}

function narrowTest(walk: Walk, expr: Expr, way: Way, holds: boolean, scope: Scope): Way {
  if (expr.kind === "binary" && (expr.op === "==" || expr.op === "!=") && expr.right.kind === "literal" && expr.right.value === null) {
    const there = (expr.op === "==") !== holds;
    return narrowName(expr.left, there ? failedBy(expr.left, way) : way, there, scope);
  }
  const told = toldApart(expr, holds, way);
  if (told !== undefined) return knownError(walk, told, way, scope);
  return narrowName(
    expr.kind === "assign" && expr.target.kind === "bind" ? { kind: "name", name: expr.target.name, start: 0, end: 0 } : expr,
    way,
    holds,
    scope,
  );
}

/** The application tells this error from others: what follows is its decision, and the error says why. */
function knownError(walk: Walk, { name, right }: { readonly name: string; readonly right: Expr }, way: Way, scope: Scope): Way {
  const value = walk.valueAt(right, scope.file, scope.fn, scope.container);
  const error: Value = value.kind === "instance" ? value : { ...TRUTHY, path: pathOf(right) };
  return { ...way, technical: false, caught: error, env: bindName(way.env, name, error) };
}

function narrowName(expr: Expr, way: Way, holds: boolean, scope: Scope): Way {
  if (expr.kind !== "name") return way;
  const value = lookUp(way.env, expr.name);
  if (value === undefined || value.kind !== "unknown" || scope.fn === null) return way;
  return { ...way, env: bindName(way.env, expr.name, narrowed(value, holds)) };
}

function evaluateBinary(walk: Walk, expr: BinaryExpr, way: Way, scope: Scope): readonly Flow[] {
  return evaluateAll(walk, [expr.left, expr.right], way, scope).map(({ way: after, values }) => ({
    way: after,
    value: compare(expr.op, values[0]!, values[1]!),
  }));
}

function compare(op: string, left: Value, right: Value): Value {
  if (op === "is") return isInstance(left, right);
  if (left.kind === "literal" && right.kind === "literal") {
    const isNothing = (left.refuses && right.value === null) || (right.refuses && left.value === null);
    const result = compareLiterals(op, isNothing ? null : left.value, isNothing ? null : right.value);
    return result === undefined ? UNKNOWN : { kind: "literal", value: result };
  }
  if (left.kind === "instance" && right.kind === "instance" && (op === "==" || op === "!=")) {
    const same = isSameError(left, right);
    return same === undefined ? UNKNOWN : { kind: "literal", value: (op === "==") === same };
  }
  const nullSide =
    left.kind === "literal" && left.value === null ? right : right.kind === "literal" && right.value === null ? left : undefined;
  if (nullSide !== undefined && (op === "==" || op === "!=") && truthOf(nullSide) === true) return { kind: "literal", value: op === "!=" };
  return UNKNOWN;
}

function compareLiterals(op: string, left: string | number | boolean | null, right: string | number | boolean | null): boolean | undefined {
  if (op === "==") return left === right;
  if (op === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  if (op === "<") return left < right;
  if (op === "<=") return left <= right;
  if (op === ">") return left > right;
  return op === ">=" ? left >= right : undefined;
}

function isInstance(value: Value, type: Value): Value {
  if (value.kind !== "instance" || (value.args.length === 0 && value.name === "Error")) return UNKNOWN;
  const name = type.kind === "container" ? type.of.name : type.kind === "unknown" ? (type.path ?? "") : "";
  if (name === "") return UNKNOWN;
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (value.name === last) return { kind: "literal", value: true };
  if (last === "Error") return { kind: "literal", value: true };
  return value.of === undefined || value.of.extends.length > 0 ? UNKNOWN : { kind: "literal", value: false };
}

function evaluateAssign(walk: Walk, expr: AssignExpr, way: Way, scope: Scope): readonly Flow[] {
  return walk.evaluate(expr.value, way, scope).flatMap((flow) => {
    if (expr.target.kind !== "member") {
      if (expr.update) return one({ ...flow.way, env: match(expr.target, UNKNOWN, flow.way.env, false, () => UNKNOWN).env }, UNKNOWN);
      const valueOf = (part: Expr): Value => walk.valueAt(part, scope.file, scope.fn, scope.container);
      return one({ ...flow.way, env: match(expr.target, flow.value, flow.way.env, false, valueOf).env }, flow.value);
    }
    const end = walk.endOfAssign(expr);
    const answered = end === undefined ? flow.way : answerFrom(end, [flow.value], flow.way, { file: scope.file, span: expr });
    return one(setMember(expr.target, flow.value, performed(walk, expr.target, flow.value, answered, scope)), flow.value);
  });
}

/** An assignment that is an action: `user.is_staff = True`. */
function performed(walk: Walk, target: MemberExpr, value: Value, way: Way, scope: Scope): Way {
  const path = assignedDeed(pathOf(target), value.kind === "literal" && (value.value === null || value.value === false));
  const words = path === undefined ? undefined : walk.deedOf(path, []);
  if (path === undefined || words === undefined) return way;
  walk.note({ file: scope.file, span: target, words, path, depth: 0 });
  return addDone(way, actionMask(words));
}

/** `record.key = value` changes what is known of a record that a name holds. */
function setMember(target: MemberExpr, value: Value, way: Way): Way {
  if (target.object.kind !== "name" || target.property === null) return way;
  const known = lookUp(way.env, target.object.name);
  if (known?.kind !== "record") return way;
  return { ...way, env: bindName(way.env, target.object.name, { ...known, entries: new Map(known.entries).set(target.property, value) }) };
}

function evaluateBlock(walk: Walk, expr: BlockExpr, way: Way, scope: Scope): readonly Flow[] {
  const inner: Scope = { ...scope, exits: [] };
  const flows: Flow[] = walk.run(expr.body, [way], inner).map((after) => ({ way: after, value: NULL }));
  for (const exit of inner.exits) {
    if (exit.kind === "yield") flows.push({ way: exit.way, value: exit.value });
    else scope.exits.push(exit);
  }
  return merge(flows, scope.base);
}
