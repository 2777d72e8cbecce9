/** What Elixir's framework files ask of a module: what it uses, its clauses, the macros it calls. Pure. */
import type {
  CallExpr,
  ContainerIR,
  Expr,
  FunctionExpr,
  FunctionIR,
  MemberExpr,
  NameExpr,
  Pattern,
  RecordExpr,
  Span,
  Stmt,
} from "../../ir/nodes.ts";
import { methodOf, stringOf } from "../reading.ts";

/** The full name of a module as written in `container`: its aliases are put in. */
export function fullName(container: ContainerIR, written: string): string {
  const name = written.replace(/^Elixir\./, "");
  const [first = "", ...rest] = name.split(".");
  if (first === "__MODULE__") return [container.name, ...rest].join(".");
  for (let at: ContainerIR | undefined = container; at !== undefined; at = at.parent) {
    const alias = at.imports.find((one) => one.local === first);
    if (alias !== undefined) return [alias.source, ...rest].join(".");
  }
  const alias = container.file.imports.find((one) => one.local === first);
  return alias === undefined ? name : [alias.source, ...rest].join(".");
}

/** Does the module `use` one of these modules? */
export function usesModule(container: ContainerIR, ...modules: readonly string[]): boolean {
  return container.mixins.some((one) => modules.includes(one.name) || modules.includes(fullName(container, one.name)));
}

/** `use AppWeb, :controller`: does the module `use` any module in a role that matches? */
export function usesRole(container: ContainerIR, role: RegExp): boolean {
  return container.mixins.some((one) => one.args.some((arg) => role.test(symbolOf(arg) ?? "")));
}

/** `@behaviour Plug`. */
export function hasBehaviour(container: ContainerIR, behaviour: string): boolean {
  return container.extends.some((one) => one.name === behaviour || fullName(container, one.name) === behaviour);
}

/** Does the module import or alias another, or a part of it? */
export function importsModule(container: ContainerIR, module: string): boolean {
  return [...container.imports, ...container.file.imports].some((one) => one.source === module || one.source.startsWith(`${module}.`));
}

/** The clauses of a function, in order. A head without a body (`def f(a, b \\ 1)`) is none. */
export function clausesOf(container: ContainerIR, name: string, arity: number): readonly FunctionIR[] {
  return container.functions.filter((fn) => fn.name === name && fn.params.length === arity && isClause(fn));
}

/** A function of the module itself with a body; closures and macros are none. */
export function isClause(fn: FunctionIR): boolean {
  return fn.name !== "" && fn.role !== "macro" && fn.body.length > 0;
}

/** Names that a parameter is known by. */
function isCalled(pattern: Pattern | undefined, name: RegExp): boolean {
  if (pattern?.kind !== "bind") return false;
  return name.test(pattern.name) || isCalled(pattern.also, name);
}

function hasType(pattern: Pattern | undefined, last: string): boolean {
  if (pattern === undefined) return false;
  if (pattern.kind === "bind") return typed(pattern.type?.name, last) || hasType(pattern.also, last);
  return pattern.kind === "recordPattern" && typed(pattern.type?.name, last);
}

function typed(name: string | undefined, last: string): boolean {
  return name !== undefined && name.split(".").at(-1) === last;
}

/** Is the first parameter a connection: named so, or matched as `%Plug.Conn{}` or as a map? */
export function takesConn(fn: FunctionIR): boolean {
  const first = fn.params[0]?.pattern;
  return isCalled(first, /conn$/i) || hasType(first, "Conn") || (first?.kind === "recordPattern" && first.type === undefined);
}

export function takesSocket(fn: FunctionIR, index: number): boolean {
  const param = fn.params[index]?.pattern;
  return isCalled(param, /socket$/i) || hasType(param, "Socket");
}

/** The string or atom that a parameter must equal. */
export function literalParam(fn: FunctionIR, index: number): string | undefined {
  return literalIn(fn.params[index]?.pattern);
}

function literalIn(pattern: Pattern | undefined): string | undefined {
  if (pattern?.kind === "bind") return literalIn(pattern.also);
  return pattern?.kind === "literalPattern" && typeof pattern.value === "string" ? pattern.value : undefined;
}

/** The atom that an expression is. */
export function symbolOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === "literal" && expr.symbol && typeof expr.value === "string" ? expr.value : undefined;
}

/** The atoms or strings of a list, or the one that the expression is. */
export function symbolsOf(expr: Expr | undefined): readonly string[] {
  if (expr === undefined) return [];
  const items = expr.kind === "list" ? expr.items : [expr];
  return items.flatMap((item) => stringOf(item) ?? []);
}

/** The name of a module as written: a dotted alias. */
export function moduleOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind !== "name") return undefined;
  return /^[A-Z_]/.test(expr.name) && expr.name !== "_" ? expr.name : undefined;
}

/** The keyword list at the end of the arguments (before a `do` block). */
export function optionsOf(call: CallExpr): RecordExpr | undefined {
  return call.args.findLast((arg): arg is RecordExpr => arg.kind === "record");
}

/** The `do` block of a macro call. */
export function blockOf(call: CallExpr): FunctionExpr | undefined {
  const last = call.args.at(-1);
  return last?.kind === "function" ? last : undefined;
}

/** `Mod.fun` as an expression that stands where `at` does. */
export function functionOf(module: NameExpr, name: string): MemberExpr {
  return { kind: "member", start: module.start, end: module.end, object: module, property: name };
}

/** An atom that names a function, as the name: `plug :authorize` → `authorize`. */
export function nameAt(name: string, at: Span): NameExpr {
  return { kind: "name", name, start: at.start, end: at.end };
}

/** What the names of a `for` around a macro call stand for: its first value. */
export type Bound = ReadonlyMap<string, Expr>;

export interface MacroCall {
  readonly name: string;
  readonly call: CallExpr;
  readonly bound: Bound;
}

const NOTHING_BOUND: Bound = new Map();

/** The macro calls of a body in order, those inside `if`, `for` and the like included; their own blocks are not entered. */
export function macrosOf(body: readonly Stmt[], bound: Bound = NOTHING_BOUND): readonly MacroCall[] {
  return body.flatMap((stmt) => macrosOfStmt(stmt, bound));
}

function macrosOfStmt(stmt: Stmt, bound: Bound): readonly MacroCall[] {
  switch (stmt.kind) {
    case "expr":
    case "yield":
      return macrosOfExpr(stmt.value, bound);
    case "return":
    case "let":
      return stmt.value === null ? [] : macrosOfExpr(stmt.value, bound);
    case "if":
      return [...macrosOf(stmt.then, bound), ...macrosOf(stmt.otherwise, bound)];
    case "loop":
      return macrosOf(stmt.body, withFirst(stmt.target, stmt.over, bound));
    case "match":
      return stmt.arms.flatMap((arm) => macrosOf(arm.body, bound));
    case "blockStmt":
    case "try":
      return macrosOf(stmt.body, bound);
    default:
      return [];
  }
}

function macrosOfExpr(expr: Expr, bound: Bound): readonly MacroCall[] {
  if (expr.kind === "block") return macrosOf(expr.body, bound);
  if (expr.kind === "choice") return [...macrosOfExpr(expr.then, bound), ...macrosOfExpr(expr.otherwise, bound)];
  return expr.kind === "call" ? [{ name: methodOf(expr), call: expr, bound }] : [];
}

function withFirst(target: Pattern | undefined, over: Expr | null, bound: Bound): Bound {
  const first = over?.kind === "list" ? over.items[0] : undefined;
  if (target?.kind !== "bind" || first === undefined) return bound;
  return new Map([...bound, [target.name, first]]);
}

/** A string as far as it can be read: names of a `for` are put in, other holes become `:name`. */
export function textOf(expr: Expr | undefined, bound: Bound): string | undefined {
  if (expr === undefined) return undefined;
  const text = stringOf(expr);
  if (text !== undefined) return text;
  if (expr.kind === "name") return textOf(bound.get(expr.name), NOTHING_BOUND);
  if (expr.kind !== "template") return undefined;
  return expr.parts.map((part) => (typeof part === "string" ? part : (textOf(part, bound) ?? `:${holeName(part)}`))).join("");
}

function holeName(expr: Expr): string {
  if (expr.kind === "name") return expr.name.replace(/^@/, "");
  return expr.kind === "member" && expr.property !== null ? expr.property : "value";
}
