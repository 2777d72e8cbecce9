import { splitWords } from "../actions/words.ts";
import type { CallExpr, ContainerIR, Expr, FileIR, FunctionIR, RecordExpr } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { isAuditName } from "../loggers/audit-names.ts";
import {
  AROUND_QUERIES,
  ENTITY_LISTENERS,
  hookOf,
  MAKES_MODEL,
  MAY_HOOK,
  MODEL_HOOKS,
  PAST_HOOKS,
  REGISTERS_TRAIL,
  SCHEMA_HOOKS,
  SUBSCRIBERS,
  SUBSCRIBES_TO,
  TRAIL_ANNOTATIONS,
  TRAIL_FIELDS,
  writeOf,
} from "../loggers/model-hooks.ts";
import { bodyHooks } from "./body-hooks.ts";
import { classHooks, eventHook } from "./class-hooks.ts";
import { modelKey, trailOf, type ModelHook } from "./model-hook.ts";
import { filesWith } from "./sought.ts";
import { instanceOf, pathOf, type ClosureValue, type Value } from "./values.ts";
import type { Walk } from "./walk.ts";
import type { Record } from "./way.ts";

/** Where a piece of code stands. */
interface Place {
  readonly file: FileIR;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
}

/** The hooks of a project, read at the first write. */
export function hooksOf(walk: Walk): readonly ModelHook[] {
  return filesWith(walk.project, MAY_HOOK).flatMap((file) => hooksIn(walk, file));
}

function hooksIn(walk: Walk, file: FileIR): ModelHook[] {
  const found: ModelHook[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind === "call") found.push(...hooksAt(walk, expr, { file, scope, container }));
    });
  }
  for (const container of file.containers)
    found.push(
      ...methodHooks(container),
      ...fieldTrails(container),
      ...registeredTrails(container),
      ...declaredHooks(walk, container),
      ...classHooks(container),
      ...annotatedTrails(walk, container),
    );
  return found;
}

function hooksAt(walk: Walk, call: CallExpr, at: Place): ModelHook[] {
  // `pghistory.track(InsertEvent())(User)`: a decorator that is called.
  if (call.callee.kind === "call" && REGISTERS_TRAIL.test(pathOf(call.callee.callee)) && call.args[0] !== undefined)
    return [trailOf(modelKey(pathOf(call.args[0])), call, at.file)];
  if (call.callee.kind !== "member" || call.callee.property === null) return [];
  const method = call.callee.property;
  const owner = call.callee.object;
  const model = call.args[0];
  const event = eventHook(walk, call, at.container);
  if (event.length > 0) return event;
  if (REGISTERS_TRAIL.test(pathOf(call.callee)) && model !== undefined) return [trailOf(modelKey(pathOf(model)), call, at.file)];
  if (SCHEMA_HOOKS.has(method)) return schemaHooks(walk, call, owner, at);
  if (method === "plugin") return pluginHooks(walk, call, owner, at);
  if (AROUND_QUERIES.has(method)) return closures(walk, call.args, at).map((does) => ({ model: "*", on: "any", does }));
  if (MODEL_HOOKS.has(method) || hookOf(method) !== undefined) {
    const on = hookOf(method) ?? hookOf(textOf(walk, call.args[0], at));
    return on === undefined ? [] : closures(walk, call.args, at).map((does) => ({ model: modelKey(pathOf(owner)), on, does }));
  }
  return MAKES_MODEL.has(method) ? optionHooks(walk, call, owner, at) : [];
}

/** What the bodies of models declare, and what passes it by. */
function declaredHooks(walk: Walk, container: ContainerIR): ModelHook[] {
  return bodyHooks(walk, container).map(({ owner, call, runs }) =>
    runs === undefined
      ? { ...trailOf(modelKey(owner), call, container.file), past: PAST_HOOKS }
      : { model: modelKey(owner), ...runs, past: PAST_HOOKS },
  );
}

/** `history = HistoricalRecords()`. */
function fieldTrails(container: ContainerIR): ModelHook[] {
  return container.fields
    .filter(({ value }) => value?.kind === "call" && TRAIL_FIELDS.has(pathOf(value.callee).split(".").at(-1)!))
    .map((field) => trailOf(modelKey(container.name), field, container.file));
}

/** `@Audited` of an entity, `@EntityListeners(Auditor.class)`. */
function annotatedTrails(walk: Walk, container: ContainerIR): ModelHook[] {
  const model = modelKey(container.name);
  return container.decorators.flatMap((one) => {
    const name = one.name.split(".").at(-1)!;
    const from = TRAIL_ANNOTATIONS.get(name);
    if (from !== undefined && container.file.imports.some(({ source }) => from.test(source))) return [trailOf(model, one, container.file)];
    if (name !== ENTITY_LISTENERS) return [];
    return classesIn(one.args).flatMap((expr) => {
      const listener = valueOf(walk, expr, { file: container.file, scope: null, container });
      return listener.kind === "container" ? methodHooks(listener.of).map((hook) => ({ ...hook, model })) : [];
    });
  });
}

/** `Auditor.class`, `{Auditor.class, Other.class}`, `value = Auditor.class`, `Auditor::class`. */
function classesIn(exprs: readonly Expr[]): readonly Expr[] {
  return exprs.flatMap((expr) => {
    if (expr.kind === "list") return classesIn(expr.items);
    if (expr.kind === "record") return classesIn(expr.entries.map((entry) => entry.value));
    return expr.kind === "member" && expr.property === "class" ? [expr.object] : [];
  });
}

/** `@auditlog.register()`, `@reversion.register` on the class. */
function registeredTrails(container: ContainerIR): ModelHook[] {
  return container.decorators
    .filter(({ name }) => REGISTERS_TRAIL.test(name))
    .map((one) => trailOf(modelKey(container.name), one, container.file));
}

const isSchema = (value: Value, name: string): boolean =>
  value.kind === "instance" ? value.name.endsWith("Schema") : value.kind === "unknown" && /schema$/i.test(name);

/** `roleSchema.post("save", fn)`, `.post(["save", "updateOne"], fn)`, `.post(/^find/, fn)`. */
function schemaHooks(walk: Walk, call: CallExpr, owner: Expr, at: Place): ModelHook[] {
  const schema = valueOf(walk, owner, at);
  if (!isSchema(schema, pathOf(owner)) || call.args.length < 2) return [];
  const [named, ...rest] = call.args;
  const names = named?.kind === "list" ? named.items : [named];
  const does = closures(walk, rest, at)[0];
  if (does === undefined) return [];
  return names.flatMap((name) => {
    const on = writeOf(textOf(walk, name, at));
    return on === undefined
      ? []
      : modelsOf(walk, owner, at).map((model) => ({ model, on, does, ...(schema.kind === "instance" ? { schema } : {}) }));
  });
}

/** The models that a schema is given to in its file, and the one that its name speaks of. */
function modelsOf(walk: Walk, schema: Expr, at: Place): string[] {
  const name = pathOf(schema);
  const found = [modelKey(name)];
  walkStmts(at.file.body, (expr) => {
    if (expr.kind !== "call" || !/(?:^|\.)model$/.test(pathOf(expr.callee)) || expr.args[1] === undefined || pathOf(expr.args[1]) !== name)
      return;
    found.push(modelKey(textOf(walk, expr.args[0], at)));
  });
  return [...new Set(found)];
}

/** What a plugin of the project adds; one of a package that is named an audit trail keeps one. */
function pluginHooks(walk: Walk, call: CallExpr, owner: Expr, at: Place): ModelHook[] {
  const [plugin] = call.args;
  const schema = valueOf(walk, owner, at);
  if (plugin === undefined || !isSchema(schema, pathOf(owner))) return [];
  const value = valueOf(walk, plugin, at);
  const own = { ...(schema.kind === "instance" ? { schema } : {}) };
  const models = modelsOf(walk, owner, at);
  if (value.kind === "closure") {
    const fn = value.fns[0]!;
    const inner = insideOf(fn).flatMap((one) => hooksInBody(walk, one));
    return models.flatMap((model) => inner.map(({ on, does }) => ({ model, on, does, ...own })));
  }
  if (!isAuditName(splitWords(pathOf(plugin)))) return [];
  const does: Record = { file: at.file, span: call, by: "audit", level: "audit", texts: [pathOf(plugin)], fields: [], via: [] };
  return models.map((model) => ({ model, on: "any", does, ...own }));
}

function insideOf(fn: FunctionIR): readonly FunctionIR[] {
  return fn.file.functions.filter((one) => one.start >= fn.start && one.end <= fn.end);
}

/** `schema.post(…)` of a plugin, whose schema is a parameter. */
function hooksInBody(walk: Walk, fn: FunctionIR): ModelHook[] {
  const found: ModelHook[] = [];
  const at: Place = { file: fn.file, scope: fn, container: fn.container ?? null };
  walkStmts(fn.body, (expr) => {
    if (
      expr.kind !== "call" ||
      expr.callee.kind !== "member" ||
      !SCHEMA_HOOKS.has(expr.callee.property ?? "") ||
      expr.callee.object.kind !== "name"
    )
      return;
    const does = closures(walk, expr.args.slice(1), at)[0];
    const names = expr.args[0]?.kind === "list" ? expr.args[0].items : [expr.args[0]];
    for (const name of names) {
      const on = writeOf(textOf(walk, name, at));
      if (on !== undefined && does !== undefined) found.push({ model: "", on, does });
    }
  });
  return found;
}

/** `sequelize.define("user", {…}, { hooks: { afterCreate } })`, `User.init({…}, { hooks: {…} })`. */
function optionHooks(walk: Walk, call: CallExpr, owner: Expr, at: Place): ModelHook[] {
  const options = call.args.findLast((arg): arg is RecordExpr => arg.kind === "record");
  const hooks = options?.entries.find((entry) => entry.key === "hooks")?.value;
  if (hooks?.kind !== "record") return [];
  const given = textOf(walk, call.args[0], at);
  const model = modelKey(given === "" ? pathOf(owner) : given);
  return hooks.entries.flatMap((entry) => {
    const on = hookOf(entry.key ?? "");
    return on === undefined
      ? []
      : closures(walk, entry.value.kind === "list" ? entry.value.items : [entry.value], at).map((does) => ({ model, on, does }));
  });
}

/** Methods that a decorator or their name makes hooks: of the model itself, or of those that a subscriber listens to. */
function methodHooks(container: ContainerIR): ModelHook[] {
  const subscribes =
    container.decorators.some((one) => SUBSCRIBERS.test(one.name)) || container.extends.some((type) => SUBSCRIBERS.test(type.name));
  const models = subscribes ? subscribedModels(container) : [modelKey(container.name)];
  return container.functions.flatMap((fn) => {
    const marked = fn.decorators.map((one) => hookOf(one.name.split(".").at(-1)!)).find((on) => on !== undefined);
    const on = marked ?? (subscribes || fn.name.startsWith("$") ? hookOf(fn.name) : undefined);
    if (on === undefined) return [];
    const does: ClosureValue = { kind: "closure", fns: [fn], env: null, self: instanceOf(container) };
    return models.map((model) => ({ model, on, does }));
  });
}

function subscribedModels(container: ContainerIR): string[] {
  const says = container.functions.find((fn) => SUBSCRIBES_TO.includes(fn.name));
  const last = says?.body.at(-1);
  if (says === undefined || last?.kind !== "return" || last.value === null) return ["*"];
  const named = last.value.kind === "list" ? last.value.items : [last.value];
  return named.map((one) => modelKey(pathOf(one)));
}

function closures(walk: Walk, exprs: readonly Expr[], at: Place): ClosureValue[] {
  return exprs.map((expr) => valueOf(walk, expr, at)).filter((value) => value.kind === "closure");
}

function textOf(walk: Walk, expr: Expr | undefined, at: Place): string {
  const value = expr === undefined ? undefined : valueOf(walk, expr, at);
  return value?.kind === "literal" && typeof value.value === "string" ? value.value : "";
}

function valueOf(walk: Walk, expr: Expr, { file, scope, container }: Place): Value {
  return walk.valueAt(expr, file, scope, container);
}
