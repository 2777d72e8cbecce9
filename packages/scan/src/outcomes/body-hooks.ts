import type { CallExpr, ContainerIR, Expr, RecordExpr } from "../ir/nodes.ts";
import { BODY_HOOK, BODY_TRAILS, hookOf, writeOf, type Write } from "../loggers/model-hooks.ts";
import { filesWith } from "./sought.ts";
import { pathOf, type ClosureValue } from "./values.ts";
import type { Walk } from "./walk.ts";

/** What the body of a model declares about its rows. */
export interface BodyHook {
  /** The class of the model. */
  readonly owner: string;
  readonly call: CallExpr;
  /** What runs, and when; absent: a library keeps a row of every change. */
  readonly runs?: { readonly on: Write; readonly does: ClosureValue };
}

/** `after_create :audit`, `has_paper_trail`. A module's holds for the models that mix it in. */
export function bodyHooks(walk: Walk, container: ContainerIR): readonly BodyHook[] {
  const declared = container.body.flatMap((stmt) =>
    stmt.kind === "expr" && stmt.value.kind === "call" && stmt.value.callee.kind === "name" ? [stmt.value] : [],
  );
  return declared.flatMap((call): readonly BodyHook[] => {
    const name = pathOf(call.callee);
    const isTrail = BODY_TRAILS.has(name);
    const on = isTrail || !BODY_HOOK.test(name) ? undefined : (givenEvent(call) ?? hookOf(name));
    if (!isTrail && on === undefined) return [];
    const owners = container.sort === "module" ? mixingIn(walk, container) : [container.name];
    if (on === undefined) return owners.map((owner) => ({ owner, call }));
    return methodsOf(walk, call, container).flatMap((does) => owners.map((owner) => ({ owner, call, runs: { on, does } })));
  });
}

/** The methods that a callback names, and its blocks. */
function methodsOf(walk: Walk, call: CallExpr, container: ContainerIR): ClosureValue[] {
  return call.args
    .map((arg): Expr => {
      if (arg.kind !== "literal" || typeof arg.value !== "string") return arg;
      const { start, end, value } = arg;
      return { kind: "member", start, end, object: { kind: "name", start, end: start, name: "this" }, property: value };
    })
    .map((expr) => walk.valueAt(expr, container.file, null, container))
    .filter((value) => value.kind === "closure");
}

/** `after_commit :x, on: :destroy`. */
function givenEvent(call: CallExpr): Write | undefined {
  const options = call.args.findLast((arg): arg is RecordExpr => arg.kind === "record");
  const on = options?.entries.find((entry) => entry.key === "on")?.value;
  return on?.kind === "literal" && typeof on.value === "string" ? writeOf(on.value) : undefined;
}

/** Names of the classes that mix a module in. */
function mixingIn(walk: Walk, module: ContainerIR): string[] {
  const last = module.name.slice(module.name.lastIndexOf(".") + 1);
  const mixes = ({ name }: { readonly name: string }): boolean => name === module.name || module.name.endsWith(`.${name}`);
  return filesWith(walk.project, new RegExp(`\\b(?:include|prepend)(?:_mod_with)?[ (]+["']?[\\w:]*\\b${last}\\b`)).flatMap((file) =>
    file.containers.filter((one) => one.sort === "class" && one.extends.some(mixes)).map(({ name }) => name),
  );
}
