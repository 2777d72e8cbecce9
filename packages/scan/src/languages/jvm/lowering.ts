/** What the lowerings of the JVM languages share: the classes around a place, and what a plain name means there. */
import type { ContainerIR, Expr, Field, FunctionIR, ImportIR, Span, Stmt } from "../../ir/nodes.ts";
import { functionAt, memberAt, nameAt, type FunctionParts } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";

/** A class around the code that is lowered: what it declares decides what a plain name means. */
export interface ClassScope {
  /** Full name; "" of an anonymous class. */
  readonly name: string;
  /** As code beside it writes it. */
  readonly short: string;
  /** Names declared in its body, fields and methods apart: they may share names. */
  readonly fieldNames: ReadonlySet<string>;
  readonly methodNames: ReadonlySet<string>;
  /** It extends something, so that it may have members that are not seen here. */
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
  /** "" in the default package. */
  package: string;
  /** The classes around, outermost first. */
  readonly classes: ClassScope[];
  /** Names of parameters and variables that hold here, by block. */
  readonly locals: Set<string>[];
  /** Declarations that a pattern test inside the statement at hand makes: they hold after it as well. */
  hoisted: Stmt[];
  /** Inside an annotation, where no name is one of `this`. */
  annotating: boolean;
  readonly expr: (node: SyntaxNode) => Expr;
  /** A statement with the declarations that it needs before it. */
  readonly statement: (node: SyntaxNode) => Stmt[];
  /** A class, interface, enum, record or annotation type; `short` where the node does not say its name. */
  readonly container: (node: SyntaxNode) => ContainerIR;
  /** `new X() { … }`: the class that it is. */
  readonly anonymous: (parent: SyntaxNode, body: SyntaxNode) => ContainerIR;
}

export function textOf(lo: Lowering, at: Span): string {
  return lo.text.slice(at.start, at.end);
}

/** Makes a function known to the file. */
export function makeFunction(lo: Lowering, at: Span, parts: FunctionParts): FunctionIR {
  const fn = functionAt(at, parts);
  lo.functions.push(fn);
  return fn;
}

/** A closure whose parameters hold in `body`. */
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

export function declare(lo: Lowering, name: string): void {
  lo.locals.at(-1)?.add(name);
}

export function isLocal(lo: Lowering, name: string): boolean {
  return lo.locals.some((names) => names.has(name));
}

/** What a plain name means: a variable, a member of `this` or of a class around, an import. */
export function nameOf(lo: Lowering, at: Span, name: string): Expr {
  return lo.annotating || isLocal(lo, name) ? nameAt(at, name) : (declaredMember(lo, at, name, "fieldNames") ?? strange(lo, at, name));
}

/** What a call without receiver calls. Methods and variables do not share names. */
export function methodOf(lo: Lowering, at: Span, name: string): Expr {
  return declaredMember(lo, at, name, "methodNames") ?? strange(lo, at, name);
}

export function thisAt(at: Span): Expr {
  return nameAt({ start: at.start, end: at.start }, "this");
}

function declaredMember(lo: Lowering, at: Span, name: string, sort: "fieldNames" | "methodNames"): Expr | undefined {
  const around = lo.classes.findLast((scope) => scope[sort].has(name));
  if (around === undefined) return undefined;
  if (around === lo.classes.at(-1)) return memberAt(at, thisAt(at), name);
  return around.short === "" ? nameAt(at, name) : memberAt(at, nameAt({ start: at.start, end: at.start }, around.short), name);
}

/** A name that the file does not declare: imported, a class, else inherited. */
function strange(lo: Lowering, at: Span, name: string): Expr {
  if (/^\p{Lu}/u.test(name) || lo.imports.some((one) => one.local === name)) return nameAt(at, name);
  const heir = lo.classes.findLast((scope) => scope.inherits);
  if (heir === undefined || lo.imports.some((one) => one.local === "*" && /\.\p{Lu}\w*$/u.test(one.source))) return nameAt(at, name);
  return heir === lo.classes.at(-1) || heir.short === ""
    ? memberAt(at, thisAt(at), name)
    : memberAt(at, nameAt({ start: at.start, end: at.start }, heir.short), name);
}
