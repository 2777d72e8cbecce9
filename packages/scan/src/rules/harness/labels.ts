/**
 * The labels of rule fixtures. After a comment sign (`//` or `#`) comes `~`, then carets (each one line further up), then one of:
 *
 *     //~ handler POST /login authn_login partial     a handler starts here: route, action, verdict
 *     //~ handler gate authz_fail missing             … without a route: `gate`, `callback` or `route` stands in its place
 *     //~ handler GET /health none not_sensitive      … that does nothing sensitive
 *     //~ success recorded                            an outcome ends here: recorded, unrecorded or unknown
 *     //~ failure unrecorded [missing-failure-log]    … and these rules report it (none where no brackets stand)
 *     //~ record                                      a record that counts for an outcome
 *     //~ record event, actor, source IP              … and the details that it gives, all of them
 *     //~ wrong: failure recorded                     known error: not found today; fails once it is
 *     //~ wrong: no success                           known error: a handler, success, failure or record is found here that is none
 *
 * Several labels share a line by repeating the sign. A line without a label says that nothing is found there.
 */
import { actions } from "@telltale/vocabulary";
import { ruleIds } from "../catalogue.ts";

export const KINDS = ["handler", "success", "failure", "record"] as const;
export type Kind = (typeof KINDS)[number];

export interface Label {
  readonly line: number;
  readonly kind: Kind;
  /** What stands there, in the spelling in which findings are written; absent with `no`. */
  readonly says?: string;
  /** Pinned: it is known to be found otherwise. */
  readonly wrong: boolean;
}

const SIGN = /(?:\/\/|#)~/;
const VERDICTS = new Set(["missing", "partial", "adequate", "unknown", "not_sensitive"]);
const STATES = new Set(["recorded", "unrecorded", "unknown"]);
const DETAILS = new Set(["event", "actor", "target", "outcome", "reason", "source IP", "user agent", "request ID"]);

/** Every label of a text. Lines count from 1. Throws on a word that is none: a misspelt label must not pass as no label. */
export function labelsOf(text: string): readonly Label[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split(SIGN)
      .slice(1)
      .map((label) => readLabel(label, index + 1)),
  );
}

function readLabel(label: string, at: number): Label {
  const carets = /^\^*/.exec(label)![0].length;
  const words = label.slice(carets).trim();
  const wrong = words.startsWith("wrong: ");
  const rest = wrong ? words.slice("wrong: ".length) : words;
  const line = at - carets;
  const absent = /^no (\S+)$/.exec(rest)?.[1];
  if (absent !== undefined) {
    if (!wrong) throw new Error(`line ${at}: "no ${absent}" needs no label: a line without one says so`);
    return { line, kind: kindOf(absent, at), wrong };
  }
  const [first = ""] = rest.split(" ", 1);
  const kind = kindOf(first, at);
  return { line, kind, says: READERS[kind](rest.slice(first.length).trim(), at), wrong };
}

function kindOf(word: string, at: number): Kind {
  const kind = KINDS.find((one) => one === word);
  if (kind === undefined) throw new Error(`line ${at}: unknown label "${word}"; known: ${KINDS.join(", ")}, wrong:`);
  return kind;
}

const READERS: Readonly<Record<Kind, (text: string, at: number) => string>> = {
  handler: readHandler,
  success: readOutcome,
  failure: readOutcome,
  record: readRecord,
};

function readHandler(text: string, at: number): string {
  const words = text.split(/\s+/);
  const [action = "", verdict = ""] = words.slice(-2);
  if (words.length < 3) throw new Error(`line ${at}: a handler label needs a route, an action and a verdict`);
  if (action !== "none" && !Object.hasOwn(actions, action)) throw new Error(`line ${at}: "${action}" is no action`);
  if (!VERDICTS.has(verdict)) throw new Error(`line ${at}: "${verdict}" is no verdict`);
  return words.join(" ");
}

function readOutcome(text: string, at: number): string {
  const parts = /^(\S+)(?: \[([^\]]*)\])?$/.exec(text);
  const state = parts?.[1] ?? text;
  if (!STATES.has(state)) throw new Error(`line ${at}: "${state}" is no state of an outcome`);
  const rules = (parts?.[2] ?? "").split(/[\s,]+/).filter((rule) => rule !== "");
  for (const rule of rules) if (!ruleIds.some((id) => id === rule)) throw new Error(`line ${at}: "${rule}" is no rule`);
  return outcomeText(state, rules);
}

function readRecord(text: string, at: number): string {
  if (text === "") return "";
  const details = text.split(/\s*,\s*/);
  for (const detail of details) if (!DETAILS.has(detail)) throw new Error(`line ${at}: "${detail}" is no detail`);
  return recordText(details);
}

export function outcomeText(state: string, rules: readonly string[]): string {
  return rules.length === 0 ? state : `${state} [${[...rules].sort().join(" ")}]`;
}

export function recordText(details: readonly string[]): string {
  return [...details].sort().join(", ");
}
