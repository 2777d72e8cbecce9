/** What a project calls its events: the names that its records have, and how they stand there. */
import type { ActionName } from "@telltale/vocabulary";
import { inStyle, isNameOf, mostOf, readName, type Named, type Style } from "../../content/record/event-names.ts";
import { saidBy, type EventAt } from "../../content/record/said.ts";
import type { FileIR } from "../../ir/nodes.ts";
import { stringOf } from "../../ir/literals.ts";
import { HABIT, isSentence, MOST, nameInText, usualOf, type NamedRecord, type Told } from "./named-records.ts";
import { sentenceFor } from "./sentences.ts";

/** What a line about an outcome shall call its event. */
export interface EventWord {
  readonly name: string;
  /** The constant that holds the name, where every record of the event has it so, and a file that has it: `AuditEvent.LOGIN_FAILED`. */
  readonly constant?: { readonly text: string; readonly from: FileIR };
  /** The field that it stands under; null: under none. Absent: the project has no habit. */
  readonly key?: string | null;
  /** What the message says where it is not the name; null: the fields say all. */
  readonly message?: string | null;
}

interface Word extends NamedRecord {
  readonly named: Named;
  readonly at: EventAt;
}

/** The words of the records of one package and language. */
export function eventWords(records: readonly NamedRecord[]): (told: Told) => EventWord {
  const words = records.flatMap((one) => wordIn(one) ?? []);
  const speaks = sentencesIn(records, words.length);
  const style =
    words.length < HABIT
      ? undefined
      : usualOf(
          words.map(({ named }) => named.style),
          HABIT,
        );
  const place = placeOf(words.filter(({ record }) => record.by === "log"));
  return (told) => {
    const known = knownFor(told, words, style);
    if (known !== undefined) return { ...known, ...place(told) };
    const sentence = speaks === undefined ? undefined : sentenceFor(told);
    if (sentence !== undefined) return { name: told.event, key: null, message: speaks!(sentence) };
    return { name: style === undefined ? told.event : inStyle(told.event, style), ...place(told) };
  };
}

/** A record that names its event, also in the middle of a text. */
function wordIn(one: NamedRecord): Word | undefined {
  if (one.named !== undefined) return { ...one, named: one.named, at: saidBy(one.record).eventAt! };
  const inText = nameInText(one.record);
  const named = inText === undefined ? undefined : readName(inText);
  return named === undefined ? undefined : { ...one, named, at: { key: "event" } };
}

/** How others name the very event: by the name that most of them give it, of several the one in the usual style. */
function knownFor({ action, kind, event }: Told, words: readonly Word[], style: Style | undefined): EventWord | undefined {
  const same = words.filter(
    ({ named, ...other }) =>
      other.kind === kind &&
      (isNameOf(named, event) ||
        (named.event === undefined && kind === "success" && other.action === action && isPlainName(named) && ONE_WAY.has(action))),
  );
  const names = same.map(({ named }) => named.name);
  const name = usualOf(names) ?? same.find(({ named }) => named.style === style)?.named.name ?? mostOf(names);
  if (name === undefined) return undefined;
  const mine = same.filter(({ named }) => named.name === name);
  const [text, ...others] = new Set(mine.map(constantOf));
  return { name, ...(text === undefined || others.length > 0 ? {} : { constant: { text, from: mine[0]!.record.file } }) };
}

/** Actions that succeed in one way: a name that the vocabulary does not know is still that of them. They fail for several reasons. */
const ONE_WAY: ReadonlySet<ActionName> = new Set<ActionName>(["authn_login", "authn_logout", "user_deleted"]);

/** Nothing in it sets the event apart: no `admin_`, no `_by_invitation`. */
const isPlainName = ({ means }: Named): boolean => !means.includes(" ");

function constantOf({ record, at }: Word): string | undefined {
  const { constant } = at;
  const text = constant === undefined ? "" : record.written!.file.text.slice(constant.start, constant.end);
  return /^[A-Z]\w*(?:\.\w+)+$/.test(text) ? text : undefined;
}

type Place = (told: Told) => Pick<EventWord, "key" | "message">;

/** Where the name stands: under which field, with a sentence as the message or without. */
function placeOf(words: readonly Word[]): Place {
  const key =
    words.length < HABIT
      ? undefined
      : usualOf(
          words.map(({ at }) => at.key),
          HABIT,
        );
  if (key === undefined) return () => ({});
  if (key === "") return () => ({ key: null });
  const messages = words.map(({ record }) => record.written!.call.args.map(stringOf).find((text) => text !== undefined));
  const silent = messages.map((text) => text === undefined);
  if (usualOf(silent, HABIT) === true) return () => ({ key, message: null });
  const spoken = messages.filter((text) => text !== undefined && /\w\s+\w/.test(text)) as string[];
  if (spoken.length < HABIT || spoken.length / words.length < MOST) return () => ({ key });
  const like = asSpoken(spoken);
  return (told) => {
    const sentence = sentenceFor(told);
    return sentence === undefined ? { key } : { key, message: like(sentence) };
  };
}

/** Where the records are sentences: how a sentence is put there. */
function sentencesIn(records: readonly NamedRecord[], named: number): ((sentence: string) => string) | undefined {
  const sentences = records.filter(({ record, named: name }) => name === undefined && isSentence(record));
  if (sentences.length < HABIT || sentences.length / (sentences.length + named) < MOST) return undefined;
  return asSpoken(sentences.map(({ record }) => saidBy(record).own));
}

/** In lower case, or with a full stop, where most sentences are so. */
function asSpoken(sentences: readonly string[]): (sentence: string) => string {
  const lower = usualOf(sentences.map((one) => /^[a-z]/.test(one))) === true;
  const stop = usualOf(sentences.map((one) => one.endsWith("."))) === true;
  return (one) => `${lower ? one[0]!.toLowerCase() + one.slice(1) : one}${stop ? "." : ""}`;
}
