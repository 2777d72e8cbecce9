import { linkFile } from "../../ir/link.ts";
import type { FileIR, ImportIR, Stmt } from "../../ir/nodes.ts";
import type { SyntaxNode, SyntaxTree } from "../tree-sitter/syntax.ts";
import { blockCall, lowerBlock } from "./blocks.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerParams } from "./functions.ts";
import { emptyScope, type Lowering } from "./lowering.ts";
import { lowerTarget } from "./patterns.ts";
import { lowerBody, lowerStatement } from "./statements.ts";

/** Syntax → IR. */
export function lowerFile(path: string, text: string, tree: SyntaxTree): FileIR {
  const imports: ImportIR[] = [];
  const lo: Lowering = {
    text,
    functions: [],
    containers: [],
    imports,
    heredocs: heredocsOf(text, tree.root),
    scope: emptyScope(),
    class: undefined,
    inMethod: false,
    expr: (node) => lowerExpression(lo, node),
    pattern: (node) => lowerTarget(lo, node),
    params: (node) => lowerParams(lo, node),
    body: (nodes, tail, at) => lowerBody(lo, nodes, tail, at),
    statement: (node, tail) => lowerStatement(lo, node, tail),
    block: (node) => lowerBlock(lo, node),
    blockCall: (node) => blockCall(lo, node),
  };
  const body = lowerBody(lo, tree.root.children, "drop", tree.root);
  for (const stmt of body) addEdition(lo, stmt);
  return linkFile({
    path,
    language: "ruby",
    text,
    imports: namespaces(lo),
    exports: [],
    containers: lo.containers,
    functions: lo.functions,
    body,
    directives: [],
    comments: tree.comments,
  });
}

/** Namespaces in which editions of one application keep what they add. https://docs.gitlab.com/development/ee_features/ */
const EDITIONS: readonly string[] = ["Enterprise", "EE"];
const MIXES_EDITION = /^(?:include|prepend)_mod(?:_with)?$/;

/** `User.include_mod_with("Audit::User")` mixes in what an edition keeps under that name. */
function addEdition(lo: Lowering, stmt: Stmt): void {
  const call = stmt.kind === "expr" && stmt.value.kind === "call" ? stmt.value : undefined;
  if (call?.callee.kind !== "member" || call.callee.object.kind !== "name" || !MIXES_EDITION.test(call.callee.property ?? "")) return;
  const owner = call.callee.object.name;
  const [given] = call.args;
  const name = given?.kind === "literal" && typeof given.value === "string" ? given.value.replaceAll("::", ".") : owner;
  const container = lo.containers.find((one) => one.name === owner);
  if (container === undefined) return;
  Object.assign(container, { extends: [...container.extends, ...EDITIONS.map((edition) => ({ name: `${edition}.${name}` }))] });
}

/** Constants are looked up in the classes and modules around, the innermost first. */
function namespaces(lo: Lowering): readonly ImportIR[] {
  const seen = new Set<string>();
  for (const { source } of lo.imports) seen.add(source);
  return [...seen]
    .sort((a, b) => b.split(".").length - a.split(".").length)
    .map((source) => ({ start: 0, end: 0, local: "*", imported: "*", source, typeOnly: true }));
}

/** The text of each heredoc stands after the line that begins it; those that begin first come first. */
function heredocsOf(text: string, root: SyntaxNode): Map<number, SyntaxNode> {
  const found = new Map<number, SyntaxNode>();
  if (!text.includes("<<")) return found;
  const beginnings: SyntaxNode[] = [];
  const bodies: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === "heredoc_beginning") beginnings.push(node);
    if (node.type === "heredoc_body") bodies.push(node);
    node.children.forEach(visit);
  };
  visit(root);
  const inOrder = (a: SyntaxNode, b: SyntaxNode): number => a.start - b.start;
  beginnings.sort(inOrder);
  bodies.sort(inOrder);
  for (const [i, beginning] of beginnings.entries()) {
    const body = bodies[i];
    if (body !== undefined) found.set(beginning.start, body);
  }
  return found;
}
