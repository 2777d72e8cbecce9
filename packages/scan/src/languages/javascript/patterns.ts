import type {
  AssignmentTarget,
  AssignmentTargetMaybeDefault,
  AssignmentTargetRest,
  BindingPattern,
  BindingRestElement,
  FormalParameter,
  FormalParameterRest,
  ObjectAssignmentTarget,
  ObjectPattern,
} from "oxc-parser";
import type { Expr, MemberExpr, Pattern, RecordPattern, TypeRef } from "../../ir/nodes.ts";
import type { Lowering } from "./lowering.ts";
import { keyName, unwrapped } from "./names.ts";
import { annotation } from "./types.ts";

/** Everything that may stand where names are bound or assigned. */
export type TargetNode =
  | FormalParameter
  | FormalParameterRest
  | BindingPattern
  | BindingRestElement
  | AssignmentTarget
  | AssignmentTargetMaybeDefault
  | AssignmentTargetRest;

/** What is bound: parameters, declarations and destructuring assignments. A member in it (`[a.b] = c`) matches anything. */
export function lowerPattern(cx: Lowering, node: TargetNode, given?: TypeRef, rest?: boolean, initial?: Expr): Pattern {
  switch (node.type) {
    case "Identifier":
      return {
        kind: "bind",
        start: node.start,
        end: node.end,
        name: node.name,
        type: annotation(node.typeAnnotation) ?? given,
        default: initial,
        rest,
      };
    case "AssignmentPattern": {
      const named = node.left.type === "Identifier" ? node.left.name : undefined;
      return widened(lowerPattern(cx, node.left, given, rest, cx.expression(node.right, named)), node.start, node.end);
    }
    case "RestElement":
      return widened(lowerPattern(cx, node.argument, annotation(node.typeAnnotation), true), node.start, node.end);
    case "ObjectPattern":
      return objectPattern(cx, node, initial);
    case "ArrayPattern":
      return {
        kind: "listPattern",
        start: node.start,
        end: node.end,
        items: node.elements.map((item) => (item ? lowerPattern(cx, item) : hole(node.start))),
        default: initial,
      };
    default:
      return { kind: "anyPattern", start: node.start, end: node.end };
  }
}

/** The left side of an assignment: a member, else a pattern. */
export function lowerTarget(cx: Lowering, node: AssignmentTarget): Pattern | MemberExpr {
  const target = node.type === "ObjectPattern" || node.type === "ArrayPattern" ? node : unwrapped(node);
  if (target.type === "MemberExpression") {
    const member = cx.expression(target);
    return member.kind === "member" ? member : { kind: "anyPattern", start: node.start, end: node.end };
  }
  if (target.type === "Identifier" || target.type === "ObjectPattern" || target.type === "ArrayPattern") return lowerPattern(cx, target);
  return { kind: "anyPattern", start: node.start, end: node.end };
}

function objectPattern(cx: Lowering, node: ObjectPattern | ObjectAssignmentTarget, initial: Expr | undefined): RecordPattern {
  return {
    kind: "recordPattern",
    start: node.start,
    end: node.end,
    entries: node.properties.map((property) =>
      property.type === "RestElement"
        ? { key: null, pattern: lowerPattern(cx, property) }
        : { key: keyName(property.key, property.computed), pattern: lowerPattern(cx, property.value) },
    ),
    type: annotation(node.typeAnnotation),
    default: initial,
  };
}

function widened(pattern: Pattern, start: number, end: number): Pattern {
  return { ...pattern, start, end };
}

function hole(at: number): Pattern {
  return { kind: "anyPattern", start: at, end: at };
}
