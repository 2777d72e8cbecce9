import type { Expr } from "../../ir/nodes.ts";
import { literalAt, nameAt, nilAt, opaqueAt } from "../tree-sitter/build.ts";
import { fieldOf, type SyntaxNode } from "../tree-sitter/syntax.ts";
import { argumentsIn, entryOf } from "./arguments.ts";
import { lowerBlock } from "./blocks.ts";
import { lowerCall, lowerElement, lowerSuper, lowerYield } from "./calls.ts";
import { lowerConstant } from "./constants.ts";
import { blockCall } from "./blocks.ts";
import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";
import { lowerBinary, lowerUnary } from "./operators.ts";
import { lowerString, lowerSymbolText, lowerWords } from "./strings.ts";

/** Nodes that are statements: as an expression they stand in a block that yields. */
const STATEMENTS: ReadonlySet<string> = new Set([
  ...["if", "unless", "if_modifier", "unless_modifier", "while_modifier", "until_modifier", "rescue_modifier", "case", "case_match"],
  ...["while", "until", "for", "begin", "parenthesized_statements", "return", "next", "break", "redo", "retry", "assignment"],
  ...["operator_assignment", "method", "singleton_method", "class", "module", "singleton_class", "then", "else", "body_statement"],
  ...["block_body", "do", "match_pattern", "begin_block", "end_block", "alias", "undef"],
]);

/** One case a node type of tree-sitter-ruby. */
export function lowerExpression(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  if (STATEMENTS.has(node.type)) return statementValue(lo, node);
  switch (node.type) {
    case "identifier":
      return blockCall(lo, node) ?? lowerCall(lo, node);
    case "call":
      return blockCall(lo, node) ?? lowerCall(lo, node);
    case "instance_variable":
    case "class_variable":
    case "global_variable":
      return nameAt(node, textOf(lo, node));
    case "self":
      return nameAt(node, "this");
    case "super":
      return lowerSuper(lo, node, undefined);
    case "yield":
      return lowerYield(lo, node);
    case "constant":
    case "scope_resolution":
      return lowerConstant(lo, node);
    case "string":
    case "chained_string":
    case "heredoc_beginning":
    case "subshell":
    case "regex":
    case "bare_string":
    case "character":
      return lowerString(lo, node);
    case "simple_symbol":
    case "delimited_symbol":
    case "bare_symbol":
    case "hash_key_symbol":
      return lowerSymbolText(lo, node);
    case "string_array":
    case "symbol_array":
      return lowerWords(lo, node);
    case "integer":
      return literalAt(node, numberOf(textOf(lo, node)));
    case "float":
    case "rational":
    case "complex":
      return literalAt(node, Number.parseFloat(textOf(lo, node).replaceAll("_", "")) || 0);
    case "true":
      return literalAt(node, true);
    case "false":
      return literalAt(node, false);
    case "nil":
      return nilAt(node);
    case "array":
      // What is empty here may be filled later: nothing is known of it.
      if (node.children.length === 0) return opaqueAt(node, []);
      return {
        kind: "list",
        start,
        end,
        items: argumentsIn(
          lo,
          node.children.filter(({ type }) => type !== "heredoc_body"),
        ),
      };
    case "hash":
      if (node.children.length === 0) return opaqueAt(node, []);
      return { kind: "record", start, end, entries: node.children.flatMap((child) => entryOf(lo, child)) };
    case "pair":
      return { kind: "record", start, end, entries: entryOf(lo, node) };
    case "element_reference":
      return lowerElement(lo, node);
    case "binary":
      return lowerBinary(lo, node);
    case "unary":
      return lowerUnary(lo, node);
    case "conditional":
      return lowerChoice(lo, node);
    case "lambda": {
      const body = fieldOf(node, "body");
      if (body === undefined) return opaqueAt(node, []);
      const inner = fieldOf(body, "body");
      return lowerBlock(lo, {
        ...node,
        children: [...node.children.filter((child) => child !== body), ...(inner === undefined ? [] : [inner])],
      });
    }
    case "splat_argument":
    case "hash_splat_argument": {
      const [inner] = node.children;
      return inner === undefined ? opaqueAt(node, []) : { kind: "spread", start, end, value: lo.expr(inner) };
    }
    case "block":
    case "do_block":
      return lowerBlock(lo, node);
    case "test_pattern": {
      const value = fieldOf(node, "value");
      return opaqueAt(node, value === undefined ? [] : [lo.expr(value)]);
    }
    default:
      return opaqueAt(node, node.children.filter(({ type }) => !NO_EXPRESSIONS.test(type)).map(lo.expr));
  }
}

/** Nodes that hold no value of their own. */
const NO_EXPRESSIONS = /_parameters?$|_pattern$|^heredoc_|^(?:exceptions|exception_variable|rescue|ensure|when|in_clause|escape_sequence)$/;

function statementValue(lo: Lowering, node: SyntaxNode): Expr {
  const body = lo.statement(node, "yield");
  const [only] = body;
  if (body.length === 1 && only?.kind === "yield") return only.value;
  return { kind: "block", start: node.start, end: node.end, body };
}

function lowerChoice(lo: Lowering, node: SyntaxNode): Expr {
  const { start, end } = node;
  const [test, then, otherwise] = [fieldOf(node, "condition"), fieldOf(node, "consequence"), fieldOf(node, "alternative")];
  if (test === undefined || then === undefined || otherwise === undefined) return opaqueAt(node, node.children.map(lo.expr));
  return { kind: "choice", start, end, test: lo.expr(test), then: lo.expr(then), otherwise: lo.expr(otherwise) };
}

function numberOf(text: string): number {
  const value = Number(text.replaceAll("_", ""));
  return Number.isNaN(value) ? 0 : value;
}
