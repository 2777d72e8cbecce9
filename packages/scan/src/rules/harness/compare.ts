/** The result of a scan, held against the labels of the sources. */
import type { HandlerReport, OutcomeReport, Result } from "../../report/result.ts";
import { labelsOf, outcomeText, recordText, type Kind, type Label } from "./labels.ts";

/** Something found: a handler, an outcome or a record, at its line. */
interface Found {
  readonly kind: Kind;
  readonly says: string;
}

type Places<T> = Map<string, T[]>;

/**
 * Lines for people; none is good. `texts`: every source of the fixture by path. Missing: labelled and not found. Noisy: found
 * and not labelled. Wrong: found otherwise than labelled. Mended: pinned as a known error, which it is no more.
 */
export function problemsOf(result: Result, texts: ReadonlyMap<string, string>): readonly string[] {
  const found = foundIn(result);
  const labels: Places<Label> = new Map();
  for (const [path, text] of texts) for (const label of labelsOf(text)) push(labels, `${path}:${label.line}`, label);
  return [...new Set([...found.keys(), ...labels.keys()])]
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((place) =>
      kindsAt(found.get(place) ?? [], labels.get(place) ?? []).flatMap(([kind, seen, wanted]) => compare(place, kind, seen, wanted)),
    );
}

function kindsAt(found: readonly Found[], labels: readonly Label[]): [Kind, string[], Label[]][] {
  const kinds = new Set([...found, ...labels].map(({ kind }) => kind));
  return [...kinds].map((kind) => [
    kind,
    found.filter((one) => one.kind === kind).map(({ says }) => says),
    labels.filter((one) => one.kind === kind),
  ]);
}

function compare(place: string, kind: Kind, seen: readonly string[], labels: readonly Label[]): string[] {
  const pins = labels.filter((label) => label.wrong);
  const wanted = labels.filter((label) => !label.wrong).map((label) => label.says!);
  const absent = wanted.filter((says) => !seen.some((one) => fits(kind, one, says)));
  const extra = seen.filter((one) => !wanted.some((says) => fits(kind, one, says)));
  const mended = pins.filter((pin) => (pin.says === undefined ? extra.length === 0 : seen.some((one) => fits(kind, one, pin.says!))));
  if (mended.length > 0)
    return mended.map(
      (pin) => `Mended ${place}: ${pin.says === undefined ? `no ${kind}` : spell(kind, pin.says)} is right now; drop "wrong:"`,
    );
  return [
    ...absent.map((says, i) =>
      extra[i] === undefined
        ? `Missing ${place}: ${spell(kind, says)}`
        : `Wrong ${place}: ${spell(kind, extra[i])}, labelled ${spell(kind, says)}`,
    ),
    ...(pins.length > 0 ? [] : extra.slice(absent.length).map((says) => `Noisy ${place}: ${spell(kind, says)}`)),
  ];
}

/** A record label without details says nothing of them. */
function fits(kind: Kind, seen: string, wanted: string): boolean {
  return seen === wanted || (kind === "record" && wanted === "");
}

function spell(kind: Kind, says: string): string {
  return `${kind} ${says}`.trim();
}

function foundIn(result: Result): Places<Found> {
  const found: Places<Found> = new Map();
  const add = (place: string, one: Found): void => {
    if (!(found.get(place) ?? []).some((known) => known.kind === one.kind && known.says === one.says)) push(found, place, one);
  };
  for (const handler of result.handlers) {
    add(`${handler.file}:${handler.line}`, {
      kind: "handler",
      says: `${handler.route ?? handler.kind} ${handler.action} ${handler.verdict}`,
    });
    for (const outcome of handler.outcomes) {
      add(`${outcome.file}:${outcome.line}`, {
        kind: outcome.kind,
        says: outcomeText(stateOf(outcome), rulesAbout(result, handler, outcome)),
      });
      for (const record of outcome.records) add(`${record.file}:${record.line}`, { kind: "record", says: recordText(record.details) });
    }
  }
  return found;
}

function stateOf({ recorded }: OutcomeReport): string {
  return recorded === "unknown" ? "unknown" : recorded ? "recorded" : "unrecorded";
}

/** The rules with a finding on this handler that lists this outcome among the silent ones. */
function rulesAbout(result: Result, handler: HandlerReport, outcome: OutcomeReport): string[] {
  return result.findings
    .filter((finding) => finding.place.file === handler.file && finding.place.line === handler.line && finding.route === handler.route)
    .filter((finding) => finding.silent.some((one) => one.kind === outcome.kind && one.file === outcome.file && one.line === outcome.line))
    .map((finding) => finding.rule);
}

function push<T>(map: Places<T>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
