import type { ContainerIR, Decorator, FileIR, TypeRef } from "../../ir/nodes.ts";
import type { Project } from "../../project/project.ts";

/** Whether a value of a type can hold a line break: `text` can, `bounded` cannot. */
export type Texture = "text" | "bounded" | "unknown";

const TEXT: ReadonlySet<string> = new Set([
  "string",
  "String",
  "str",
  "CharSequence",
  "kotlin.String",
  "System.String",
  "java.lang.String",
]);

/** Numbers, truth values, times, identifiers and what a validator has read already, in the languages that declare types. */
const BOUNDED =
  /^(?:number|bigint|boolean|bool|Boolean|Bool|u?int(?:8|16|32|64|128)?|u?long|short|byte|char|float(?:32|64)?|double|decimal|Int|Integer|Long|Short|Byte|Char|Float|Double|BigDecimal|BigInteger|Decimal|[ui](?:8|16|32|64|128|size)|f(?:32|64)|UUID|Uuid|uuid|UUID\d|Guid|Date|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan|LocalDate|LocalDateTime|LocalTime|Instant|ZonedDateTime|OffsetDateTime|Duration|NaiveDate|NaiveDateTime|date|datetime|time|timedelta|EmailStr|HttpUrl|AnyUrl|AnyHttpUrl|IPv4Address|IPv6Address|IpAddr|ObjectId|Locale|Currency|Literal|PositiveInt|NonNegativeInt|Time)$/;

/** Types that only stand around another. */
const WRAPPERS =
  /^(?:Optional|Option|Nullable|Maybe|Promise|Awaitable|Annotated|Union|Path|Query|Json|Form|Valid|ActionResult|Mono|Required|Partial|Readonly|Pick|Omit|Final)$/;

/** Decorators of a field that no line break passes: class-validator, Jakarta Bean Validation, data annotations of .NET. */
const VALIDATED =
  /^(?:Is(?:Email|UUID|Int|Number|NumberString|Numeric|Enum|Boolean|BooleanString|Date|DateString|ISO8601|In|MongoId|Alpha|Alphanumeric|IP|Jwt|JWT|Hexadecimal|PhoneNumber|MobilePhone|Positive|Latitude|Longitude|Port|Locale|Base64|FQDN|HexColor|CreditCard|Uuid|Url|URL|StrongPassword)|Matches|Pattern|Email|UUID|RegularExpression|EmailAddress|Phone|CreditCard|Url|Digits|Min|Max|AllowedValues|EnumDataType)$/;

const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** What a type says by itself, wrappers taken off. */
export function textureOf(type: TypeRef | undefined): Texture {
  if (type === undefined) return "unknown";
  const name = last(type.name);
  if (TEXT.has(type.name) || TEXT.has(name)) return "text";
  if (BOUNDED.test(name)) return "bounded";
  if (!WRAPPERS.test(name)) return "unknown";
  const inner = (type.args ?? []).map(textureOf);
  return inner.includes("text") ? "text" : inner.includes("bounded") ? "bounded" : "unknown";
}

/** Whether a value of a type may be text: it is no number or the like, and no record or enum of the project. */
export function canHoldText(project: Project, file: FileIR, type: TypeRef): boolean {
  const texture = textureOf(type);
  return texture === "text" || (texture === "unknown" && containerOf(project, file, type) === undefined);
}

/** Whether what the decorators let through can hold a line break. */
export function isValidated(decorators: readonly Decorator[]): boolean {
  return decorators.some(({ name }) => VALIDATED.test(last(name)));
}

/** The texture of a member of a value of that type, by the fields that the project declares. */
export function memberTexture(project: Project, file: FileIR, type: TypeRef | undefined, way: readonly string[]): Texture {
  const [member, ...rest] = way;
  if (member === undefined) return textureOf(type);
  const container = type === undefined ? undefined : containerOf(project, file, type);
  if (container === undefined) return "unknown";
  const name = fieldName(member);
  const field =
    container.fields.find((one) => one.name === name) ?? container.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const param = container.functions
    .find((fn) => fn.role === "constructor")
    ?.params.find(({ pattern }) => pattern.kind === "bind" && pattern.name.toLowerCase() === name.toLowerCase());
  const decorators = [...(field?.decorators ?? []), ...(param?.decorators ?? [])];
  if (isValidated(decorators)) return "bounded";
  const declared = field?.type ?? (param?.pattern.kind === "bind" ? param.pattern.type : undefined);
  if (declared === undefined) return "unknown";
  const kept = containerOf(project, container.file, declared);
  return kept?.sort === "enum" ? "bounded" : memberTexture(project, container.file, declared, rest);
}

/** `getName()` and `name()` read the field `name`. */
function fieldName(member: string): string {
  const bare = member.replace(/\(\)$/, "");
  const [, property] = /^(?:get|is)([A-Z]\w*)$/.exec(bare) ?? [];
  return member === bare || property === undefined ? bare : property[0]!.toLowerCase() + property.slice(1);
}

/** The class, record or struct of a type: in the file itself, where it is imported from, or in a file of its name. */
function containerOf(project: Project, file: FileIR, type: TypeRef): ContainerIR | undefined {
  const name = last(type.name);
  if (WRAPPERS.test(name) && type.args?.[0] !== undefined) return containerOf(project, file, type.args[0]);
  const named = (one: ContainerIR): boolean => last(one.name) === name;
  const own = file.containers.find(named);
  if (own !== undefined) return own;
  const brought = file.imports.find((one) => one.local === name);
  // What comes from a library is none of the project's types, whatever else is called so.
  if (brought !== undefined) return project.open(file, brought.source)?.containers.find(named);
  const key = name.replaceAll("_", "").toLowerCase();
  for (const path of project.named(key).slice(0, 4)) {
    const found = project.languageOf(path) === project.languageOf(file.path) ? project.file(path)?.containers.find(named) : undefined;
    if (found !== undefined) return found;
  }
  return project.container(name);
}
