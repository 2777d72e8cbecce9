import type { CallExpr, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../../ir/walk.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Project } from "../../project/project.ts";
import type { ResolveCallee } from "./callees.ts";
import type { Spot } from "./origin.ts";

/** A call, and where it stands. */
export interface CallSite {
  readonly call: CallExpr;
  readonly at: Spot;
}

export interface Callers {
  /** The calls of a function in the files that are parsed; none where there are too many to say anything. */
  readonly of: (fn: FunctionIR) => readonly CallSite[];
  /** The call that a closure is handed to. */
  readonly taking: (fn: FunctionIR) => CallSite | undefined;
}

/** A name that is called at more places is too common for its callers to be told apart cheaply. */
const MOST_CANDIDATES = 24;
/** Callers of one function that are looked at. */
const MOST_CALLERS = 6;

interface Index {
  readonly byName: ReadonlyMap<string, readonly CallSite[]>;
  readonly taking: ReadonlyMap<FunctionIR, CallSite>;
}

/** Made of the files that are parsed when it is asked for the first time. */
export function createCallers(project: Project, resolve: ResolveCallee): Callers {
  let index: Index | undefined;
  const get = (): Index => (index ??= build(project));
  const known = new Map<FunctionIR, readonly CallSite[]>();
  const find = (fn: FunctionIR): readonly CallSite[] => {
    const candidates = get().byName.get(fn.name) ?? [];
    if (candidates.length > MOST_CANDIDATES) return [];
    const found = candidates.filter(({ call, at }) => at.fn !== fn && resolve(call.callee, at)?.fns.includes(fn) === true);
    return found.length > MOST_CALLERS ? [] : found;
  };
  return {
    of: (fn) => {
      if (fn.name === "") return [];
      let mine = known.get(fn);
      if (mine === undefined) known.set(fn, (mine = find(fn)));
      return mine;
    },
    taking: (fn) => get().taking.get(fn),
  };
}

function build(project: Project): Index {
  const byName = new Map<string, CallSite[]>();
  const taking = new Map<FunctionIR, CallSite>();
  for (const path of project.paths) {
    const file = project.isParsed(path) ? project.file(path) : undefined;
    if (file === undefined) continue;
    for (const { body, scope } of bodiesOf(file)) {
      walkStmts(body, (expr) => {
        if (expr.kind !== "call") return;
        const site: CallSite = { call: expr, at: { file, fn: scope } };
        for (const arg of expr.args) if (arg.kind === "function") taking.set(arg.fn, site);
        const name = namesOf(expr.callee).at(-1);
        if (name === undefined) return;
        const list = byName.get(name);
        if (list === undefined) byName.set(name, [site]);
        else list.push(site);
      });
    }
  }
  return { byName, taking };
}
