/** What a project calls the details of its lines: first in its security records, then in its log lines. */
import { isForbiddenName, type ActionName } from "@telltale/vocabulary";
import { ON_PEOPLE } from "../../content/record/lacking.ts";
import { snake } from "../../content/record/names.ts";
import { saidBy } from "../../content/record/said.ts";
import type { Expr, FileIR } from "../../ir/nodes.ts";
import type { Proposal } from "../../loggers/logger.ts";
import { pathOf } from "../../outcomes/values.ts";
import type { Record } from "../../outcomes/way.ts";
import { HABIT, usualOf, type NamedRecord } from "./named-records.ts";

type Detail = Proposal["details"][number];

/** A field of a line: its name, and what is written under it. */
export interface Field {
  readonly name: string;
  /** Absent where it stands in a text, and only its name is known: `user_id=%d`. */
  readonly value?: Expr;
  readonly file: FileIR;
  /** Of a record: how the outcome that it tells of ended. */
  readonly kind?: "success" | "failure";
  /** Of a record: it is about what somebody does to somebody. */
  readonly onPeople?: boolean;
}

export interface FieldNames {
  /** A detail under the name that it has in the project; undefined where that is hidden: the project wants nobody to read it. */
  readonly spell: (detail: Detail, told: { readonly action: ActionName; readonly kind: "success" | "failure" }) => Detail | undefined;
}

/**
 * Names that say what a value is wherever they stand, as words in lower case between `_`. From the fields of log lines in
 * open-source applications; those that fit one kind of thing only (`document_id`) are none.
 */
const NAMES: Readonly<globalThis.Record<string, RegExp>> = {
  actor:
    /^(?:actor|(?:actor|user|admin|current_user|caller|operator|principal|requester|performed_by|acting_user)_(?:id|uuid)|uid|userid|user|by|performed_by)$/,
  target: /^(?:target|target_(?:id|uuid)|resource|resource_id|object_id|entity_id)$/,
  ip: /^(?:ip|ip_?addr(?:ess)?|(?:client|remote|source|src|user|request|remote_host)_?ip|remote_?addr(?:ess)?|(?:client|source)_?address)$/,
  request_id: /^(?:x_)?(?:request|req|correlation)_?id$/,
  reason: /^(?:reason|failure_reason|error_reason|deny_reason|cause)$/,
  outcome: /^(?:outcome|result|status|success|succeeded)$/,
};

/** What somebody says who they are: no name for an ID. */
const CLAIMED = /^(?:e_?mail|e_?mail_address|user_?name|login|identifier|phone|name)$/;
/** Names of an actor under which either may stand. */
const EITHER = /^(?:actor|user|by|performed_by)$/;
/** Who is acted on where somebody acts on an account. */
const READ_FROM_ROUTE = /(?:^|\.)(?:params|query|args|input|body|path)\b/i;
/** The account that is acted on, where the project has a name for it. */
const TARGET_PERSON = /^target_user(?:_(?:id|uuid))?$/;

/** `records` and `rows`: fields of log lines and of stored rows about security; `others`: those of other lines, asked for when needed. */
export function fieldNames(
  records: readonly Field[],
  rows: readonly Field[],
  others: () => readonly Field[],
  isHidden: (name: string) => boolean,
): FieldNames {
  const shown = (fields: readonly Field[]): readonly Field[] => fields.filter(({ name }) => !isForbiddenName(name));
  const [own, stored] = [shown(records), shown(rows)];
  let loose: readonly Field[] | undefined;
  const all = (): readonly Field[] => (loose ??= shown(others()));
  const known = new Map<string, string | undefined>();
  const nameFor = (role: string, fits: (field: Field) => boolean, key = role): string | undefined => {
    if (!known.has(key)) {
      const named = (fields: readonly Field[]): readonly string[] => fields.filter(fits).map(({ name }) => name);
      known.set(key, usualOf(named(own), 1) ?? usualOf(named(all()), HABIT) ?? usualOf(named(stored), 1));
    }
    return known.get(key);
  };
  const byRole = (role: string): string | undefined =>
    nameFor(role, (field) => NAMES[role]?.test(snake(field.name)) === true && fitsRole(role, field));
  const inCase = (name: string): string => (name.includes("_") && isCamel([...own, ...all()]) ? camel(name) : name);

  return {
    spell: ({ name, value }, { action, kind }) => {
      const usual =
        name === "actor"
          ? actorName(value)
          : name === "target" && ON_PEOPLE.has(action)
            ? (nameFor("target", ({ name: own }) => TARGET_PERSON.test(snake(own)), "person") ?? byRole("target"))
            : name === "outcome"
              ? undefined
              : byRole(name);
      if (name === "outcome") return outcomeOf(value, kind);
      const spelled = usual ?? inCase(name);
      return isHidden(spelled) ? undefined : { name: spelled, value };
    },
  };

  /** An address is no ID: where the project has a name for addresses, that one; else what fits both. */
  function actorName(value: string): string | undefined {
    const usual = byRole("actor");
    const last = snake(/[A-Za-z_]\w*$/.exec(value.replace(/["'\])]+$/, ""))?.[0] ?? "");
    if (!CLAIMED.test(last)) return usual;
    return (
      nameFor("actor", ({ name }) => snake(name) === last, `claim ${last}`) ??
      (usual !== undefined && EITHER.test(snake(usual)) ? usual : undefined)
    );
  }

  /** `success: false` where records say it so. */
  function outcomeOf(value: string, kind: "success" | "failure"): Detail | undefined {
    const said = [...own, ...stored].filter((field) => NAMES.outcome!.test(snake(field.name)) && saysHow(field));
    const named = said.map((one) => one.name);
    const name = usualOf(named, 1);
    if (name === undefined || isHidden(name)) return isHidden(name ?? "outcome") ? undefined : { name: "outcome", value };
    const mine = said.filter((one) => one.name === name);
    const texts = (of: "success" | "failure"): string | undefined => usualOf(mine.filter((one) => one.kind === of).map(textOf), 1);
    const same = texts(kind);
    if (same !== undefined) return { name, value: same };
    const other = texts(kind === "success" ? "failure" : "success") ?? "";
    if (!Object.hasOwn(OPPOSITE, other)) return /^["':]/.test(other) ? { name, value } : { name: "outcome", value };
    return { name, value: OPPOSITE[other]! };
  }
}

/** A word or a truth value; the status of an answer is a number. */
const saysHow = ({ value, kind }: Field): boolean =>
  kind !== undefined && value?.kind === "literal" && /^(?:string|boolean)$/.test(typeof value.value);

const textOf = ({ value, file }: Field): string => file.text.slice(value!.start, value!.end);

const OPPOSITE: Readonly<globalThis.Record<string, string>> = { true: "false", false: "true", True: "False", False: "True" };

function fitsRole(role: string, { name, value, onPeople }: Field): boolean {
  if (value === undefined) return !/^user$/i.test(name);
  if (value.kind === "record" || value.kind === "function" || value.kind === "list") return false;
  const path = pathOf(value);
  if (role === "reason") return value.kind === "literal" || value.kind === "name" || value.kind === "member";
  if (role !== "actor") return true;
  // A whole user is no ID, and an account that the route names is the one acted on.
  if (/^user$/.test(snake(name)) && !/(?:id|uuid|name|email)$/i.test(path)) return false;
  return !(onPeople === true && /user|uid/i.test(name) && READ_FROM_ROUTE.test(path));
}

/** Names of several words, and whether most of them are written `soLikeThis`. */
function isCamel(fields: readonly Field[]): boolean {
  const styles = fields.flatMap(({ name }) =>
    /^[a-z]+\d*(?:[A-Z][a-z\d]*)+$/.test(name) ? ["camel"] : /^[a-z\d]+(?:_[a-z\d]+)+$/.test(name) ? ["snake"] : [],
  );
  return usualOf(styles, HABIT) === "camel";
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `user_id=%d`, `user_id={}`, `user_id=` before a value. */
const IN_TEXT = /(?:^|[\s,;(])([A-Za-z_][\w.-]*)=(?=[%{\s]|$)/g;
/** `{UserId}`, where the library takes the places of a message for fields. https://messagetemplates.org */
const PLACES = /\{[@$]?([A-Za-z]\w*)(?:[,:][^}]*)?\}/g;

function namesInText({ written }: Record, own: string): readonly string[] {
  const patterns = written?.by?.logger.namedPlaces === true ? [IN_TEXT, PLACES] : [IN_TEXT];
  return patterns.flatMap((pattern) => [...own.matchAll(pattern)].map((match) => match[1]!)).filter((name) => name !== "event");
}

/** The fields of a record that its call shows. */
export function fieldsOfRecord({ record, action, kind }: NamedRecord): readonly Field[] {
  const { file } = record.written!;
  const of = { file, kind, onPeople: ON_PEOPLE.has(action) };
  const { shown, own } = saidBy(record);
  const fields = shown.flatMap(({ name, expr, keyed }) => (keyed === true && expr !== undefined ? [{ ...of, name, value: expr }] : []));
  return [...fields, ...namesInText(record, own).map((name) => ({ ...of, name }))];
}
