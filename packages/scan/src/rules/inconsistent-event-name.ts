import { actions, resolveEvent } from "@telltale/vocabulary";
import { inStyle, type Style } from "../content/record/event-names.ts";
import { HABIT, isSentence, MOST, recordsByPackage, usualOf, type NamedRecord } from "../judge/spelling/named-records.ts";
import type { ContentRule, Issue } from "./scene.ts";

/** Names are compared with names of the same event only, and free text with the habit of the package. */
export const inconsistentEventName: ContentRule = {
  id: "inconsistent-event-name",
  mayHold: null,
  check: ({ judged, project }) => {
    const byPackage = recordsByPackage(judged, (path) => project.packagesOf(path)[0]?.folder ?? "");
    return [...byPackage.values()].flatMap(outliers);
  },
};

function outliers(entries: readonly NamedRecord[]): readonly Issue[] {
  const named = entries.filter((entry) => entry.named !== undefined);
  if (named.length < HABIT) return [];
  return [...otherNames(named), ...(named.length / entries.length >= MOST ? freeTexts(entries, named) : [])];
}

/** Another name for an event that most lines call by one. */
function otherNames(named: readonly NamedRecord[]): Issue[] {
  const groups = groupBy(named, ({ action, kind, named: one }) => `${action} ${kind} ${one!.means}`);
  return [...groups.values()].flatMap((group) => {
    const usual = usualOf(group.map(({ named: one }) => one!.name)) ?? preferred(group, named);
    if (usual === undefined) return [];
    return group
      .filter((entry) => entry.named!.name !== usual)
      .map((entry) => issueOf(entry, usual, entry.named!.name, `elsewhere the same event is \`${usual}\``));
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

/** Where no name of an event is the usual one: the only one that is written as all others are. */
function preferred(group: readonly NamedRecord[], all: readonly NamedRecord[]): string | undefined {
  const style = usualOf(all.map(({ named }) => named!.style));
  const names = [...new Set(group.map(({ named }) => named!.name))];
  if (style === undefined || names.length < 2) return undefined;
  const fitting = names.filter((name) => group.some(({ named }) => named!.name === name && named!.style === style));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Sentences where the package names its events. */
function freeTexts(entries: readonly NamedRecord[], named: readonly NamedRecord[]): Issue[] {
  const style = usualOf(named.map((entry) => entry.named!.style)) ?? "snake";
  return entries
    .filter((entry) => entry.named === undefined && isSentence(entry.record))
    .map((entry) => {
      const name = proposed(entry, named, style);
      return issueOf(
        entry,
        name,
        undefined,
        `${named.length} of ${entries.length} records here have an event name, such as \`${named[0]!.named!.name}\``,
      );
    });
}

/** The name that others give the outcome of this action, else that of the vocabulary, as the package writes names. */
function proposed({ action, kind }: NamedRecord, named: readonly NamedRecord[], style: Style): string {
  const event = actions[action][kind] ?? "authz_fail";
  const known = named.find((entry) => entry.action === action && entry.kind === kind && entry.named!.event === event);
  return known?.named!.name ?? inStyle(event, style);
}

function issueOf({ record, judged, action, kind }: NamedRecord, name: string, is: string | undefined, because: string): Issue {
  const { title } = actions[action];
  const event = resolveEvent(name);
  return {
    file: record.file,
    at: record.span,
    fn: record.written!.fn,
    severity: "low",
    message: `This record of ${kind === "failure" ? "a failed " : "the "}${title} is named by ${is === undefined ? "a sentence" : `\`${is}\``}, not by \`${name}\``,
    because,
    gain: "An alert that counts the usual name misses what is written under another.",
    instead: event === undefined || event === name ? `name it \`${name}\`` : `name it \`${name}\` (\`${event}\` of the OWASP vocabulary)`,
    key: `${action}:${kind}:${name}`,
    data: { named: { ...(is === undefined ? {} : { is }), usual: name } },
    judged,
    action,
  };
}
