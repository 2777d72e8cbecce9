/** Prefixes under which other files mount a router: `app.include_router(users.router, prefix="/users")`, `register_blueprint(bp, url_prefix="/auth")`. */
import type { CallExpr, Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import type { ProjectFacts } from "../framework.ts";
import { follow } from "../modules/follow.ts";
import { entryOf, joinPaths, methodOf, receiverOf, stringOf } from "../reading.ts";
import { openPath } from "./open-path.ts";

const MOUNTS = /\b(?:include_router|register_blueprint)\s*\(/;
const METHODS: ReadonlySet<string> = new Set(["include_router", "register_blueprint"]);
/** Routers within routers within routers; more is a circle. */
const DEEPEST = 4;

interface Mount {
  readonly prefix: string | undefined;
  /** What the router is mounted on, as `keyOf` names it, and the prefix that this was made with. */
  readonly on: string | undefined;
  readonly onPrefix: string | undefined;
}

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, Mount>>();

/** The prefix of a router that is made by `expr` in `file`; "" where nobody mounts it under one. */
export function mountedAt(expr: Expr, file: FileIR, project: ProjectFacts): string {
  let mounts = known.get(project);
  if (mounts === undefined) known.set(project, (mounts = readMounts(project)));
  return prefixOf(keyOf(expr, file), mounts, DEEPEST);
}

function prefixOf(key: string, mounts: ReadonlyMap<string, Mount>, depth: number): string {
  const mount = depth === 0 ? undefined : mounts.get(key);
  if (mount === undefined) return "";
  const outer = mount.on === undefined ? "" : prefixOf(mount.on, mounts, depth - 1);
  const pieces = [outer, mount.onPrefix, mount.prefix].filter((piece) => piece !== undefined && piece !== "");
  return pieces.length === 0 ? "" : joinPaths(...pieces);
}

const keyOf = (expr: Expr, file: FileIR): string => `${file.path}:${expr.start}`;

function readMounts(project: ProjectFacts): ReadonlyMap<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const path of project.paths) {
    if (!path.endsWith(".py") || !MOUNTS.test(project.read(path) ?? "")) continue;
    const file = openPath(project, path);
    if (file === undefined) continue;
    for (const { body, scope } of bodiesOf(file)) {
      walkStmts(body, (expr) => {
        if (expr.kind === "call" && METHODS.has(methodOf(expr))) addMount(mounts, expr, file, scope, project);
      });
    }
  }
  return mounts;
}

function addMount(mounts: Map<string, Mount>, call: CallExpr, file: FileIR, scope: FunctionIR | null, project: ProjectFacts): void {
  const [router] = call.args;
  if (router === undefined) return;
  const made = follow({ expr: router, file, scope }, project);
  if (made.expr.kind !== "call") return;
  const key = keyOf(made.expr, made.file);
  const receiver = receiverOf(call);
  const on = receiver === undefined ? undefined : follow({ expr: receiver, file, scope }, project);
  const maker = on?.expr.kind === "call" ? on.expr : undefined;
  if (mounts.has(key)) return;
  mounts.set(key, {
    prefix: prefixIn(call),
    on: maker === undefined || on === undefined ? undefined : keyOf(maker, on.file),
    onPrefix: maker === undefined ? undefined : prefixIn(maker),
  });
}

const prefixIn = (call: CallExpr): string | undefined => stringOf(entryOf(call.args.at(-1), "prefix", "url_prefix"));
