import { actions, resolveEvent, type ActionName } from "@telltale/vocabulary";
import { tellsOf } from "../content/record/about.ts";
import { inStyle, nameOf, type Named, type Style } from "../content/record/event-names.ts";
import { saidBy } from "../content/record/said.ts";
import type { Judged } from "../judge/handler.ts";
import type { Outcome } from "../judge/verdict.ts";
import type { Record } from "../outcomes/way.ts";
import type { ContentRule, Issue } from "./scene.ts";

/** A line that records an outcome, with the name that it gives the event, where it has one. */
interface Entry {
  readonly record: Record;
  readonly judged: Judged;
  readonly action: ActionName;
  readonly kind: Outcome["kind"];
  readonly named: Named | undefined;
}

/** Fewer names are no habit. */
const HABIT = 3;
/** The share of the lines that makes it one. */
const MOST = 0.6;

/** Names are compared with names of the same event only, and free text with the habit of the package. */
export const inconsistentEventName: ContentRule = {
  id: "inconsistent-event-name",
  mayHold: null,
  check: ({ judged, project }) => {
    const byPackage = new Map<string, Map<string, Entry>>();
    for (const entry of judged.flatMap(entriesOf)) {
      const { file, span } = entry.record;
      const key = `${project.packagesOf(file.path)[0]?.folder ?? ""} ${file.language}`;
      const entries = byPackage.get(key) ?? new Map<string, Entry>();
      if (entries.size === 0) byPackage.set(key, entries);
      const site = `${file.path}:${span.start}`;
      if (!entries.has(site)) entries.set(site, entry);
    }
    return [...byPackage.values()].flatMap((entries) => outliers([...entries.values()]));
  },
};

/** Of each recorded outcome the line that names it, else the line that tells of it. */
function entriesOf(judged: Judged): readonly Entry[] {
  const { action } = judged.naming;
  if (action === "none") return [];
  return judged.outcomes.flatMap(({ kind, records }) => {
    const telling = records.filter((record) => record.written !== undefined && tellsOf(record, action, kind));
    const record = telling.find((one) => nameOf(one) !== undefined) ?? telling[0];
    return record === undefined ? [] : [{ record, judged, action, kind, named: nameOf(record) }];
  });
}

function outliers(entries: readonly Entry[]): readonly Issue[] {
  const named = entries.filter((entry) => entry.named !== undefined);
  if (named.length < HABIT) return [];
  return [...otherNames(named), ...(named.length / entries.length >= MOST ? freeTexts(entries, named) : [])];
}

/** Another name for an event that most lines call by one. */
function otherNames(named: readonly Entry[]): Issue[] {
  const groups = groupBy(named, ({ action, kind, named: one }) => `${action} ${kind} ${one!.means}`);
  return [...groups.values()].flatMap((group) => {
    const usual = usualOf(group.map(({ named: one }) => one!.name)) ?? preferred(group, named);
    if (usual === undefined) return [];
    return group
      .filter((entry) => entry.named!.name !== usual)
      .map((entry) => issueOf(entry, usual, `\`${entry.named!.name}\``, `elsewhere the same event is \`${usual}\``));
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The name that most use; undefined where there is no such majority. */
function usualOf<T extends string>(names: readonly T[]): T | undefined {
  const counts = groupBy(names, (name) => name);
  const [most] = [...counts].toSorted((a, b) => b[1].length - a[1].length);
  return most !== undefined && most[1].length > 1 && most[1].length / names.length >= MOST ? most[1][0] : undefined;
}

/** Where no name of an event is the usual one: the only one that is written as all others are. */
function preferred(group: readonly Entry[], all: readonly Entry[]): string | undefined {
  const style = usualOf(all.map(({ named }) => named!.style));
  const names = [...new Set(group.map(({ named }) => named!.name))];
  if (style === undefined || names.length < 2) return undefined;
  const fitting = names.filter((name) => group.some(({ named }) => named!.name === name && named!.style === style));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Sentences where the package names its events. */
function freeTexts(entries: readonly Entry[], named: readonly Entry[]): Issue[] {
  const style = usualOf(named.map((entry) => entry.named!.style)) ?? "snake";
  return entries
    .filter((entry) => entry.named === undefined && isSentence(entry.record))
    .map((entry) => {
      const name = proposed(entry, named, style);
      return issueOf(
        entry,
        name,
        "a sentence",
        `${named.length} of ${entries.length} records here have an event name, such as \`${named[0]!.named!.name}\``,
      );
    });
}

/** A line whose message stands in the call, and that can be seen whole. */
function isSentence(record: Record): boolean {
  const { own, open } = saidBy(record);
  return record.by === "log" && !open && /\w\s+\w/.test(own);
}

/** The name that others give the outcome of this action, else that of the vocabulary, as the package writes names. */
function proposed({ action, kind }: Entry, named: readonly Entry[], style: Style): string {
  const event = actions[action][kind] ?? "authz_fail";
  const known = named.find((entry) => entry.action === action && entry.kind === kind && entry.named!.event === event);
  return known?.named!.name ?? inStyle(event, style);
}

function issueOf({ record, judged, action, kind }: Entry, name: string, is: string, because: string): Issue {
  const { title } = actions[action];
  const event = resolveEvent(name);
  return {
    file: record.file,
    at: record.span,
    fn: record.written!.fn,
    severity: "low",
    message: `This record of ${kind === "failure" ? "a failed " : "the "}${title} is named by ${is}, not by \`${name}\``,
    because,
    gain: "An alert that counts the usual name misses what is written under another.",
    instead: event === undefined || event === name ? `name it \`${name}\`` : `name it \`${name}\` (\`${event}\` of the OWASP vocabulary)`,
    key: `${action}:${kind}:${name}`,
    judged,
    action,
  };
}
