import { createHash } from "node:crypto";
import { actions, type ActionName } from "@telltale/vocabulary";
import type { Finding, HandlerReport, Severity } from "../report/result.ts";
import { rules } from "../rules/index.ts";
import type { Gap, Rule } from "../rules/rule.ts";
import type { Judged } from "./handler.ts";
import { placeOf } from "./places.ts";
import type { Outcome } from "./verdict.ts";

export type Propose = (judged: Judged, kind: "success" | "failure") => { event: string; line: string } | undefined;

/** A finding about a handler, with the outcomes that it is about. */
export interface GapFound {
  readonly finding: Finding;
  readonly judged: Judged;
  readonly silent: readonly Outcome[];
}

/** What the rules say about a handler. */
export function gapsOf(judged: Judged, report: HandlerReport, propose: Propose): GapFound[] {
  const action = judged.naming.action;
  if (action === "none") return [];
  return rules.flatMap((rule: Rule) => {
    const gap = rule.check(judged, titleOf(judged, action));
    return gap === undefined ? [] : [{ finding: makeFinding(rule, gap, judged, report, action, propose), judged, silent: gap.silent }];
  });
}

function titleOf(judged: Judged, action: ActionName): string {
  return judged.found.handler.kind === "gate" ? "A request that is refused here" : `This ${actions[action].title}`;
}

function makeFinding(rule: Rule, gap: Gap, judged: Judged, report: HandlerReport, action: ActionName, propose: Propose): Finding {
  const kinds = [...new Set(gap.silent.map((outcome) => outcome.kind))];
  const silent = report.outcomes.filter((_, i) => gap.silent.includes(judged.outcomes[i]!));
  const worst = kinds.includes("failure") && actions[action].severity.failure !== undefined ? pickWorst(action, kinds) : kinds[0]!;
  return {
    rule: rule.id,
    severity: severityOf(action, kinds),
    place: placeOf(judged.file, judged.at),
    handler: report.handler,
    route: report.route,
    action,
    message: gap.message,
    silent,
    flow: [],
    because: becauseOf(report.evidence),
    gain: actions[action].gain[worst],
    write: kinds.flatMap((kind) => {
      const line = propose(judged, kind);
      return line === undefined ? [] : [{ kind, ...line }];
    }),
    fingerprint: fingerprintOf([rule.id, judged.file.path, report.handler, report.route ?? "", action, kinds.join("+")]),
  };
}

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

function pickWorst(action: ActionName, kinds: readonly ("success" | "failure")[]): "success" | "failure" {
  return [...kinds].sort((a, b) => RANK[actions[action].severity[b]] - RANK[actions[action].severity[a]])[0]!;
}

function severityOf(action: ActionName, kinds: readonly ("success" | "failure")[]): Severity {
  return actions[action].severity[pickWorst(action, kinds)];
}

/** Stable against moved lines; equal findings of one file are told apart by their number. */
export function fingerprintOf(parts: readonly string[], number = 0): string {
  const text = number === 0 ? parts : [...parts, String(number)];
  return createHash("sha256").update(text.join("\0")).digest("hex").slice(0, 16);
}

/** Of findings with one fingerprint the first keeps it; the others are numbered in the order of their file. */
export function numbered<T extends { readonly finding: Finding }>(found: readonly T[]): T[] {
  const counts = new Map<string, number>();
  return found.map((one) => {
    const { finding } = one;
    const count = counts.get(finding.fingerprint) ?? 0;
    counts.set(finding.fingerprint, count + 1);
    return count === 0 ? one : { ...one, finding: { ...finding, fingerprint: fingerprintOf([finding.fingerprint], count) } };
  });
}

/** Where evidence comes from, as it is said of a handler whose name and route stand beside it. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ["name", "its name"],
  ["container", "its class"],
  ["route", "its route"],
  ["hint", "its tags"],
]);

/** Most pieces that one line can take. */
const MOST = 3;

/** `its name and route; calls users.remove` */
function becauseOf(evidence: HandlerReport["evidence"]): string {
  if (evidence.some(({ source }) => source === "gate")) return "it refuses requests";
  const sources = [...new Set(evidence.flatMap(({ source }) => SOURCES.get(source) ?? []))];
  const others = [...new Set(evidence.filter(({ source }) => !SOURCES.has(source)).map(({ text }) => text))];
  const own = sources.length < 2 ? sources : [`${sources.slice(0, -1).join(", ")} and ${sources.at(-1)}`];
  return [...own, ...others.slice(0, MOST - own.length)].join("; ");
}
