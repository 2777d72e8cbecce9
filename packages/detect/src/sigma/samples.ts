import type { DetectError } from "../errors.ts";
import type { Place } from "../rule-ir.ts";
import { expandEvents, type SampleEvent } from "./sample-events.ts";
import { badValue, missing, type Report } from "./report.ts";
import { asSection, asText, described, Section } from "./section.ts";
import { timeOffset } from "./time-span.ts";
import type { RuleText } from "./rules.ts";
import { type ListTree, readYaml, type Tree } from "./yaml-tree.ts";

/** When samples start: a Monday. Milliseconds since 1970. */
export const sampleStart = Date.UTC(2026, 0, 5, 10);

/** Events that a rule must, or must not, raise alerts for. */
export interface Sample {
  readonly name: string;
  readonly kind: "positive" | "negative" | "near-miss";
  /** Name or id of the rule that is meant; undefined where all that raise alerts in the file are. */
  readonly rule?: string;
  /** How many alerts open. */
  readonly alerts: number;
  /** Group of each of them, as far as it is given; null for a field that is not there. */
  readonly group?: { readonly [field: string]: string | null };
  /** By time. */
  readonly events: readonly SampleEvent[];
  /** Time to which the clock runs on after the events, for rules about silence. Milliseconds since 1970. */
  readonly ends?: number;
  readonly place: Place;
}

export interface ReadSamples {
  readonly samples: readonly Sample[];
  readonly problems: readonly DetectError[];
}

const keys = ["name", "kind", "alerts", "rule", "expect", "ends", "events"];
const kinds = ["positive", "negative", "near-miss"] as const;

/**
 * Samples of a text: of a `*.samples.yaml`, or those that stand under `telltale: samples:` in a rule file (none where it
 * has none). docs/detection-rules.md has the format. A sample with a problem is left out. Never throws, whatever the text.
 */
export function readSamples({ file, text }: RuleText): ReadSamples {
  const { documents, report } = readYaml(file, text);
  const samples = documents.flatMap((tree) => {
    const found = report.attempt(() => samplesOf(tree));
    return (found?.list.items ?? []).flatMap((item) => report.attempt(() => readSample(item, found?.rule, report)) ?? []);
  });
  return { samples, problems: report.problems };
}

function samplesOf(tree: Tree): { list: ListTree; rule?: string } | undefined {
  if (tree.kind === "list") return { list: tree };
  if (tree.kind !== "map") throw badValue(tree.at, "samples", `must be a list, not ${described(tree)}`);
  const document = new Section(tree);
  const list = document.section("telltale")?.entry("samples")?.value;
  if (list === undefined) return undefined;
  if (list.kind !== "list") throw badValue(list.at, "telltale.samples", `must be a list, not ${described(list)}`);
  return { list, rule: document.text("id") ?? document.text("name") };
}

function readSample(tree: Tree, rule: string | undefined, report: Report): Sample {
  const section = asSection(tree, "sample");
  for (const refusal of section.unknown(keys)) throw refusal;
  const name = section.text("name");
  if (name === undefined) throw missing(section.at, section.path("name"), "say in words what happens");
  const kind = section.choice("kind", kinds);
  if (kind === undefined) throw missing(section.at, section.path("kind"), `say one of ${kinds.join(", ")}`);
  const events = section.required("events", "list what happens");
  const ends = section.text("ends");
  return {
    name,
    kind,
    rule: section.text("rule") ?? rule,
    alerts: readAlerts(section, kind),
    group: readGroup(section),
    events: expandEvents(events.value, section.path("events"), sampleStart),
    ends: ends === undefined ? undefined : sampleStart + timeOffset(ends, section.placeOf("ends"), section.path("ends")),
    place: { file: report.file, line: report.line(section.at) },
  };
}

function readAlerts(section: Section, kind: Sample["kind"]): number {
  const value = section.entry("alerts")?.value;
  if (value === undefined) return kind === "positive" ? 1 : 0;
  const count = value.kind === "scalar" ? value.value : undefined;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0)
    throw badValue(value.at, section.path("alerts"), `must be a whole number, not ${described(value)}`);
  if ((count === 0) === (kind === "positive")) throw badValue(value.at, section.path("alerts"), `cannot be ${count} for a ${kind} sample`);
  return count;
}

function readGroup(section: Section): Sample["group"] {
  const expect = section.section("expect");
  for (const refusal of expect?.unknown(["group"]) ?? []) throw refusal;
  const group = expect?.section("group");
  if (group === undefined) return undefined;
  return Object.fromEntries(group.entries.map(({ key, value }) => [key, asText(value, group.path(key)) ?? null]));
}
