import { levels } from "../rule-ir.ts";
import type { ControlRef, Level, RuleFacts } from "../rule-ir.ts";
import { nearest, quoted } from "./nearest.ts";
import { badValue, missing, type Report, unknownKey } from "./report.ts";
import { asTexts, type Section } from "./section.ts";

/** Sigma leaves it open. */
const defaultLevel: Level = "medium";

const common = [
  "title",
  "id",
  "name",
  "related",
  "taxonomy",
  "status",
  "description",
  "license",
  "references",
  "author",
  "date",
  "modified",
  "fields",
  "falsepositives",
  "level",
  "tags",
  "scope",
  "telltale",
] as const;
/** Keys that Sigma gives a document at its top; custom ones may stand beside them. */
const known: readonly string[] = [...common, "logsource", "detection", "correlation", "filter", "action"];

/** Custom keys are Sigma's right; what is nearly a known key is taken for a slip. */
export function refuseNearMisses(section: Section, report: Report): void {
  for (const { key, at } of section.entries) {
    if (!known.includes(key) && nearest(key, known) !== undefined) report.add(unknownKey(at, key, known));
  }
}

export interface Names {
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
}

/** What a rule is called. `number` of the document in its file, from 1. */
export function readNames(section: Section, number: number, report: Report): Names {
  const id = report.attempt(() => section.text("id"));
  const name = report.attempt(() => section.text("name"));
  return { key: id ?? name ?? `${report.file}#${number}`, id, name };
}

export function readFacts(section: Section, names: Names, telltale: Section | undefined, report: Report): RuleFacts | undefined {
  return report.attempt(() => {
    const tags = section.texts("tags");
    return {
      ...names,
      title: title(section, names),
      level: section.choice("level", levels) ?? defaultLevel,
      status: section.text("status"),
      description: section.text("description"),
      author: section.has("author") ? section.texts("author").join(", ") : undefined,
      references: section.texts("references"),
      tags,
      techniques: tags.flatMap(technique),
      falsePositives: section.texts("falsepositives"),
      controls: telltale === undefined ? [] : readControls(telltale),
      respond: telltale === undefined ? [] : telltale.texts("respond"),
      place: { file: report.file, line: report.line(section.at) },
      alerts: true,
    };
  });
}

/** Stands in for the facts of a rule that has a problem, and is left out for it. */
export function unreadFacts(names: Names, report: Report): RuleFacts {
  const place = { file: report.file, line: 1 };
  return {
    ...names,
    title: names.key,
    level: defaultLevel,
    references: [],
    tags: [],
    techniques: [],
    falsePositives: [],
    controls: [],
    respond: [],
    place,
    alerts: true,
  };
}

/** A detection that only feeds a correlation may have a name alone. */
function title(section: Section, names: Names): string {
  const text = section.text("title") ?? names.name;
  if (text === undefined || text.trim() === "") throw missing(section.at, "title", "say in a few words what the rule finds");
  return text;
}

function technique(tag: string): string[] {
  const [, id] = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag) ?? [];
  return id === undefined ? [] : [id.toUpperCase()];
}

function readControls(telltale: Section): ControlRef[] {
  const entry = telltale.entry("controls");
  if (entry === undefined) return [];
  return asTexts(entry.value, telltale.path("controls")).map(({ text, at }) => {
    const [, framework, id] = /^(.*\S)\s+(\S+)$/.exec(text.trim()) ?? [];
    if (framework === undefined || id === undefined)
      throw badValue(at, telltale.path("controls"), `must be a framework and an id such as "PCI DSS 10.4.1", not ${quoted(text)}`);
    return { framework, id };
  });
}
