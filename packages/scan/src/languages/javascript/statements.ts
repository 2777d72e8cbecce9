import type { ForInStatement, ForOfStatement, ForStatement, Statement, TryStatement } from "oxc-parser";
import type { ExprStmt, Pattern, Stmt } from "../../ir/nodes.ts";
import { requiredBy } from "./commonjs.ts";
import { type Block, lowerDeclaration } from "./declarations.ts";
import type { Lowering } from "./lowering.ts";
import { lowerModuleDeclaration } from "./modules.ts";
import { lowerPattern, lowerTarget } from "./patterns.ts";
import { lowerSwitch } from "./switch.ts";

export function lowerStatements(cx: Lowering, nodes: readonly Statement[]): Stmt[] {
  const block: Block = { hoisted: [], out: [] };
  for (const node of nodes) lowerStatement(cx, node, block);
  return block.hoisted.length === 0 ? block.out : [...block.hoisted, ...block.out];
}

/** One case a statement type. */
function lowerStatement(cx: Lowering, node: Statement, block: Block): void {
  const { start, end } = node;
  const { out } = block;
  switch (node.type) {
    case "ExpressionStatement": {
      const source = requiredBy(node.expression);
      if (source !== undefined) cx.imports.push({ start, end, local: "", imported: "*", source });
      out.push({ kind: "expr", start, end, value: cx.expression(node.expression) });
      return;
    }
    case "ReturnStatement":
      out.push({ kind: "return", start, end, value: node.argument ? cx.expression(node.argument) : null });
      return;
    case "IfStatement": {
      const test = cx.expression(node.test);
      out.push({
        kind: "if",
        start,
        end,
        test,
        then: bodyOf(cx, node.consequent),
        otherwise: node.alternate ? bodyOf(cx, node.alternate) : [],
      });
      return;
    }
    case "BlockStatement":
      out.push({ kind: "blockStmt", start, end, body: cx.statements(node.body) });
      return;
    case "ThrowStatement":
      out.push({ kind: "throw", start, end, value: cx.expression(node.argument) });
      return;
    case "TryStatement":
      out.push(lowerTry(cx, node));
      return;
    case "SwitchStatement":
      out.push(lowerSwitch(cx, node));
      return;
    case "ForStatement":
      return lowerFor(cx, node, block);
    case "ForInStatement":
    case "ForOfStatement":
      out.push(lowerEach(cx, node));
      return;
    case "WhileStatement":
      out.push({ kind: "loop", start, end, over: null, test: cx.expression(node.test), body: loopBody(cx, node.body) });
      return;
    case "DoWhileStatement":
      out.push({ kind: "loop", start, end, over: null, test: cx.expression(node.test), body: loopBody(cx, node.body), atLeastOnce: true });
      return;
    case "BreakStatement":
    case "ContinueStatement": {
      const jump: Stmt = { kind: "jump", start, end };
      if (node.type === "BreakStatement" && node.label === null) cx.switchBreaks?.add(jump);
      out.push(jump);
      return;
    }
    case "LabeledStatement":
      return lowerStatement(cx, node.body, block);
    case "WithStatement":
      out.push({ kind: "expr", start: node.object.start, end: node.object.end, value: cx.expression(node.object) });
      return lowerStatement(cx, node.body, block);
    case "EmptyStatement":
    case "DebuggerStatement":
      return;
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
    case "ExportAllDeclaration":
    case "TSExportAssignment":
    case "TSNamespaceExportDeclaration":
      return lowerModuleDeclaration(cx, node, block);
    default:
      return lowerDeclaration(cx, node, block, node);
  }
}

function bodyOf(cx: Lowering, node: Statement): Stmt[] {
  return cx.statements(node.type === "BlockStatement" ? node.body : [node]);
}

/** A `break` in there ends the loop, not the switch around it. */
function loopBody(cx: Lowering, node: Statement): Stmt[] {
  const breaks = cx.switchBreaks;
  cx.switchBreaks = null;
  const body = bodyOf(cx, node);
  cx.switchBreaks = breaks;
  return body;
}

/** What `for (let i = 0; …)` declares stands before the loop, what moves on at the end of its body. */
function lowerFor(cx: Lowering, node: ForStatement, block: Block): void {
  const { start, end, init } = node;
  const declares = init?.type === "VariableDeclaration";
  if (declares) lowerDeclaration(cx, init, block, init);
  const over = init && !declares ? cx.expression(init) : null;
  const test = node.test ? cx.expression(node.test) : undefined;
  const body = loopBody(cx, node.body);
  if (node.update)
    body.push({ kind: "expr", start: node.update.start, end: node.update.end, value: cx.expression(node.update) } satisfies ExprStmt);
  block.out.push({ kind: "loop", start, end, over, test, body });
}

function lowerEach(cx: Lowering, node: ForInStatement | ForOfStatement): Stmt {
  const { start, end } = node;
  return { kind: "loop", start, end, over: cx.expression(node.right), target: eachTarget(cx, node), body: loopBody(cx, node.body) };
}

function eachTarget(cx: Lowering, { left }: ForInStatement | ForOfStatement): Pattern {
  if (left.type === "VariableDeclaration") {
    const first = left.declarations[0];
    return first ? lowerPattern(cx, first.id) : { kind: "anyPattern", start: left.start, end: left.end };
  }
  const target = lowerTarget(cx, left);
  return target.kind === "member" ? { kind: "anyPattern", start: left.start, end: left.end } : target;
}

function lowerTry(cx: Lowering, node: TryStatement): Stmt {
  const { start, end, handler, finalizer } = node;
  const body = cx.statements(node.block.body);
  const caught = handler && {
    start: handler.start,
    end: handler.end,
    param: handler.param ? lowerPattern(cx, handler.param) : undefined,
    types: [],
    body: cx.statements(handler.body.body),
  };
  return { kind: "try", start, end, body, catches: caught ? [caught] : [], finally: finalizer ? cx.statements(finalizer.body) : undefined };
}
