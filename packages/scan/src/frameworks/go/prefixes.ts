import type { CallExpr, Expr, FunctionIR } from "../../ir/nodes.ts";
import { declaredValue } from "../../ir/scope.ts";
import type { CallSite, FileView } from "../framework.ts";
import { bare, joinPaths, methodOf, pathTextOf, receiverOf } from "../reading.ts";

/** Methods that give a router for a part of the paths, or hand one to a closure. */
const GROUPS = /^(?:Group|Party|PartyFunc|Route|RouteFunc|PathPrefix|Subrouter|Namespace|Mount|With|Host|NewGroup|Use)$/;
const DEEPEST = 8;

/** What stands in front of the routes that are registered on something: path and middleware. */
export interface Around {
  readonly prefix: string;
  readonly through: readonly Expr[];
}

const NOTHING: Around = { prefix: "", through: [] };

/** Finds what stands around the routes of one file: groups, closures that are given to groups, mounts. */
export function aroundIn(view: FileView): (receiver: Expr, scope: FunctionIR | null) => Around {
  const closures = new Map<FunctionIR, CallSite>();
  const callers = new Map<string, CallSite[]>();
  const wrappers = new Map<Expr, CallSite>();
  for (const site of view.calls) {
    const name = methodOf(site.call);
    callers.set(name, [...(callers.get(name) ?? []), site]);
    for (const arg of site.call.args) {
      wrappers.set(arg, site);
      if (GROUPS.test(name) && arg.kind === "function") closures.set(arg.fn, site);
    }
  }

  function around(receiver: Expr, scope: FunctionIR | null, depth = DEEPEST): Around {
    if (depth === 0) return NOTHING;
    const at = bare(receiver);
    if (at.kind === "call") return ofCall(at, scope, depth);
    const declared = at.kind === "name" ? declaredValue(view.file, scope, at.name) : undefined;
    if (declared?.value.kind === "call" && isGroup(declared.value)) return ofCall(declared.value, declared.scope, depth);
    return outside(receiver, scope, depth);
  }

  /** `r.Group("/admin", mustBeAdmin)`: what stands around `r`, and then its own. */
  function ofCall(call: CallExpr, scope: FunctionIR | null, depth: number): Around {
    const receiver = receiverOf(call);
    if (receiver === undefined) return outside(call, scope, depth);
    const before = around(receiver, scope, depth - 1);
    return isGroup(call) ? joined(before, call, scope) : before;
  }

  function joined(before: Around, call: CallExpr, scope: FunctionIR | null): Around {
    const path = pathTextOf(call.args[0], view, scope);
    const own = call.args.filter((arg, i) => arg.kind !== "function" && !(i === 0 && path !== undefined) && isMiddleware(arg));
    return {
      prefix: path === undefined || path === "" ? before.prefix : joinPaths(before.prefix, path),
      through: [...before.through, ...own],
    };
  }

  /** The closure around is given to a group, or the function around is given a router. */
  function outside(receiver: Expr, scope: FunctionIR | null, depth: number): Around {
    for (let fn = scope; fn !== null; fn = fn.parent ?? null) {
      const group = closures.get(fn);
      const router = group === undefined ? undefined : receiverOf(group.call);
      if (group !== undefined && router !== undefined) return joined(around(router, group.scope, depth - 1), group.call, group.scope);
      if (fn.name !== "" && fn.parent === undefined) return given(receiver, fn, depth);
    }
    return NOTHING;
  }

  function given(receiver: Expr, fn: FunctionIR, depth: number): Around {
    const place = fn.params.findIndex(
      ({ pattern }) => pattern.kind === "bind" && receiver.kind === "name" && pattern.name === receiver.name,
    );
    for (const site of callers.get(fn.name) ?? []) {
      // A method is called on something, a function by its name.
      if (site.scope === fn || (site.call.callee.kind === "name") !== (fn.container === undefined)) continue;
      const arg = place < 0 ? undefined : site.call.args[place];
      if (arg !== undefined) return around(arg, site.scope, depth - 1);
      const mount = wrappers.get(site.call);
      const router = mount !== undefined && GROUPS.test(methodOf(mount.call)) ? receiverOf(mount.call) : undefined;
      if (mount !== undefined && router !== undefined)
        return { ...joined(around(router, mount.scope, depth - 1), mount.call, mount.scope), through: [] };
    }
    return NOTHING;
  }

  return (receiver, scope) => around(receiver, scope);
}

const isGroup = (call: CallExpr): boolean => GROUPS.test(methodOf(call));

function isMiddleware(expr: Expr): boolean {
  return expr.kind === "name" || expr.kind === "member" || (expr.kind === "call" && expr.creates !== true);
}
