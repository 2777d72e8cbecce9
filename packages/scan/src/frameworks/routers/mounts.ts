import type { CallExpr, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { UNLINKED } from "../../ir/link.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { FileView, ProjectFacts } from "../framework.ts";
import { bare, entryOf, flat, joinPaths, methodOf, namesOf, receiverOf, rootName, stringOf } from "../reading.ts";
import { ownPrefix } from "./own-prefix.ts";

/** Files that put an application together; only these are asked where other files' routers are mounted. */
const ASSEMBLY =
  /(?:^|\/)[\w.-]*(?:app|server|index|main|routes?|routers?|routing|api|express|web|loaders?|controller)[\w.-]*\.[cm]?[jt]sx?$/i;
/** Beyond this many a project is asked no more: prefixes are a help, not a need. */
const MAX_FILES = 400;
const MAX_DEPTH = 6;

const MOUNTS = /\.(?:use\w*|route|register|mount)\s*\(/;

interface Mount {
  readonly prefix: string;
  /** The name that is mounted, in the mounting file; "" for a closure. */
  readonly name: string;
  /** The plugin that is mounted where it is written. */
  readonly closure: FunctionIR | undefined;
  /** What it is mounted on. */
  readonly on: Expr;
  readonly scope: FunctionIR | null;
  readonly file: FileIR;
}

/** Prefixes under which routers are mounted: `app.use("/x", router)`, `fastify.register(plugin, { prefix: "/x" })`, `app.route("/x", sub)`. */
export interface Mounts {
  /** The prefix of what a route of this file is registered on: its own, and by mounts of this file, else of others. "" for none. */
  readonly prefixOf: (receiver: Expr, scope: FunctionIR | null) => string;
}

export function mountsOf(view: FileView): Mounts {
  return { prefixOf: (receiver, scope) => prefixFor(view.file, receiver, scope, view.project, MAX_DEPTH) };
}

function prefixFor(file: FileIR, receiver: Expr, scope: FunctionIR | null, project: ProjectFacts, depth: number): string {
  if (depth === 0) return "";
  const own = ownPrefix(project, { expr: receiver, file, scope });
  const name = mountedName(receiver);
  const around = functionsAround(scope);
  const mount =
    mountsIn(file).find((one) => one.name !== "" && one.name === name && mountedName(one.on) !== name) ??
    mountsIn(file).find((one) => around.some((fn) => one.closure === fn || (fn.name !== "" && fn.name === one.name))) ??
    mountsOfProject(project).get(file.path);
  if (mount === undefined) return own;
  return join(join(prefixFor(mount.file, mount.on, mount.scope, project, depth - 1), mount.prefix), own);
}

/** Plugins hold their routes: the function that a route stands in may be what is mounted. */
function functionsAround(scope: FunctionIR | null): readonly FunctionIR[] {
  return scope === null ? [] : [scope, ...functionsAround(scope.parent ?? null)];
}

function join(outer: string, inner: string): string {
  return outer === "" || inner === "" ? outer + inner : joinPaths(outer, inner);
}

const ofFile = new WeakMap<FileIR, readonly Mount[]>();

function mountsIn(file: FileIR): readonly Mount[] {
  const known = ofFile.get(file);
  if (known !== undefined) return known;
  const mounts: Mount[] = [];
  for (const { body, scope } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind === "call") mounts.push(...mountsBy(expr, file, scope));
    });
  }
  ofFile.set(file, mounts);
  return mounts;
}

function mountsBy(call: CallExpr, file: FileIR, scope: FunctionIR | null): readonly Mount[] {
  const on = receiverOf(call);
  const method = methodOf(call);
  if (on === undefined || !/^(?:use\w*|route|mount|register)$/.test(method)) return [];
  const prefix = method === "register" ? stringOf(entryOf(call.args[1], "prefix")) : stringOf(call.args[0]);
  if (prefix?.startsWith("/") !== true) return [];
  const mounted = method === "register" ? call.args.slice(0, 1) : flat(call.args.slice(1));
  return mounted.map((arg) => {
    const closure = arg.kind === "function" ? arg.fn : undefined;
    return { prefix, name: mountedName(arg) ?? "", closure, on, scope, file };
  });
}

/** `usersRouter`, `this.router`, `require("./users")`, `new UsersController().router`, `userRoutes(services)`, `users.routes()`. */
function mountedName(expr: Expr): string | undefined {
  const source = requiredSource(expr);
  if (source !== undefined) return `require:${source}`;
  const names = namesOf(expr);
  return names[0] === "this" ? names.slice(0, 2).join(".") : names[0];
}

/** The source of `require("./users")` and `import("./users")` among the arguments. */
function requiredSource(expr: Expr): string | undefined {
  const at = bare(expr);
  if (at.kind !== "call" || rootName(at.callee) !== "require") return undefined;
  return stringOf(at.args[0]) ?? (at.callee.kind === "call" ? requiredSource(at.callee) : undefined);
}

const ofProject = new WeakMap<ProjectFacts, ReadonlyMap<string, Mount>>();

/** Files whose routers another file mounts → the first such mount, in the order of paths. */
function mountsOfProject(project: ProjectFacts): ReadonlyMap<string, Mount> {
  const known = ofProject.get(project);
  if (known !== undefined) return known;
  const mounts = new Map<string, Mount>();
  // Set before it is filled: opening files below must not come back here.
  ofProject.set(project, mounts);
  for (const path of project.paths.filter((one) => ASSEMBLY.test(one)).slice(0, MAX_FILES)) {
    if (!MOUNTS.test(project.read(path) ?? "")) continue;
    const file = open(project, path);
    for (const mount of file === undefined ? [] : mountsIn(file)) {
      const target = targetOf(project, mount);
      if (target !== undefined && target !== mount.file && !mounts.has(target.path)) mounts.set(target.path, mount);
    }
  }
  return mounts;
}

function open(project: ProjectFacts, path: string): FileIR | undefined {
  return project.open(UNLINKED, `./${path}`);
}

function targetOf(project: ProjectFacts, mount: Mount): FileIR | undefined {
  const required = /^require:(.*)$/.exec(mount.name)?.[1];
  const source = required ?? mount.file.imports.find((one) => one.local === mount.name)?.source;
  return source === undefined ? undefined : project.open(mount.file, source);
}
