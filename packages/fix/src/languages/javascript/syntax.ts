import { parseSync, visitorKeys, type ParseResult, type ParserOptions, type Program } from "oxc-parser";
import type { FileIR, Span } from "@telltale/scan/analysis";
import { holds } from "../../places/text.ts";

/** A node of the syntax tree, as one that asks only for its type and place sees it. */
export interface Node extends Span {
  readonly type: string;
}

/** A node with what is around it, nearest first. */
export interface Sited {
  readonly node: Node;
  readonly up: Sited | undefined;
  /** The field of the node around it under which it stands. */
  readonly under: string;
}

const known = new WeakMap<FileIR, Program>();

/** JSX may stand in every file that is not TypeScript; type annotations are tried second, as the scan does. */
export function programOf(file: FileIR): Program {
  let program = known.get(file);
  if (program === undefined) known.set(file, (program = parse(file.path, file.text)));
  return program;
}

function parse(path: string, text: string): Program {
  const lang = path.endsWith(".tsx") ? "tsx" : /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
  const { program } = attempt(path, text, lang);
  return program.body.length === 0 && lang === "jsx" ? attempt(path, text, "tsx").program : program;
}

function attempt(path: string, text: string, lang: NonNullable<ParserOptions["lang"]>): Pick<ParseResult, "program" | "errors"> {
  return parseSync(path, text, { lang, sourceType: "unambiguous", astType: "ts", preserveParens: true });
}

/** Faults of the syntax. */
export function faults(path: string, text: string): number {
  const lang = path.endsWith(".tsx") ? "tsx" : /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
  const { errors } = attempt(path, text, lang);
  return errors.length > 0 && lang === "jsx" ? Math.min(errors.length, attempt(path, text, "tsx").errors.length) : errors.length;
}

/** The innermost node that holds a span; of several with the same span the outermost that is a statement, else the innermost. */
export function nodeAt(file: FileIR, span: Span): Sited {
  let at: Sited = { node: programOf(file) as Node, up: undefined, under: "" };
  for (;;) {
    const next = childrenOf(at).find(({ node }) => holds(node, span));
    if (next === undefined) return at;
    at = next;
  }
}

function childrenOf(at: Sited): readonly Sited[] {
  const children: Sited[] = [];
  for (const key of visitorKeys[at.node.type] ?? []) {
    const value = field(at.node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) children.push({ node: child, up: at, under: key });
    }
  }
  return children;
}

/** Every node below one, outer before inner; not inside functions and classes. */
export function* within(node: Node): Generator<Node> {
  for (const { node: child } of childrenOf({ node, up: undefined, under: "" })) {
    yield child;
    if (!FUNCTIONS.has(child.type) && !child.type.startsWith("Class")) yield* within(child);
  }
}

export function field(node: Node, key: string): unknown {
  return (node as unknown as Readonly<Record<string, unknown>>)[key];
}

export function nodeIn(node: Node, key: string): Node | undefined {
  const value = field(node, key);
  return isNode(value) ? value : undefined;
}

export function nodesIn(node: Node, key: string): readonly Node[] {
  const value = field(node, key);
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value && "end" in value;
}

const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function isStatement({ type }: Node): boolean {
  return type.endsWith("Statement") || type.endsWith("Declaration") || type === "VariableDeclaration";
}

/** The function around a node. */
export function functionOf(at: Sited): Sited | undefined {
  for (let here = at.up; here !== undefined; here = here.up) if (FUNCTIONS.has(here.node.type)) return here;
  return undefined;
}

/** An expression without the brackets around it. */
export function bare(node: Node): Node {
  let at = node;
  while (at.type === "ParenthesizedExpression") at = nodeIn(at, "expression")!;
  return at;
}

export function textOf(file: FileIR, node: Span): string {
  return file.text.slice(node.start, node.end);
}
