/** Where Flask's class views are reached: registered by calls, often in another file than the class. */
import type { Expr } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { ProjectFacts } from "../framework.ts";
import { entryOf, methodOf, namesOf, stringOf } from "../reading.ts";
import { templated } from "./routes.ts";
import { openPath } from "./open-path.ts";

const MAY_REGISTER = /\.add_(?:\w*resource|url_rule)\s*\(/;

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, string>>();

/** Paths by the last name of the class: `api.add_resource(Users, "/users")`, `add_url_rule("/users", view_func=Users.as_view("users"))`. */
export function resourcePaths(project: ProjectFacts): ReadonlyMap<string, string> {
  let paths = known.get(project);
  if (paths === undefined) known.set(project, (paths = readPaths(project)));
  return paths;
}

function readPaths(project: ProjectFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of project.paths) {
    if (!path.endsWith(".py") || !MAY_REGISTER.test(project.read(path) ?? "")) continue;
    const file = openPath(project, path);
    for (const { body } of file === undefined ? [] : bodiesOf(file)) {
      walkStmts(body, (expr) => {
        if (expr.kind !== "call") return;
        const [name, text] = registered(methodOf(expr), expr.args);
        if (name !== undefined && text !== undefined && !found.has(name)) found.set(name, templated(text));
      });
    }
  }
  return found;
}

function registered(method: string, args: readonly Expr[]): readonly [string | undefined, string | undefined] {
  if (/^add_\w*resource$/.test(method)) return [args[0] && namesOf(args[0]).at(-1), stringOf(args[1])];
  if (method !== "add_url_rule") return [undefined, undefined];
  const shown = entryOf(args.at(-1), "view_func") ?? args[2];
  const isView = shown?.kind === "call" && methodOf(shown) === "as_view";
  return [isView ? namesOf(shown.callee).at(-2) : undefined, stringOf(args[0])];
}
