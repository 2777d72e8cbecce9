import type { ContainerIR, Expr, FunctionIR, ImportIR, Mixin, Stmt } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { importOfCall } from "./directives.ts";

interface Brought {
  readonly imports: ImportIR[];
  readonly mixins: Mixin[];
}

/**
 * What `use Module, args` brings in: the directives inside the `quote` of the module's `__using__`. Where that hands over
 * to the function that the first argument names (`use MyWeb, :controller`), those inside that function's `quote`.
 * Local functions that the quoted code is put together from (`unquote(helpers())`) are followed. Functions that the
 * quoted code defines are brought in as an import of their names from the module that quotes them.
 */
export function mixedIn(mixin: ContainerIR, args: readonly Expr[]): Brought {
  const brought: Brought = { imports: [], mixins: [] };
  const using = clausesOf(mixin, "__using__");
  const followed = new Set<string>(["__using__"]);
  for (const name of dispatches(using) ? symbolsOf(args) : []) follow(mixin, name, followed, brought);
  for (const clause of using) read(mixin, clause.body, followed, brought);
  return brought;
}

function clausesOf(mixin: ContainerIR, name: string): readonly FunctionIR[] {
  return mixin.functions.filter((fn) => fn.name === name);
}

/** `apply(__MODULE__, which, …)`. */
function dispatches(using: readonly FunctionIR[]): boolean {
  let found = false;
  for (const clause of using) {
    walkStmts(clause.body, (expr) => {
      if (expr.kind === "call" && expr.callee.kind === "name" && expr.callee.name === "apply") found = true;
    });
  }
  return found;
}

/** The function named by `:controller`, `{:controller, opts}` or `[:controller, :html]`. */
function symbolsOf(args: readonly Expr[]): string[] {
  const [which] = args;
  if (which?.kind === "list") return which.items.flatMap((item) => symbolsOf([item]));
  return which?.kind === "literal" && which.symbol ? [String(which.value)] : [];
}

function follow(mixin: ContainerIR, name: string, followed: Set<string>, brought: Brought): void {
  if (followed.has(name)) return;
  followed.add(name);
  for (const clause of clausesOf(mixin, name)) read(mixin, clause.body, followed, brought);
}

function read(mixin: ContainerIR, body: readonly Stmt[], followed: Set<string>, brought: Brought): void {
  walkStmts(body, (expr) => {
    if (expr.kind === "function" && expr.fn.name !== "") brought.imports.push(definedBy(mixin, expr.fn));
    if (expr.kind !== "call" || expr.callee.kind !== "name") return;
    const imported = importOfCall(expr);
    if (imported) brought.imports.push(imported);
    else if (expr.callee.name === "use") mixins(expr.args, expr, brought);
    else if (expr.callee.name === "unquote") unquoted(mixin, expr.args, followed, brought);
    else if (expr.args.length === 0) follow(mixin, expr.callee.name, followed, brought);
  });
}

function definedBy(mixin: ContainerIR, fn: FunctionIR): ImportIR {
  return {
    start: fn.start,
    end: fn.end,
    local: "*",
    imported: "*",
    source: mixin.name,
    only: [fn.name],
  };
}

function mixins(args: readonly Expr[], at: Expr, brought: Brought): void {
  const [subject, ...rest] = args;
  if (subject?.kind === "name") brought.mixins.push({ start: at.start, end: at.end, name: subject.name, args: rest });
}

/** `unquote(helpers())` and `unquote(helpers)`. */
function unquoted(mixin: ContainerIR, args: readonly Expr[], followed: Set<string>, brought: Brought): void {
  const [value] = args;
  if (value?.kind === "name") follow(mixin, value.name, followed, brought);
  if (value?.kind === "call" && value.callee.kind === "name") follow(mixin, value.callee.name, followed, brought);
}
