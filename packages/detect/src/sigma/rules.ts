import type { DetectError } from "../errors.ts";
import type { LogSource } from "../event.ts";
import type { DetectionRule, RuleFacts, RuleSet } from "../rule-ir.ts";
import { Catalogue } from "./catalogue.ts";
import { type ReadCorrelation, readCorrelation } from "./correlation.ts";
import { readDetection } from "./detection.ts";
import { type Names, readFacts, readNames, refuseNearMisses, unreadFacts } from "./facts.ts";
import { applyFilters, type Filter, readFilter } from "./filters.ts";
import { link } from "./link.ts";
import type { Placeholders } from "./placeholders.ts";
import { badValue, missing, type Report, unsupported } from "./report.ts";
import { Section } from "./section.ts";
import { readEpisode, readMemory, readTelltale, type telltaleKeys } from "./telltale.ts";
import { readYaml, type Tree } from "./yaml-tree.ts";

export interface RuleText {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
}

export interface LoadOptions {
  /** Values for placeholders (`user|expand: "%admins%"`), by name without percent signs. Default: none. */
  readonly placeholders?: { readonly [name: string]: readonly string[] };
}

export interface LoadedRules {
  /** What could be read. A rule with a problem is left out, and so is each that refers to it. */
  readonly set: RuleSet;
  readonly problems: readonly DetectError[];
  /** Sentences with a place about what was read, and perhaps not as its author meant it. */
  readonly notes: readonly string[];
}

/** Reads Sigma rules. Collects all problems instead of stopping at the first; never throws, whatever the texts. */
export function loadRules(texts: readonly RuleText[], options: LoadOptions = {}): LoadedRules {
  const catalogue = new Catalogue();
  const placeholders: Placeholders = new Map(Object.entries(options.placeholders ?? {}));
  const files = texts.map(({ file, text }) => readYaml(file, text));
  const documents = files.flatMap(({ documents: trees, report }) => openDocuments(trees, catalogue, report));
  const detections: DetectionRule[] = [];
  const correlations: ReadCorrelation[] = [];
  const filters: Filter[] = [];
  for (const document of documents) {
    const read = readDocument(document, catalogue, placeholders);
    if (read === undefined) continue;
    if ("keep" in read) filters.push(read);
    else if ("generate" in read) correlations.push(read);
    else detections.push(read);
  }
  const linked = link(applyFilters(detections, filters), correlations);
  return {
    set: { rules: linked.rules },
    problems: [...files.flatMap(({ report }) => report.problems), ...linked.problems],
    notes: [...files.flatMap(({ report }) => report.notes), ...linked.notes],
  };
}

interface Document {
  readonly kind: keyof typeof telltaleKeys;
  readonly section: Section;
  readonly names: Names;
  readonly report: Report;
}

/** Documents whose kind is known, their names entered: references may point forward and into other files. */
function openDocuments(trees: readonly Tree[], catalogue: Catalogue, report: Report): Document[] {
  const action = trees.flatMap((tree) => (tree.kind === "map" ? tree.entries.filter(({ key }) => key === "action") : []))[0];
  if (action !== undefined) {
    // What stands in the other documents of the file is only a part of a rule.
    report.add(unsupported(action.at, "action (global, reset, repeat)", "it is of Sigma 1; write each rule out"));
    return [];
  }
  return trees.flatMap((tree, index) => {
    const document = report.attempt(() => openDocument(tree, index + 1, catalogue, report));
    return document === undefined ? [] : [document];
  });
}

function openDocument(tree: Tree, number: number, catalogue: Catalogue, report: Report): Document {
  if (tree.kind !== "map") throw badValue(tree.at, "the document", "must be a map with detection, correlation or filter");
  const section = new Section(tree);
  const kinds = (["detection", "correlation", "filter"] as const).filter((key) => section.has(key));
  const [kind, second] = kinds;
  if (kind === undefined) {
    refuseNearMisses(section, report);
    throw missing(section.at, "detection", "a document needs detection, correlation or filter");
  }
  if (second !== undefined)
    throw badValue(section.placeOf(second), second, `cannot stand beside ${kind}; write two documents divided by ---`);
  const names = readNames(section, number, report);
  catalogue.enter(names, report.place(section.at), section.placeOf(names.id === undefined ? "name" : "id"));
  return { kind, section, names, report };
}

function readDocument(
  document: Document,
  catalogue: Catalogue,
  placeholders: Placeholders,
): DetectionRule | ReadCorrelation | Filter | undefined {
  const { kind, section, names, report } = document;
  const before = report.problems.length;
  refuseNearMisses(section, report);
  const telltale = readTelltale(section, kind, report);
  // The body is read also where the facts have a problem: an author wants to see all of them at once.
  const facts = readFacts(section, names, telltale, report) ?? unreadFacts(names, report);
  const body = report.attempt(() => section.section(kind));
  if (body === undefined) return undefined;
  const read =
    kind === "correlation"
      ? readCorrelation(facts, body, telltale, catalogue, report)
      : withLogSource(document, facts, body, telltale, catalogue, placeholders);
  return report.problems.length > before ? undefined : read;
}

function withLogSource(
  document: Document,
  facts: RuleFacts,
  body: Section,
  telltale: Section | undefined,
  catalogue: Catalogue,
  placeholders: Placeholders,
) {
  const { kind, section, report } = document;
  const logsource = report.attempt(() => readLogSource(section));
  if (kind === "filter") return logsource && readFilter(body, logsource, catalogue, placeholders, report);
  const condition = readDetection(body, ["condition", "timeframe"], placeholders, report);
  const memory = report.attempt(() => readMemory(telltale, report));
  const episode = report.attempt(() => readEpisode(telltale, report));
  if (logsource === undefined || condition === undefined || episode === undefined) return undefined;
  const rule: DetectionRule = { ...facts, kind: "detection", logsource, match: condition.match, memory, episode };
  return rule;
}

function readLogSource(section: Section): LogSource {
  const logsource = section.section("logsource");
  if (logsource === undefined) throw missing(section.at, "logsource", "say which events the rule is about, as in category: application");
  const read: LogSource = { category: logsource.text("category"), product: logsource.text("product"), service: logsource.text("service") };
  if (Object.values(read).every((value) => value === undefined))
    throw missing(logsource.at, "logsource", "it needs category, product or service");
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
