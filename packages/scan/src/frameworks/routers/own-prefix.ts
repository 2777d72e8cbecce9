import type { Expr, FileIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { ProjectFacts } from "../framework.ts";
import { entryOf, methodOf, namesOf, receiverOf, rootName, stringOf } from "../reading.ts";
import { valueBehind, type Placed } from "./functions.ts";

/**
 * The prefix that a router gives itself: `new Router({ prefix: "/users" })` and `router.prefix("/users")` of Koa's routers,
 * `new Hono().basePath("/api")`. "" for none.
 */
export function ownPrefix(project: ProjectFacts, router: Placed): string {
  const made = valueBehind(project, router);
  const makerOf = (expr: Expr | undefined): Expr | undefined =>
    expr?.kind === "name" ? valueBehind(project, { ...made, expr }).expr : expr;
  for (let at: Expr | undefined = made.expr; at?.kind === "call"; at = makerOf(receiverOf(at))) {
    const written = methodOf(at) === "basePath" ? stringOf(at.args[0]) : stringOf(entryOf(at.args[0], "prefix"));
    if (written !== undefined) return written;
  }
  const name = rootName(router.expr);
  return name === undefined || name === "this" ? "" : (prefixesSet(router.file).get(name) ?? "");
}

const ofFile = new WeakMap<FileIR, ReadonlyMap<string, string>>();

/** Router names of a file → what `name.prefix("/x")` gave them. */
function prefixesSet(file: FileIR): ReadonlyMap<string, string> {
  const known = ofFile.get(file);
  if (known !== undefined) return known;
  const prefixes = new Map<string, string>();
  for (const { body } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind !== "call" || methodOf(expr) !== "prefix") return;
      const [name, ...rest] = namesOf(expr.callee);
      const prefix = stringOf(expr.args[0]);
      if (name !== undefined && rest.length === 1 && prefix?.startsWith("/")) prefixes.set(name, prefix);
    });
  }
  ofFile.set(file, prefixes);
  return prefixes;
}
