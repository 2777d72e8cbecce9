import type { CallExpr } from "../../ir/nodes.ts";
import type { CallSite, FileView, ProjectFacts } from "../framework.ts";
import { joinPaths, methodOf, stringOf } from "../reading.ts";

/** Calls that put a path before the routes that they are given, or that follow them. */
const MOUNTS = /^(?:nest|nest_service|scope|mount|at)$/;

/** The path before a route: that of the calls around it, and that under which its function is mounted elsewhere. */
export function prefixOf(view: FileView, { call, scope }: CallSite): string {
  const around = view.calls
    .map((site) => site.call)
    .filter((one) => one !== call && holds(one, call))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .flatMap((one) => (MOUNTS.test(methodOf(one)) && one.args.length > 1 ? [one] : scopesBefore(one)))
    .map((one) => stringOf(one.args[0]) ?? "");
  const before = scopesBefore(call).map((one) => stringOf(one.args[0]) ?? "");
  const outer =
    scope === null ? "" : (mountsOf(view.project).get(keyOf(view.file.path, scope.name)) ?? mountsOf(view.project).get(scope.name) ?? "");
  const path = joinPaths(outer, ...around, ...before);
  return path === "/" ? "" : path;
}

function holds(outer: CallExpr, inner: CallExpr): boolean {
  const last = outer.args.at(-1);
  return last !== undefined && last.start <= inner.start && last.end >= inner.end;
}

/** `web::scope("/admin")` in front of a call. */
function scopesBefore(call: CallExpr): readonly CallExpr[] {
  const found: CallExpr[] = [];
  let at = call.callee.kind === "member" ? call.callee.object : undefined;
  while (at?.kind === "call") {
    if (methodOf(at) === "scope") found.push(at);
    at = at.callee.kind === "member" ? at.callee.object : undefined;
  }
  return found;
}

const MOUNTED = /\.(?:nest|mount)\(\s*"([^"]+)"\s*,\s*(?:crate::)?(?:[\w]+::)*?(?:(\w+)::)?(\w+)\s*\(/g;

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, string>>();

/** `nest("/users", users::router())`: function → path, also by the module that it stands in. Read from the texts. */
function mountsOf(project: ProjectFacts): ReadonlyMap<string, string> {
  let mounts = known.get(project);
  if (mounts !== undefined) return mounts;
  const found = new Map<string, string>();
  for (const path of project.paths) {
    if (!path.endsWith(".rs")) continue;
    for (const [, prefix = "", module, name = ""] of (project.read(path) ?? "").matchAll(MOUNTED)) {
      found.set(module === undefined ? name : `${module}::${name}`, prefix);
    }
  }
  mounts = found;
  known.set(project, mounts);
  return mounts;
}

/** `src/users.rs` and `src/users/mod.rs` are the module `users`. */
function keyOf(path: string, name: string): string {
  const module = path.replace(/\/mod\.rs$/, "").replace(/\.rs$/, "");
  return `${module.slice(module.lastIndexOf("/") + 1)}::${name}`;
}
