import { isMembership } from "../actions/deeds.ts";
import { splitWords } from "../actions/words.ts";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import { isAuditName } from "../loggers/audit-names.ts";
import { BULK, QUERY_EXTENSION, runsOn, writeOf, type Write } from "../loggers/model-hooks.ts";
import { modelKey, type ModelHook } from "./model-hook.ts";
import { hooksOf } from "./model-hooks.ts";
import { pathOf, UNKNOWN, type Value } from "./values.ts";
import type { Emission, Heard, WalkFacts } from "./walk.ts";
import type { Record } from "./way.ts";

/** Finds the functions that run when a call writes a row: hooks of its model, functions around every query of a client. */
export function createHookFinder(): WalkFacts["listenersOf"] {
  let hooks: readonly ModelHook[] | undefined;
  return (walk, call, receiver, args, scope) => {
    const path = pathOf(call.callee);
    const write = call.callee.kind === "member" && !scope.still ? writeOf(path.slice(path.lastIndexOf(".") + 1)) : undefined;
    if (write === undefined || isMembership(path) || receiver?.kind === "closure" || call.callee.kind !== "member") return undefined;
    const trail = repositoryTrail(call, receiver, scope.file);
    if (trail !== undefined) return { heard: [], records: [trail], answers: false };
    const extended = extension(call.callee.object, receiver, path);
    if (extended !== undefined) return { heard: [extended], answers: false };
    hooks ??= hooksOf(walk);
    if (hooks.length === 0) return undefined;
    const models = modelsWritten(call.callee.object, receiver, args);
    const mine = hooks.filter((hook) => fits(hook, write, models, receiver, path));
    return mine.length === 0 ? undefined : emissionOf(mine, call.callee.object, path);
  };
}

function emissionOf(hooks: readonly ModelHook[], written: Expr, path: string): Emission {
  const heard = hooks.flatMap(({ does, model }): Heard[] =>
    "kind" in does
      ? [
          {
            closure: does,
            args: model === "*" ? queryArgs(written, path) : does.fns[0]!.params.map(() => UNKNOWN),
            ...(model === "*" ? { audit: true } : {}),
          },
        ]
      : [],
  );
  return { heard, records: hooks.flatMap(({ does }) => ("kind" in does ? [] : [does])), answers: false };
}

function fits(hook: ModelHook, write: Write, models: readonly string[], receiver: Value | null, path: string): boolean {
  if (hook.on !== "any" && !runsOn(hook.on, write)) return false;
  if (hook.past?.test(path.slice(path.lastIndexOf(".") + 1))) return false;
  if (hook.pastPath?.test(path)) return false;
  if (hook.single && BULK.test(path.slice(path.lastIndexOf(".") + 1))) return false;
  if (hook.model === "*") return hook.on !== "any" || isQuery(receiver, path);
  const schema = schemaIn(receiver);
  if (schema !== undefined && hook.schema !== undefined) return schema === hook.schema;
  return models.includes(hook.model);
}

/** A query of a client, as far as its names tell: `prisma.user.update`. */
function isQuery(receiver: Value | null, path: string): boolean {
  return (
    path.split(".").length >= 3 &&
    ((receiver?.kind === "unknown" && /prisma/i.test(receiver.source ?? "")) || /(?:^|\.)(?:prisma|db|client|tx)\w*\./i.test(path))
  );
}

/** The schema that a model was made of: `mongoose.model("Role", roleSchema)`. */
function schemaIn(receiver: Value | null): Value | undefined {
  if (receiver?.kind !== "unknown") return undefined;
  return receiver.args?.find((arg) => arg.kind === "instance" && arg.name.endsWith("Schema"));
}

/** Names under which the model that is written may go. */
function modelsWritten(written: Expr, receiver: Value | null, args: readonly Value[]): string[] {
  // `User.objects.filter(…).delete()` names its model first.
  const names = [
    pathOf(written),
    ...pathOf(written)
      .split(".")
      .filter((name) => /^\p{Lu}\w*\p{Ll}/u.test(name)),
  ];
  if (receiver?.kind === "instance" || receiver?.kind === "container") names.push(nameOf(receiver));
  if (receiver?.kind === "unknown") names.push(...(receiver.args ?? []).slice(0, 1).map(nameOf));
  const [first] = args;
  if (first?.kind === "instance" || first?.kind === "container") names.push(nameOf(first));
  return [...new Set(names.map(modelKey).filter((key) => key !== ""))];
}

function nameOf(value: Value): string {
  if (value.kind === "container") return value.of.name;
  if (value.kind === "instance") return value.name;
  return value.kind === "literal" && typeof value.value === "string" ? value.value : "";
}

/** `client.$extends({ query: { user: { update({ args, query }) {…} } } })`: what the client that is called was given. */
function extension(written: Expr, receiver: Value | null, path: string): Heard | undefined {
  const options = receiver?.kind === "unknown" ? receiver.args?.[0] : undefined;
  const query = options?.kind === "record" ? options.entries.get(QUERY_EXTENSION.key) : undefined;
  if (query?.kind !== "record") return undefined;
  const model = pathOf(written).split(".").at(-1)!;
  const operation = path.slice(path.lastIndexOf(".") + 1);
  for (const name of [model, QUERY_EXTENSION.models]) {
    const operations = query.entries.get(name);
    if (operations?.kind !== "record") continue;
    const closure = operations.entries.get(operation) ?? operations.entries.get(QUERY_EXTENSION.operations);
    if (closure?.kind === "closure")
      return { closure, args: queryArgs(written, path), ...(name === QUERY_EXTENSION.models ? { audit: true } : {}) };
  }
  return undefined;
}

/** What functions around queries are told: model and operation. */
function queryArgs(written: Expr, path: string): readonly Value[] {
  const name = pathOf(written).split(".").at(-1) ?? "";
  const model: Value = { kind: "literal", value: name.charAt(0).toUpperCase() + name.slice(1) };
  const operation: Value = { kind: "literal", value: path.slice(path.lastIndexOf(".") + 1) };
  return [
    {
      kind: "record",
      open: true,
      entries: new Map([
        ["model", model],
        ["action", operation],
        ["operation", operation],
      ]),
    },
    UNKNOWN,
  ];
}

/** A repository that takes in an audit trail writes one with every row: `use ExAudit.Repo`. */
function repositoryTrail(call: CallExpr, receiver: Value | null, file: Record["file"]): Record | undefined {
  const mixin = receiver?.kind === "container" ? receiver.of.mixins.find((one) => isAuditName(splitWords(one.name))) : undefined;
  return mixin === undefined
    ? undefined
    : { file, span: call, by: "audit", level: "audit", texts: [mixin.name, pathOf(call.callee)], fields: [], via: [] };
}
