import type { DetectionRule, Memory } from "../rule-ir.ts";
import { badValue, missing, type Report } from "./report.ts";
import { asNames, type Section } from "./section.ts";
import { timeSpan } from "./time-span.ts";

const shared = ["controls", "respond", "samples"];
/** Keys under `telltale:` by kind of document. */
export const telltaleKeys = {
  detection: [...shared, "episode", "first-seen", "gap"],
  correlation: [...shared, "and", "cancel-on", "expect"],
  filter: [] as string[],
} as const;

const day = 86_400_000;
const minute = 60_000;
const defaultEpisode: DetectionRule["episode"] = { groupBy: ["actor.id", "source.ip"], quiet: 10 * minute };

export function readTelltale(section: Section, kind: keyof typeof telltaleKeys, report: Report): Section | undefined {
  return report.attempt(() => {
    const telltale = section.section("telltale");
    for (const refusal of telltale?.unknown(telltaleKeys[kind]) ?? []) report.add(refusal);
    return telltale;
  });
}

export function readEpisode(telltale: Section | undefined, report: Report): DetectionRule["episode"] {
  const section = telltale?.section("episode");
  if (section === undefined) return defaultEpisode;
  for (const refusal of section.unknown(["group-by", "quiet"])) report.add(refusal);
  const groupBy = section.entry("group-by");
  return {
    // An empty list is one episode for all matches.
    groupBy: groupBy === undefined ? defaultEpisode.groupBy : section.texts("group-by"),
    quiet: span(section, "quiet", defaultEpisode.quiet),
  };
}

export function readMemory(telltale: Section | undefined, report: Report): Memory | undefined {
  const seen = telltale?.section("first-seen");
  const gap = telltale?.section("gap");
  if (seen !== undefined && gap !== undefined)
    throw badValue(gap.at, "telltale.gap", "cannot stand beside telltale.first-seen; write two rules");
  if (seen !== undefined) return readFirstSeen(seen, report);
  return gap === undefined ? undefined : readGap(gap, report);
}

function readFirstSeen(section: Section, report: Report): Memory {
  for (const refusal of section.unknown(["fields", "by", "learn", "forget"])) report.add(refusal);
  const fields = section.required("fields", "name the fields whose values are to be new");
  return {
    kind: "first-seen",
    fields: asNames(fields.value, section.path("fields")),
    by: section.texts("by"),
    learn: span(section, "learn", 7 * day, true),
    forget: span(section, "forget", 90 * day),
  };
}

function readGap(section: Section, report: Report): Memory {
  for (const refusal of section.unknown(["field", "by"])) report.add(refusal);
  const field = section.text("field");
  if (field === undefined || field === "") throw missing(section.at, section.path("field"), "name the field that counts");
  return { kind: "gap", field, by: section.texts("by") };
}

function span(section: Section, key: string, otherwise: number, mayBeNothing = false): number {
  const text = section.text(key);
  if (text === undefined) return otherwise;
  return mayBeNothing && /^0[smhdw]?$/.test(text) ? 0 : timeSpan(text, section.entry(key)!.value.at, section.path(key));
}
