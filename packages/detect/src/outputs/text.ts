import { visible } from "@telltale/vocabulary";
import type { Alert, Evidence } from "../alert.ts";
import type { FieldReader } from "../fields.ts";
import { fieldReader } from "../fields.ts";
import type { Level } from "../rule-ir.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { durationText, isoTime, plural, techniquesOf } from "./facts.ts";
import type { Renderer } from "./renderer.ts";
import { visibleShort } from "./visible.ts";

export interface TextOptions {
  /** Colours for a terminal (ECMA-48 SGR). Whether they are wanted (a terminal, no `NO_COLOR`) the caller decides. Default: false. */
  readonly color?: boolean;
}

/** SGR parameters. */
const colors: Readonly<Record<Level, string>> = { informational: "36", low: "34", medium: "33", high: "31", critical: "1;37;41" };
const bold = "1";
const faint = "2";

/** Names in one list; the alert itself holds 20 at most. */
const named = 5;
const longestValue = 80;
const longestLine = 300;

type Paint = (text: string, parameters: string) => string;

/**
 * An alert for people: what, who, from where, when, how many, the first and the last evidence and what to do, a line each.
 * What came out of events and rules can neither steer a terminal nor add a line. The last line names the alert.
 */
export function alertText(alert: Alert, { color = false }: TextOptions = {}): string {
  const paint: Paint = color ? (text, parameters) => `\u001b[${parameters}m${text}\u001b[0m` : (text) => text;
  const { rule } = alert;
  const state = { opened: "", grown: "  goes on", closed: "  ended" }[alert.phase];
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["group", groupOf(alert)],
    ["who", listed(alert.actors)],
    ["from", listed(alert.addresses)],
    ["to", listed(alert.targets)],
    ["when", [whenText(alert)]],
    ["how many", [howMany(alert)]],
    ["ATT&CK", attackOf(rule.techniques)],
    ["evidence", evidenceOf(alert.evidence)],
    ["do", rule.respond.map((step) => visibleShort(step, longestLine))],
    ["alert", [keyText(alert)]],
  ];
  const title = `${paint(rule.level.toUpperCase(), colors[rule.level])}  ${paint(visibleShort(rule.title, longestLine), bold)}${state}`;
  return [
    title,
    ...rows.flatMap(([name, lines]) => lines.map((line, at) => `  ${paint((at === 0 ? name : "").padEnd(9), faint)} ${line}`)),
  ].join("\n");
}

function groupOf({ group }: Alert): readonly string[] {
  const parts = Object.entries(group).map(
    ([name, value]) => `${visibleShort(name, longestValue)} ${value === null ? "not given" : visibleShort(value, longestValue)}`,
  );
  return parts.length === 0 ? [] : [parts.join(", ")];
}

function listed(values: readonly string[]): readonly string[] {
  if (values.length === 0) return [];
  const shown = values.slice(0, named).map((value) => visibleShort(value, longestValue));
  const rest = values.length - named;
  // An alert lists the first 20; whether there were more it does not say.
  const more = values.length < 20 ? `${rest} more` : `at least ${rest} more`;
  return [rest > 0 ? `${shown.join(", ")} and ${more}` : shown.join(", ")];
}

function whenText({ since, until }: Alert): string {
  return since === until ? clock(since) : `${clock(since)} to ${clock(until)} (${durationText(until - since)})`;
}

function clock(time: number): string {
  return isoTime(time).replace("T", " ").replace(".000Z", "Z");
}

function howMany({ count, measures }: Alert): string {
  const others = Object.entries(measures).filter(([name, value]) => name !== "events" || value !== count);
  return [plural(count, "event"), ...others.map(([name, value]) => `${visibleShort(name, longestValue)} ${numberText(value)}`)].join(", ");
}

function numberText(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `T1110.004 Brute Force: Credential Stuffing`. */
function attackOf(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const parts = techniquesOf(ids).map(({ id, name, sub }) => {
    const words = [name, sub?.name].filter((word) => word !== undefined).join(": ");
    return `${visible(sub?.id ?? id)}${words === "" ? "" : ` ${words}`}`;
  });
  return [parts.join(", ")];
}

function evidenceOf(evidence: readonly Evidence[]): readonly string[] {
  const first = evidence[0];
  const last = evidence.at(-1);
  if (first === undefined || last === undefined) return [];
  return first === last ? [evidenceText(first)] : [evidenceText(first), evidenceText(last)];
}

/** What says in one line what happened. */
const summary: readonly FieldReader[] = ["event", "outcome", "reason", "actor.id", "target.id", "source.ip"].map(fieldReader);

function evidenceText({ time, source, position, fields }: Evidence): string {
  const place = `${visibleShort(source, longestValue)}@${position}`;
  const values =
    fields === undefined
      ? []
      : summary.map((read) => read(fields)).filter((value) => typeof value === "string" || typeof value === "number");
  return [clock(time), ...values.map((value) => visibleShort(String(value), longestValue)), place].join("  ");
}

/** The last line, by which a file knows which alerts it holds. */
function keyText(alert: Alert): string {
  return visible(alertKey(alert));
}

const lastLine = /^ {2}alert {5}([0-9a-f]{8,64}-(?:opened|closed|grown-\d+))$/;

/** Without colours, or with them: `textRenderer({ color: true })`. */
export function textRenderer(options: TextOptions = {}): Renderer {
  return {
    id: "text",
    description: "some lines for people",
    head: "",
    render: (alert) => alertText(alert, options),
    keyOf: (line) => lastLine.exec(line)?.[1],
  };
}
