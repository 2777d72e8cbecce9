/** What the application lets Warden run when somebody comes or goes. https://github.com/wardencommunity/warden/wiki/Callbacks */
import type { ContainerIR, Expr } from "../../ir/nodes.ts";
import type { ProjectFacts } from "../framework.ts";
import { methodOf, namesOf } from "../reading.ts";
import { macrosIn } from "./callbacks.ts";
import { parentNames } from "./classes.ts";

/** Actions of Devise's sessions, and the callbacks that run with them where they succeed. */
const RUNS: Readonly<Record<string, ReadonlySet<string>>> = {
  create: new Set(["after_set_user", "after_authentication"]),
  destroy: new Set(["before_logout"]),
};
const SESSIONS = /(?:^|\.)(?:Devise|DeviseTokenAuth)\.SessionsController$/;
const MAY_HOOK = /\bWarden::Manager\.(?:after|before)_/;

const known = new WeakMap<ProjectFacts, ReadonlyMap<string, readonly Expr[]>>();

/** The callbacks of Warden that run after an action, where the controller leaves the work to Devise. */
export function wardenCallbacks(container: ContainerIR, action: string, project: ProjectFacts): readonly Expr[] {
  const names = Object.hasOwn(RUNS, action) ? RUNS[action] : undefined;
  if (names === undefined || !parentNames(container, project).some((name) => SESSIONS.test(name))) return [];
  let all = known.get(project);
  if (all === undefined) known.set(project, (all = readCallbacks(project)));
  return [...names].flatMap((name) => all.get(name) ?? []);
}

function readCallbacks(project: ProjectFacts): ReadonlyMap<string, readonly Expr[]> {
  const found = new Map<string, Expr[]>();
  for (const path of project.paths) {
    const file = path.endsWith(".rb") && MAY_HOOK.test(project.read(path) ?? "") ? project.file?.(path) : undefined;
    for (const call of macrosIn(file?.body ?? [])) {
      const block = call.args.at(-1);
      if (block?.kind !== "function" || namesOf(call.callee)[0] !== "Warden.Manager") continue;
      const name = methodOf(call);
      found.set(name, [...(found.get(name) ?? []), block]);
    }
  }
  return found;
}
