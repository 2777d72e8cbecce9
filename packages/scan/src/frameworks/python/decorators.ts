/** Decorators of functions: wrappers of the project are followed, those of libraries say something by their name. */
import type { Decorator, Expr, FunctionIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { follow } from "../modules/follow.ts";
import { stringOf } from "../reading.ts";

/** What names of a file are looked up with. */
export type Place = Pick<FileView, "file" | "project">;

export interface Wrapped {
  readonly entry: HandlerFound["entry"];
  /** What the wrappers make of the function: judged once each, as gates. */
  readonly through: readonly Expr[];
}

/**
 * The function inside the decorators that the project defines itself, as they would call it: `@a @b def f` is `a(b(f))`.
 * `route` is the decorator that registers it; those above it are not run by the route.
 */
export function wrappedIn(view: Place, fn: FunctionIR, route?: Decorator): Wrapped {
  const below = route === undefined ? fn.decorators : fn.decorators.slice(fn.decorators.indexOf(route) + 1);
  const own = below.filter((one) => isOwn(view, one));
  if (own.length === 0) return { entry: { fn }, through: [] };
  const plain: Expr = { kind: "function", start: fn.start, end: fn.end, fn };
  const expr = own.toReversed().reduce(applied, plain);
  return { entry: { expr, scope: fn.parent ?? null }, through: own.map((one) => applied(plain, one)) };
}

function applied(inner: Expr, { name, args, start, end }: Decorator): Expr {
  const [root = "", ...rest] = name.split(".");
  const callee = rest.reduce<Expr>((object, property) => ({ kind: "member", start, end, object, property }), {
    kind: "name",
    start,
    end,
    name: root,
  });
  const maker: Expr = args.length === 0 ? callee : { kind: "call", start, end, callee, args };
  return { kind: "call", start, end, callee: maker, args: [inner] };
}

/** A decorator that is a function of the project. */
function isOwn(view: Place, { name, start, end }: Decorator): boolean {
  const [root = "", ...rest] = name.split(".");
  const written = rest.reduce<Expr>((object, property) => ({ kind: "member", start, end, object, property }), {
    kind: "name",
    start,
    end,
    name: root,
  });
  const { expr } = follow({ expr: written, file: view.file, scope: null }, view.project);
  return expr.kind === "function" && expr.fn.decorators.every((one) => one.name !== "contextmanager");
}

/** Names of the other decorators, and the words that they are given: `@permission_required("users.delete_user")`. */
export function decoratorHints(fn: FunctionIR, route?: Decorator): readonly string[] {
  return fn.decorators
    .filter((one) => one !== route)
    .flatMap((one) => [one.name.slice(one.name.lastIndexOf(".") + 1), ...one.args.flatMap((arg) => stringOf(arg) ?? [])]);
}
