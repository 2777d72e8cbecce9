import { readFileSync } from "node:fs";
import { isIP } from "node:net";

/** What scripts/ocsf-facts.mjs wrote. */
interface Facts {
  readonly versions: Readonly<Record<string, Version>>;
}

interface Version {
  readonly types: Readonly<
    Record<
      string,
      { readonly base?: string; readonly pattern?: string; readonly longest?: number; readonly range?: readonly [number, number] }
    >
  >;
  readonly values: Readonly<Record<string, Captions>>;
  readonly siblings: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, Shape & { readonly name: string; readonly category: number; readonly categoryName: string }>>;
  readonly objects: Readonly<Record<string, Shape>>;
}

interface Shape {
  /** `profile/type[]!` */
  readonly attributes: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Captions>>;
  readonly constraints: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
}

type Captions = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

const facts = JSON.parse(readFileSync(new URL("schemas/ocsf-facts.json", import.meta.url), "utf8")) as Facts;

export const ocsfFactVersions = Object.keys(facts.versions);

/** Everything in which an event departs from the schema, as `path: what`. */
export function ocsfProblems(event: Fields): readonly string[] {
  const metadata = event["metadata"] as { version?: string; profiles?: readonly string[] } | undefined;
  const version = facts.versions[metadata?.version ?? ""];
  if (version === undefined) return [`metadata.version: ${metadata?.version} is not known`];
  const type = version.classes[String(event["class_uid"])];
  if (type === undefined) return [`class_uid: ${String(event["class_uid"])} is not known`];
  const problems = shapeProblems({ version, profiles: new Set(metadata?.profiles) }, type, event, "");
  const expect = (name: string, value: unknown) => {
    if (event[name] !== value) problems.push(`${name}: ${String(event[name])} instead of ${String(value)}`);
  };
  expect("class_name", type.name);
  expect("category_uid", type.category);
  expect("category_name", type.categoryName);
  expect("type_uid", Number(event["class_uid"]) * 100 + Number(event["activity_id"]));
  expect("type_name", `${type.name}: ${captions(version, type, "activity_id")?.[String(event["activity_id"])]}`);
  return problems;
}

interface Context {
  readonly version: Version;
  readonly profiles: ReadonlySet<string>;
}

function shapeProblems(context: Context, shape: Shape, value: Fields, at: string): string[] {
  const problems: string[] = [];
  for (const [name, one] of Object.entries(value)) {
    const written = shape.attributes[name];
    const profile = written?.includes("/") ? written.slice(0, written.indexOf("/")) : undefined;
    if (written === undefined) problems.push(`${at}${name}: no such attribute`);
    else if (profile && !context.profiles.has(profile)) problems.push(`${at}${name}: of the profile ${profile}, which is not declared`);
    else problems.push(...attributeProblems(context, shape, name, written, one, value, `${at}${name}`));
  }
  for (const [name, written] of Object.entries(shape.attributes)) {
    const profile = written.includes("/") ? written.slice(0, written.indexOf("/")) : undefined;
    if (written.endsWith("!") && (!profile || context.profiles.has(profile)) && !(name in value)) problems.push(`${at}${name}: required`);
  }
  const { at_least_one: some, just_one: one } = shape.constraints;
  if (some && !some.some((name) => name in value)) problems.push(`${at}: needs one of ${some.join(", ")}`);
  if (one && one.filter((name) => name in value).length !== 1) problems.push(`${at}: needs exactly one of ${one.join(", ")}`);
  return problems;
}

function attributeProblems(
  context: Context,
  shape: Shape,
  name: string,
  written: string,
  value: unknown,
  holder: Fields,
  at: string,
): string[] {
  const type = written.replace(/^.*\/|\[\]|!$/g, "").replace("[]", "");
  if (written.includes("[]")) {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((one, index) => valueProblems(context, type, one, `${at}[${index}]`));
  }
  return [...valueProblems(context, type, value, at), ...captionProblems(context, shape, name, value, holder, at)];
}

/** A number stands for one of the listed values, and its sibling, where it is there, holds the caption. */
function captionProblems({ version }: Context, shape: Shape, name: string, value: unknown, holder: Fields, at: string): string[] {
  const allowed = captions(version, shape, name);
  if (allowed === undefined) return [];
  const caption = allowed[String(value)];
  if (caption === undefined) return [`${at}: ${String(value)} is not one of ${Object.keys(allowed).join(", ")}`];
  const sibling = version.siblings[name];
  const said = sibling === undefined ? undefined : holder[sibling];
  if (value === 99) return said === undefined ? [`${at}: 99 without ${sibling}`] : [];
  return said === undefined || said === caption ? [] : [`${at}: ${String(said)} instead of ${caption}`];
}

function captions(version: Version, shape: Shape, name: string): Captions | undefined {
  return shape.values[name] ?? version.values[name];
}

function valueProblems(context: Context, type: string, value: unknown, at: string): string[] {
  const scalar = context.version.types[type];
  if (scalar) return scalarProblem(context.version, type, value, at);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at}: not an object`];
  if (type === "object") return [];
  const shape = context.version.objects[type];
  return shape ? shapeProblems(context, shape, value as Fields, `${at}.`) : [`${at}: the facts lack the object ${type}`];
}

function scalarProblem(version: Version, type: string, value: unknown, at: string): string[] {
  const { base = type, pattern, longest, range } = version.types[type] ?? {};
  const right =
    base === "string_t"
      ? typeof value === "string" && (longest === undefined || value.length <= longest)
      : base === "boolean_t"
        ? typeof value === "boolean"
        : base === "integer_t" || base === "long_t"
          ? Number.isSafeInteger(value)
          : base === "float_t"
            ? typeof value === "number"
            : true;
  const inRange = range === undefined || (Number(value) >= range[0] && Number(value) <= range[1]);
  const inPattern = (pattern === undefined || new RegExp(pattern).test(String(value))) && (type !== "ip_t" || isIP(String(value)) !== 0);
  return right && inRange && inPattern ? [] : [`${at}: ${JSON.stringify(value)} is no ${type}`];
}
