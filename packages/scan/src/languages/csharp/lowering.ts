import type { ContainerIR, Expr, Field, FunctionIR, ImportIR, Span, Stmt } from "../../ir/nodes.ts";
import { functionAt, memberAt, nameAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** A class around the code that is lowered: what it declares decides what a plain name means. */
export interface ClassScope {
  /** Full name. */
  readonly name: string;
  /** As code beside it writes it. */
  readonly short: string;
  /** Names of fields, properties and parameters of the class itself. */
  readonly fieldNames: ReadonlySet<string>;
  readonly methodNames: ReadonlySet<string>;
  /** It may have members that are not seen here: it has a base class, or another part. */
  readonly inherits: boolean;
  readonly fields: Field[];
  readonly functions: FunctionIR[];
  readonly body: Stmt[];
}

/** The state of lowering one file, and the ways back into it: the parts of the lowering know this interface and not each other. */
export interface Lowering {
  readonly text: string;
  /** Every function and container made so far. */
  readonly functions: FunctionIR[];
  readonly containers: ContainerIR[];
  readonly imports: ImportIR[];
  /** "" outside of namespaces. */
  namespace: string;
  /** The classes around, outermost first. */
  readonly classes: ClassScope[];
  /** Names of parameters and variables that hold here, by block. */
  readonly locals: Set<string>[];
  /** Declarations that the statement at hand makes inside an expression (`is User u`, `out var x`): they hold after it as well. */
  hoisted: Stmt[];
  /** Inside an attribute, where no name is one of `this`. */
  annotating: boolean;
  readonly expr: (node: SyntaxNode) => Expr;
  /** A statement with the declarations that it needs before it. */
  readonly statement: (node: SyntaxNode) => Stmt[];
  /** The statements of a block; the names that they make hold in what is around, too. */
  readonly block: (nodes: readonly SyntaxNode[]) => Stmt[];
  readonly container: (node: SyntaxNode) => ContainerIR;
}

/** As written; `@event` is the name `event`. */
export function textOf(lo: Lowering, at: Span): string {
  const text = lo.text.slice(at.start, at.end);
  return /^@[\p{L}_]/u.test(text) ? text.slice(1) : text;
}

/** Makes a function known to the file. */
export function makeFunction(lo: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  lo.functions.push(fn);
  return fn;
}

export function closure(lo: Lowering, at: Span, parts: FunctionParts): Expr {
  return { kind: "function", start: at.start, end: at.end, fn: makeFunction(lo, at, parts) };
}

/** Lowers with names of its own: parameters, and what a block declares. */
export function within<T>(lo: Lowering, names: readonly string[], lower: () => T): T {
  lo.locals.push(new Set(names));
  try {
    return lower();
  } finally {
    lo.locals.pop();
  }
}

/** Lowers with declarations of its own, which come before what is made. */
export function hoisting(lo: Lowering, lower: () => Stmt[]): Stmt[] {
  const outer = lo.hoisted;
  lo.hoisted = [];
  const made = lower();
  const all = lo.hoisted.length === 0 ? made : [...lo.hoisted, ...made];
  lo.hoisted = outer;
  return all;
}

export function declare(lo: Lowering, name: string): void {
  lo.locals.at(-1)?.add(name);
}

export function isLocal(lo: Lowering, name: string): boolean {
  return lo.locals.some((names) => names.has(name));
}

/** What a plain name means: a variable, a member of `this` or of a class around, a type. Methods may be meant as values. */
export function nameOf(lo: Lowering, at: Span, name: string): Expr {
  if (lo.annotating || isLocal(lo, name)) return nameAt(at, name);
  return declaredMember(lo, at, name, ["fieldNames", "methodNames"]) ?? strange(lo, at, name, /^\p{Lu}/u.test(name));
}

/** What a call without receiver calls: what is not declared here may be inherited, whatever its name looks like. */
export function methodOf(lo: Lowering, at: Span, name: string): Expr {
  if (lo.annotating || isLocal(lo, name)) return nameAt(at, name);
  return declaredMember(lo, at, name, ["methodNames", "fieldNames"]) ?? strange(lo, at, name, false);
}

export function thisAt(at: Span): Expr {
  return nameAt({ start: at.start, end: at.start }, "this");
}

function declaredMember(lo: Lowering, at: Span, name: string, sorts: readonly ("fieldNames" | "methodNames")[]): Expr | undefined {
  const around = lo.classes.findLast((scope) => sorts.some((sort) => scope[sort].has(name)));
  if (around === undefined) return undefined;
  return around === lo.classes.at(-1)
    ? memberAt(at, thisAt(at), name)
    : memberAt(at, nameAt({ start: at.start, end: at.start }, around.short), name);
}

function strange(lo: Lowering, at: Span, name: string, isType: boolean): Expr {
  const inherits = lo.classes.at(-1)?.inherits ?? false;
  if (isType || !inherits || lo.imports.some((one) => one.local === name)) return nameAt(at, name);
  return memberAt(at, thisAt(at), name);
}
