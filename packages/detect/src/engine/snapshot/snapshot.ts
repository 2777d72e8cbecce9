import type { Fields } from "../../event.ts";
import type { Assembly } from "../assemble.ts";
import type { EpisodesState } from "../episodes/episodes.ts";
import type { Ahead } from "../memory/gap.ts";
import { Gap } from "../memory/gap.ts";
import type { Runtime } from "../runtime.ts";
import type { Groups, GroupsFacts } from "../state/groups.ts";
import type { RowsFacts } from "../state/rows.ts";
import type { TableFacts } from "../state/table.ts";
import type { Correlation } from "../windows/correlation.ts";
import { ruleHashes } from "./rule-hash.ts";
import { SectionReader, SectionWriter } from "./sections.ts";

/** The engine's own figures. */
export interface EngineFigures {
  readonly events: number;
  readonly matched: number;
  readonly late: number;
  readonly evicted: number;
  /** null before the first event. */
  readonly latest: number | null;
}

interface EngineFacts extends EngineFigures {
  readonly watermark: number | null;
  readonly now: number;
  readonly notes: readonly (readonly [string, number])[];
  /** Alerts opened, by rule. */
  readonly opened: readonly (readonly [string, number])[];
  readonly hashes: readonly (readonly [string, string])[];
}

/** The whole state of an engine: tables as copies of their memory, the rest as JSON. */
export function saveState(rules: Assembly, runtime: Runtime, figures: EngineFigures): readonly Uint8Array[] {
  const writer = new SectionWriter();
  const facts: EngineFacts = {
    ...figures,
    watermark: finite(runtime.watermark),
    now: runtime.now,
    notes: runtime.notes.save(),
    opened: rules.rules.map(({ key }, index) => [key, runtime.opened[index]!] as const),
    hashes: [...ruleHashes(rules.rules)],
  };
  writer.facts("engine", facts);
  writer.list("texts", runtime.interner.save());
  writer.bytes("pairs", runtime.pairs.save());
  const { ring, ...rows } = runtime.rows.save();
  writer.bytes("rows", rows);
  writer.list("ring", ring);
  for (const { rule, alerts } of rules.detections) {
    if (alerts === undefined) continue;
    writer.bytes(`${rule.key} alerts`, alerts.groups.save());
  }
  for (const [index, correlation] of rules.correlations) {
    const { key } = rules.rules[index]!;
    writer.bytes(`${key} groups`, correlation.groups.save());
    writer.bytes(`${key} entries`, correlation.entries.table.save());
  }
  for (const [index, memory] of rules.memories) {
    const { key } = rules.rules[index]!;
    memory.keepers.forEach(({ groups }, part) => writer.bytes(`${key} memory ${part}`, groups.save()));
    if (memory instanceof Gap) writer.list(`${key} ahead`, memory.save());
  }
  for (const [index, episodes] of rules.episodes) {
    const { numbers, open } = episodes.save();
    writer.facts(`${rules.rules[index]!.key} episodes`, { numbers });
    writer.list(`${rules.rules[index]!.key} open`, open);
  }
  return writer.chunks();
}

/** Puts a state into an engine that has seen no event. Names the rules of the snapshot that are gone or mean something else now. */
export function loadState(
  rules: Assembly,
  runtime: Runtime,
  chunks: readonly Uint8Array[],
): { readonly dropped: readonly string[]; readonly figures: EngineFigures } {
  const reader = new SectionReader(chunks);
  const facts = reader.facts<EngineFacts>("engine");
  const hashes = ruleHashes(rules.rules);
  const same = new Set(facts.hashes.filter(([key, hash]) => hashes.get(key) === hash).map(([key]) => key));
  runtime.watermark = facts.watermark ?? -Infinity;
  runtime.now = facts.now;
  runtime.notes.load(facts.notes);
  const opened = new Map(facts.opened);
  rules.rules.forEach(({ key }, index) => (runtime.opened[index] = opened.get(key) ?? 0));
  runtime.interner.load(reader.list<string | null>("texts"));
  const pairs = reader.bytes<GroupsFacts>("pairs");
  runtime.pairs.load(pairs.facts, pairs.bytes);
  const rows = reader.bytes<RowsFacts>("rows");
  runtime.rows.load(rows.facts, rows.bytes, reader.list<readonly [number, number, Fields]>("ring"));
  loadDetections(rules, runtime, reader, same);
  loadCorrelations(rules, reader, same, facts.latest);
  for (const [index, episodes] of rules.episodes) {
    const { key } = rules.rules[index]!;
    if (!same.has(key)) continue;
    const { numbers } = reader.facts<{ readonly numbers: number }>(`${key} episodes`);
    episodes.load({ numbers, open: reader.list<EpisodesState["open"][number]>(`${key} open`) });
  }
  runtime.sweep();
  return { dropped: facts.hashes.map(([key]) => key).filter((key) => !same.has(key)), figures: facts };
}

function loadDetections(rules: Assembly, runtime: Runtime, reader: SectionReader, same: ReadonlySet<string>): void {
  for (const { rule, alerts } of rules.detections) {
    if (alerts === undefined || !same.has(rule.key)) continue;
    loadGroups(alerts.groups, reader, `${rule.key} alerts`);
    for (const group of alerts.groups.all()) alerts.key.hold(alerts.groups, group);
  }
  for (const [index, memory] of rules.memories) {
    const { key } = rules.rules[index]!;
    if (!same.has(key)) continue;
    memory.keepers.forEach(({ groups }, part) => {
      loadGroups(groups, reader, `${key} memory ${part}`);
      for (const group of groups.all()) {
        runtime.pairs.hold(groups.key(group, 0));
        runtime.pairs.hold(groups.key(group, 1));
      }
    });
    if (memory instanceof Gap) memory.load(reader.list<readonly [number, readonly Ahead[]]>(`${key} ahead`));
  }
}

function loadCorrelations(rules: Assembly, reader: SectionReader, same: ReadonlySet<string>, latest: number | null): void {
  for (const [index, correlation] of rules.correlations) {
    const { key } = rules.rules[index]!;
    if (same.has(key)) loadCorrelation(correlation, reader, key);
    // A rule that is new begins where the input stands.
    else if (latest !== null) correlation.begin(latest);
  }
}

function loadCorrelation(correlation: Correlation, reader: SectionReader, key: string): void {
  const entries = reader.bytes<TableFacts>(`${key} entries`);
  correlation.entries.table.load(entries.facts, entries.bytes);
  loadGroups(correlation.groups, reader, `${key} groups`);
  correlation.restored();
}

function loadGroups(groups: Groups, reader: SectionReader, section: string): void {
  const { facts, bytes } = reader.bytes<GroupsFacts>(section);
  groups.load(facts, bytes);
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
