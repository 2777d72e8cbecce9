import type { CompareOp } from "../rule-ir.ts";
import { encodings } from "./encodings.ts";
import { didYouMean, quoted } from "./nearest.ts";
import { badValue } from "./report.ts";

type Affix = "contains" | "startswith" | "endswith";
export type TimeUnit = "minute" | "hour" | "day" | "week" | "month" | "year";
type EncodingName = keyof typeof encodings;

/** What the modifiers of one key of a detection say together. */
export interface Modifiers {
  /** All values must match, not one of them. */
  readonly all: boolean;
  readonly negated: boolean;
  readonly cased: boolean;
  readonly affix?: Affix;
  /** In the order in which they apply. */
  readonly encode: readonly EncodingName[];
  readonly expand: boolean;
  readonly kind: "value" | "regex" | "cidr" | "exists" | "fieldref" | "number";
  /** Of a regular expression: `i`, `m`, `s`. */
  readonly flags: string;
  readonly compare?: CompareOp;
  readonly time?: TimeUnit;
}

type Change = (so: Modifiers) => Partial<Modifiers>;

const kind =
  (name: Modifiers["kind"]): Change =>
  (so) =>
    so.kind === "value" ? { kind: name } : clash(so.kind);
const affix =
  (name: Affix): Change =>
  (so) =>
    so.affix === undefined ? { affix: name } : clash(so.affix);
const encode =
  (name: EncodingName): Change =>
  (so) =>
    so.affix === undefined ? { encode: [...so.encode, name] } : clash(so.affix);
const flag =
  (letter: string): Change =>
  (so) =>
    so.kind === "regex" ? { flags: so.flags.replace(letter, "") + letter } : clash("a value that is no re");
const compare =
  (op: CompareOp): Change =>
  (so) =>
    so.compare !== undefined
      ? clash(so.compare)
      : so.kind === "number" || so.kind === "value"
        ? { kind: "number", compare: op }
        : clash(so.kind);
const time =
  (unit: TimeUnit): Change =>
  (so) =>
    so.kind === "value" ? { kind: "number", time: unit } : clash(so.kind);

const table = {
  all: () => ({ all: true }),
  neq: () => ({ negated: true }),
  cased: () => ({ cased: true }),
  contains: affix("contains"),
  startswith: affix("startswith"),
  endswith: affix("endswith"),
  windash: (so) => (so.encode.length === 0 ? { encode: ["windash"] } : clash(so.encode[0]!)),
  base64: encode("base64"),
  base64offset: encode("base64offset"),
  utf16: encode("utf16"),
  utf16le: encode("utf16le"),
  utf16be: encode("utf16be"),
  wide: encode("wide"),
  expand: () => ({ expand: true }),
  re: kind("regex"),
  i: flag("i"),
  ignorecase: flag("i"),
  m: flag("m"),
  multiline: flag("m"),
  s: flag("s"),
  dotall: flag("s"),
  cidr: kind("cidr"),
  exists: kind("exists"),
  fieldref: kind("fieldref"),
  lt: compare("lt"),
  lte: compare("lte"),
  gt: compare("gt"),
  gte: compare("gte"),
  minute: time("minute"),
  hour: time("hour"),
  day: time("day"),
  week: time("week"),
  month: time("month"),
  year: time("year"),
} as const satisfies Record<string, Change>;

/** What may stand beside each kind of value. */
const allowed: {
  readonly [kind in Modifiers["kind"]]: {
    readonly affix: readonly Affix[];
    readonly encode: boolean;
    readonly cased: boolean;
    readonly expand: boolean;
  };
} = {
  value: { affix: ["contains", "startswith", "endswith"], encode: true, cased: true, expand: true },
  // A regular expression is searched for anyway.
  regex: { affix: ["contains"], encode: false, cased: true, expand: false },
  cidr: { affix: [], encode: false, cased: false, expand: true },
  exists: { affix: [], encode: false, cased: false, expand: false },
  fieldref: { affix: ["contains", "startswith", "endswith"], encode: false, cased: true, expand: false },
  number: { affix: [], encode: false, cased: false, expand: false },
};

const none: Modifiers = { all: false, negated: false, cased: false, encode: [], expand: false, kind: "value", flags: "" };

class Clash extends Error {}

function clash(other: string): never {
  throw new Clash(other);
}

/** Reads what stands after a field's name: `contains`, `all`. */
export function readModifiers(names: readonly string[], at: number, key: string): Modifiers {
  let result = none;
  for (const name of names) {
    if (!Object.hasOwn(table, name))
      throw badValue(at, key, `has the unknown modifier ${quoted(name)}${didYouMean(name, Object.keys(table))}`);
    try {
      result = { ...result, ...(table[name as keyof typeof table] as Change)(result) };
    } catch (error) {
      if (error instanceof Clash) throw badValue(at, key, `cannot have ${quoted(name)} after ${error.message}`);
      throw error;
    }
  }
  const may = allowed[result.kind];
  const refused =
    (result.affix !== undefined && !may.affix.includes(result.affix) && result.affix) ||
    (result.encode.length > 0 && !may.encode && result.encode[0]) ||
    (result.cased && !may.cased && "cased") ||
    (result.expand && !may.expand && "expand");
  if (refused) throw badValue(at, key, `cannot have ${quoted(refused)} on ${result.kind === "number" ? "a number" : quoted(result.kind)}`);
  return result;
}
