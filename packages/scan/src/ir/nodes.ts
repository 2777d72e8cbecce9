/**
 * The intermediate representation: what every language lowers to and all that follows reads.
 *
 * Sugar is spelled out in `languages/`: pipes become nested calls, `with` becomes nested matches, an
 * expression body becomes a return. Nothing after this file may ask which language it reads.
 * Offsets are UTF-16 code units into the text of the file, so findings and edits point at source.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Literal = string | number | boolean | null;

/** `foo`. The object itself is `this` (`self`, `@` and the like are lowered to it); its parent class `super`. */
export interface NameExpr extends Span {
  readonly kind: "name";
  readonly name: string;
}
/** `a.b`, `a["b"]`, `a[:b]`; `property` is null where it is computed. A module function is a member of its module's name. */
export interface MemberExpr extends Span {
  readonly kind: "member";
  readonly object: Expr;
  readonly property: string | null;
  /** The computed property, where it is not a literal. */
  readonly index?: Expr;
  readonly optional?: boolean;
}
/** Strings, numbers, booleans, null (nil, undefined). Atoms and symbols are strings with `symbol`. */
export interface LiteralExpr extends Span {
  readonly kind: "literal";
  readonly value: Literal;
  readonly symbol?: boolean;
}
/** A string with holes, or text joined by an operator. */
export interface TemplateExpr extends Span {
  readonly kind: "template";
  readonly parts: readonly (string | Expr)[];
}
export interface CallExpr extends Span {
  readonly kind: "call";
  readonly callee: Expr;
  readonly args: readonly Expr[];
  /** `new Foo()`, `%Foo{}` and other ways to build an instance. */
  readonly creates?: boolean;
  readonly optional?: boolean;
  /** It gives this many values, and the last of them is an error where it failed, else null: errors are values (Go). */
  readonly fails?: number;
  /** What it is given to call back runs before it gives its value, whatever it is called (a block of Ruby). */
  readonly runs?: boolean;
  /** Its value is asked for, and false where what it writes is not valid: nothing was done then (`if user.save`). */
  readonly declines?: boolean;
  /** With `fails`: the first value answers a question (`ok, err := check(…)`). */
  readonly asks?: boolean;
}
/** A function, closure or lambda as a value. */
export interface FunctionExpr extends Span {
  readonly kind: "function";
  readonly fn: FunctionIR;
}
/** An object, map, struct body, keyword list or named arguments, in order. */
export interface RecordExpr extends Span {
  readonly kind: "record";
  readonly entries: readonly RecordEntry[];
  /** What the record is an update of: `%{base | a: 1}`. Spreads are entries. */
  readonly base?: Expr;
  /** Named arguments of a call, which go to the parameters of these names; always the last argument. */
  readonly named?: true;
}
export interface RecordEntry extends Span {
  /** null: a spread (`...x`), or a computed key. */
  readonly key: string | null;
  readonly value: Expr;
  readonly spread?: boolean;
}
/** An array or list; a tuple where `tuple`. */
export interface ListExpr extends Span {
  readonly kind: "list";
  readonly items: readonly Expr[];
  readonly tuple?: boolean;
}
/** `a ? b : c` and an `if` that is a pure expression. */
export interface ChoiceExpr extends Span {
  readonly kind: "choice";
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}
/** Short-circuit operators: `&&` `||` `??` and their spellings. */
export interface LogicalExpr extends Span {
  readonly kind: "logical";
  readonly op: "and" | "or" | "default";
  readonly left: Expr;
  readonly right: Expr;
}
export interface NotExpr extends Span {
  readonly kind: "not";
  readonly value: Expr;
}
/** Other operators; comparison is spelled `==` `!=` `<` `<=` `>` `>=` `in`, whatever the language writes; `is` tests a type. */
export interface BinaryExpr extends Span {
  readonly kind: "binary";
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
export interface AssignExpr extends Span {
  readonly kind: "assign";
  readonly target: Pattern | MemberExpr;
  readonly value: Expr;
  /** `+=` and the like: the old value takes part. */
  readonly update?: boolean;
}
/** Waiting for a promise, task or channel. */
export interface AwaitExpr extends Span {
  readonly kind: "await";
  readonly value: Expr;
}
/** Statements used as an expression (`case … end`, a Rust block). Its value is what `yield` gives. */
export interface BlockExpr extends Span {
  readonly kind: "block";
  readonly body: readonly Stmt[];
}
/** `...x` among arguments or items. */
export interface SpreadExpr extends Span {
  readonly kind: "spread";
  readonly value: Expr;
}
/** A class as a value. */
export interface ContainerExpr extends Span {
  readonly kind: "container";
  readonly container: ContainerIR;
}
/** Anything that has no meaning here; its parts are still evaluated, in order. */
export interface OpaqueExpr extends Span {
  readonly kind: "opaque";
  readonly parts: readonly Expr[];
}

export type Expr =
  | NameExpr
  | MemberExpr
  | LiteralExpr
  | TemplateExpr
  | CallExpr
  | FunctionExpr
  | RecordExpr
  | ListExpr
  | ChoiceExpr
  | LogicalExpr
  | NotExpr
  | BinaryExpr
  | AssignExpr
  | AwaitExpr
  | BlockExpr
  | SpreadExpr
  | ContainerExpr
  | OpaqueExpr;

/** What a value is matched against or bound to: parameters, `let`, `case` arms, `catch`. */
export type Pattern = BindPattern | RecordPattern | ListPattern | LiteralPattern | AnyPattern | EqualsPattern;

export interface BindPattern extends Span {
  readonly kind: "bind";
  readonly name: string;
  readonly type?: TypeRef;
  readonly default?: Expr;
  /** A pattern that holds as well: `%User{} = user`, `x @ Some(_)`. */
  readonly also?: Pattern;
  readonly rest?: boolean;
}
export interface RecordPattern extends Span {
  readonly kind: "recordPattern";
  readonly entries: readonly { readonly key: string | null; readonly pattern: Pattern }[];
  /** `%User{}`: the type that must match. */
  readonly type?: TypeRef;
  readonly default?: Expr;
}
export interface ListPattern extends Span {
  readonly kind: "listPattern";
  readonly items: readonly Pattern[];
  readonly tuple?: boolean;
  readonly default?: Expr;
}
export interface LiteralPattern extends Span {
  readonly kind: "literalPattern";
  readonly value: Literal;
  readonly symbol?: boolean;
}
/** `_`, and every pattern that is not told apart. */
export interface AnyPattern extends Span {
  readonly kind: "anyPattern";
}
/** Equal to the value of an expression: `^pinned`, `case SOME_CONSTANT:`. */
export interface EqualsPattern extends Span {
  readonly kind: "equalsPattern";
  readonly value: Expr;
}

export interface TypeRef {
  /** Last name wins for generics: `Repository<User>` is `{name:"Repository", args:[{name:"User"}]}`; dots are kept. */
  readonly name: string;
  readonly args?: readonly TypeRef[];
  /** The value may as well be null (pointers of Go). */
  readonly nullable?: boolean;
}

export interface ExprStmt extends Span {
  readonly kind: "expr";
  readonly value: Expr;
}
/** Declares or binds names. Function and class declarations are `let` with a function or container value. */
export interface LetStmt extends Span {
  readonly kind: "let";
  readonly target: Pattern;
  readonly value: Expr | null;
}
export interface IfStmt extends Span {
  readonly kind: "if";
  readonly test: Expr;
  readonly then: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
/** `switch`, `case`, `match`, `with`. Arms are tried in order; no fall-through (lowering copies or joins). */
export interface MatchStmt extends Span {
  readonly kind: "match";
  readonly subject: Expr;
  readonly arms: readonly MatchArm[];
  /** No arm fits: goes on (`switch`) or raises (`case` in Elixir). */
  readonly exhaustive: boolean;
}
export interface MatchArm extends Span {
  /** One of these; empty means any. */
  readonly patterns: readonly Pattern[];
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}
export interface LoopStmt extends Span {
  readonly kind: "loop";
  /** Evaluated once before (the collection, the initialiser). */
  readonly over: Expr | null;
  readonly target?: Pattern;
  readonly test?: Expr;
  readonly body: readonly Stmt[];
  /** The body runs at least once. */
  readonly atLeastOnce?: boolean;
}
export interface TryStmt extends Span {
  readonly kind: "try";
  readonly body: readonly Stmt[];
  readonly catches: readonly CatchClause[];
  /** What runs where nothing was raised (`else`). */
  readonly otherwise?: readonly Stmt[];
  readonly finally?: readonly Stmt[];
}
export interface CatchClause extends Span {
  readonly param?: Pattern;
  /** Names of the error types caught; empty means all. */
  readonly types: readonly string[];
  readonly body: readonly Stmt[];
}
export interface ReturnStmt extends Span {
  readonly kind: "return";
  readonly value: Expr | null;
}
export interface ThrowStmt extends Span {
  readonly kind: "throw";
  readonly value: Expr | null;
}
/** Gives the value of the block expression around it. */
export interface YieldStmt extends Span {
  readonly kind: "yield";
  readonly value: Expr;
}
export interface BlockStmt extends Span {
  readonly kind: "blockStmt";
  readonly body: readonly Stmt[];
}
/** `break`, `continue`. */
export interface JumpStmt extends Span {
  readonly kind: "jump";
}

export type Stmt = ExprStmt | LetStmt | IfStmt | MatchStmt | LoopStmt | TryStmt | ReturnStmt | ThrowStmt | YieldStmt | BlockStmt | JumpStmt;

/** A decorator, annotation or attribute: `@Post("x")` is name `Post` with its arguments. */
export interface Decorator extends Span {
  readonly name: string;
  readonly args: readonly Expr[];
}

/** One function, method, closure, or one clause of a function with several. */
export interface FunctionIR extends Span {
  readonly kind: "functionIR";
  /** Empty for a closure that has no name. */
  readonly name: string;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Decorator[];
  /** A condition on the clause beside its patterns (`when`). */
  readonly guard?: Expr;
  readonly isStatic?: boolean;
  /** Not reachable from outside its container (private, `defp`, `#x`). */
  readonly isPrivate?: boolean;
  readonly role?: "constructor" | "getter" | "setter" | "macro" | "generator";
  /** Directives of the body, such as `use server`. */
  readonly directives?: readonly string[];
  readonly returns?: TypeRef;
  /** Filled by `link`: where the function stands. */
  file: FileIR;
  container?: ContainerIR;
  parent?: FunctionIR;
}

export interface Param {
  readonly pattern: Pattern;
  readonly decorators: readonly Decorator[];
  readonly rest?: boolean;
  /** The parameter is stored as a field of the same name (TypeScript parameter properties, Kotlin `val`). */
  readonly field?: boolean;
  /** Given the closure that stands last among the arguments, and nothing else (a block of Ruby). */
  readonly block?: boolean;
  /** Named arguments are not sought under its name: where they stand in its place, it is given all of them. */
  readonly byPlace?: boolean;
}

export interface Field extends Span {
  readonly name: string;
  readonly type?: TypeRef;
  readonly value?: Expr;
  readonly decorators: readonly Decorator[];
  readonly isStatic?: boolean;
}

/** What holds functions and has a name: class, module, object, interface, trait. */
export interface ContainerIR extends Span {
  readonly kind: "containerIR";
  readonly sort: "class" | "module" | "interface" | "enum";
  /** Only what extends it can be built. */
  readonly isAbstract?: boolean;
  /** The full name where the language has one (`HexWeb.LoginController`); empty for an anonymous class. */
  readonly name: string;
  readonly extends: readonly TypeRef[];
  readonly decorators: readonly Decorator[];
  readonly fields: readonly Field[];
  readonly functions: readonly FunctionIR[];
  /** Code that runs as the container is defined: `plug :auth`, `get "/x", …`, `before_action :y`. */
  readonly body: readonly Stmt[];
  /** Names that hold inside the container (beside those of the file). */
  readonly imports: readonly ImportIR[];
  /** What is mixed in by name: `use Phoenix.Controller`, `include Auditable`. */
  readonly mixins: readonly Mixin[];
  file: FileIR;
  parent?: ContainerIR;
}

export interface Mixin extends Span {
  readonly name: string;
  readonly args: readonly Expr[];
}

/**
 * A name that stands for something elsewhere.
 * `import { a as b } from "m"`: local `b`, imported `a`, source `m`; `imported: "*"` binds the whole module;
 * `imported: "default"` the default export; `local: "*"` brings in every name of the source.
 */
export interface ImportIR extends Span {
  readonly local: string;
  readonly imported: string;
  readonly source: string;
  readonly typeOnly?: boolean;
  /** With `local: "*"`: only these names (empty: all). */
  readonly only?: readonly string[];
}

/** `export { a as b }`, `export const b`, `export * from "m"` (`exported: "*"`), `module.exports = x` (`exported: "default"`). */
export interface ExportIR extends Span {
  readonly exported: string;
  /** The local name, where the export names one. */
  readonly local?: string;
  /** The exported value, where it is an expression. */
  readonly value?: Expr;
  /** Re-exported from there, under the name `local`. */
  readonly source?: string;
}

export interface FileIR {
  /** Relative to the scanned folder, with forward slashes. */
  readonly path: string;
  readonly language: string;
  readonly text: string;
  readonly imports: readonly ImportIR[];
  readonly exports: readonly ExportIR[];
  /** Every container of the file, nested ones included, in order. */
  readonly containers: readonly ContainerIR[];
  /** Every function of the file, nested ones and methods included, in order. */
  readonly functions: readonly FunctionIR[];
  /** The top level. */
  readonly body: readonly Stmt[];
  readonly directives: readonly string[];
  /** Comments, for suppressions. */
  readonly comments: readonly Span[];
}
