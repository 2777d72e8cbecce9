import type { FileIR, Span } from "@telltale/scan/analysis";
import { isStatement, nodeAt, type Node, type Sited } from "./syntax.ts";

/** What a line can be put beside. */
export type Host =
  /** A statement in a list of statements. */
  | { readonly sort: "list"; readonly stmt: Sited }
  /** The one statement of an `if`, `else` or loop without braces. */
  | { readonly sort: "bare"; readonly stmt: Sited }
  /** The value of an arrow function without braces. */
  | { readonly sort: "arrow"; readonly body: Sited }
  /** The end of a function's body. */
  | { readonly sort: "end"; readonly block: Node };

/** Where an expression stands in its host, as far as it decides whether it is reached. */
export interface Hosted {
  readonly host: Host;
  /** The innermost `a ? b : c` of whose branches one holds it. */
  readonly branch?: Sited;
  /** It stands to the right of `&&`, `||` or `??`. */
  readonly short?: true;
}

const LISTS: ReadonlySet<string> = new Set(["Program", "BlockStatement", "StaticBlock", "TSModuleBlock"]);
const OWNERS: ReadonlySet<string> = new Set([
  "IfStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
]);

/** What holds the code at a span, or undefined where that is no code that runs as a statement. */
export function hostOf(file: FileIR, at: Span): Hosted | undefined {
  const found = nodeAt(file, at);
  if (found.node.type === "BlockStatement" && found.node.end === at.end && at.end - at.start === 1)
    return { host: { sort: "end", block: found.node } };
  let branch: Sited | undefined;
  let short: true | undefined;
  for (let here: Sited | undefined = found; here !== undefined; here = here.up) {
    const host = hostHere(here);
    if (host !== undefined) return { host, ...(branch === undefined ? {} : { branch }), ...(short === undefined ? {} : { short }) };
    const { up, under } = here;
    if (up?.node.type === "ConditionalExpression" && under !== "test") branch ??= here;
    if (up?.node.type === "LogicalExpression" && under === "right") short = true;
    if (up !== undefined && under === "params") return undefined;
  }
  return undefined;
}

function hostHere(here: Sited): Host | undefined {
  const { node, up, under } = here;
  if (up === undefined) return undefined;
  if (up.node.type === "ArrowFunctionExpression" && under === "body" && node.type !== "BlockStatement")
    return { sort: "arrow", body: here };
  if (!isStatement(node) || node.type === "BlockStatement" || node.type === "FunctionDeclaration" || node.type === "ClassDeclaration")
    return undefined;
  if ((LISTS.has(up.node.type) && under === "body") || (up.node.type === "SwitchCase" && under === "consequent"))
    return { sort: "list", stmt: here };
  if (OWNERS.has(up.node.type) && (under === "body" || under === "consequent" || under === "alternate"))
    return { sort: "bare", stmt: here };
  return undefined;
}
