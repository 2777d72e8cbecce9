import type { CallExpr, ContainerIR } from "../ir/nodes.ts";
import { OBSERVED, OBSERVERS, PAST_EVENTS, TRAIL_MIXINS } from "../loggers/model-hooks.ts";
import { modelKey, trailOf, type ModelHook } from "./model-hook.ts";
import { instanceOf, type ClosureValue } from "./values.ts";
import type { Walk } from "./walk.ts";

/** What a class is by its traits and by its name: a model with a trail, an observer of models. */
export function classHooks(container: ContainerIR): ModelHook[] {
  const trails = container.mixins
    .filter(({ name }) => TRAIL_MIXINS.has(lastOf(name)))
    .map((mixin): ModelHook => {
      const { model, on, does } = trailOf(modelKey(container.name), mixin, container.file);
      return { model, on, does, pastPath: PAST_EVENTS };
    });
  return [...trails, ...observed(container)];
}

/** `UserObserver.deleted(User $user)`; where the type is not written, the name of the class says it. */
function observed(container: ContainerIR): ModelHook[] {
  if (!OBSERVERS.test(container.name) || container.sort !== "class") return [];
  return container.functions.flatMap((fn) => {
    const on = Object.hasOwn(OBSERVED, fn.name) ? OBSERVED[fn.name] : undefined;
    if (on === undefined || fn.params.length === 0) return [];
    const pattern = fn.params[0]?.pattern;
    const type = pattern?.kind === "bind" ? pattern.type?.name : undefined;
    const model = modelKey(type ?? lastOf(container.name).replace(OBSERVERS, ""));
    const does: ClosureValue = { kind: "closure", fns: [fn], env: null, self: instanceOf(container) };
    return [{ model, on, does, pastPath: PAST_EVENTS }];
  });
}

/** `static::deleted(function (User $user) { … })` in the body of a model's `booted`. */
export function eventHook(walk: Walk, call: CallExpr, container: ContainerIR | null): ModelHook[] {
  const { callee } = call;
  if (callee.kind !== "member" || callee.object.kind !== "name" || callee.object.name !== "this" || container === null) return [];
  const on = Object.hasOwn(OBSERVED, callee.property ?? "") ? OBSERVED[callee.property!] : undefined;
  const [given] = call.args;
  if (on === undefined || given?.kind !== "function") return [];
  const does = walk.valueAt(given, container.file, null, container);
  return does.kind === "closure" ? [{ model: modelKey(container.name), on, does, pastPath: PAST_EVENTS }] : [];
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
