import { readFileSync } from "node:fs";
import { isIP } from "node:net";

/** What scripts/ecs-facts.mjs wrote. */
interface Facts {
  readonly version: string;
  readonly fields: Readonly<Record<string, FieldFact>>;
  readonly logging: Readonly<
    Record<string, { readonly type: string; readonly required?: boolean; readonly index?: number; readonly top?: boolean }>
  >;
}

interface FieldFact {
  readonly type: string;
  readonly list?: true;
  readonly allowed?: readonly string[];
  readonly expects?: Readonly<Record<string, readonly string[]>>;
}

type Fields = Readonly<Record<string, unknown>>;

const facts = JSON.parse(readFileSync(new URL("schemas/ecs-facts.json", import.meta.url), "utf8")) as Facts;

export const ecsFactVersion = facts.version;

/** Everything in which an event departs from ECS and from the ecs-logging specification. What stands under `own` is left out. */
export function ecsProblems(event: Fields, own: string): readonly string[] {
  const flat = flatten(event, "");
  return [
    ...[...flat].filter(([name]) => !name.startsWith(`${own}.`)).flatMap(([name, value]) => fieldProblems(name, value)),
    ...typeProblems(flat),
    ...loggingProblems(event, flat),
  ];
}

function flatten(value: Fields, at: string): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [name, one] of Object.entries(value)) {
    const inside =
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? flatten(one as Fields, `${at}${name}.`)
        : [[`${at}${name}`, one] as const];
    for (const [path, leaf] of inside) flat.set(path, leaf);
  }
  return flat;
}

function fieldProblems(name: string, value: unknown): string[] {
  const fact = facts.fields[name];
  if (fact === undefined) return [`${name}: no such field`];
  if (Array.isArray(value) !== (fact.list ?? false)) return [`${name}: ${fact.list ? "not a list" : "a list"}`];
  return [value]
    .flat()
    .flatMap((one) => [
      ...(fits(fact.type, one) ? [] : [`${name}: ${JSON.stringify(one)} is no ${fact.type}`]),
      ...(fact.allowed && !fact.allowed.includes(String(one)) ? [`${name}: ${String(one)} is not allowed`] : []),
    ]);
}

function fits(type: string, value: unknown): boolean {
  if (type === "date") return typeof value === "string" && new Date(value).toISOString() === value;
  if (type === "ip") return typeof value === "string" && isIP(value) !== 0;
  if (type === "long") return Number.isSafeInteger(value);
  if (type === "boolean") return typeof value === "boolean";
  return typeof value === "string";
}

/** Each type must be expected for one of the categories. */
function typeProblems(flat: ReadonlyMap<string, unknown>): string[] {
  const categories = flat.get("event.category") as readonly string[] | undefined;
  const expected = categories?.flatMap((category) => facts.fields["event.category"]?.expects?.[category] ?? []);
  const types = flat.get("event.type") as readonly string[];
  return types
    .filter((type) => expected !== undefined && !expected.includes(type))
    .map((type) => `event.type: ${type} is not expected for ${categories?.join(", ")}`);
}

function loggingProblems(event: Fields, flat: ReadonlyMap<string, unknown>): string[] {
  const order = Object.keys(event);
  return Object.entries(facts.logging).flatMap(([name, { type, required, index, top }]) => {
    if (!flat.has(name)) return required ? [`${name}: required by ecs-logging`] : [];
    return [
      ...(index !== undefined && order[index] !== name ? [`${name}: at ${order.indexOf(name)} instead of ${index}`] : []),
      ...(top && !(name in event) ? [`${name}: must be dotted, at the top`] : []),
      ...((type === "string" || type === "datetime") && typeof flat.get(name) !== "string" ? [`${name}: no ${type}`] : []),
    ];
  });
}
