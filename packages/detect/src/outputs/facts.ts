import { techniques } from "@telltale/vocabulary";
import type { Alert } from "../alert.ts";

/** A technique of ATT&CK as formats name it: a sub-technique with the one that it belongs to. */
export interface Technique {
  readonly id: string;
  readonly name?: string;
  readonly sub?: { readonly id: string; readonly name?: string };
}

const names: ReadonlyMap<string, string> = new Map(Object.entries(techniques));

/** The techniques of a rule, each once. A name is absent where the vocabulary does not have it. */
export function techniquesOf(ids: readonly string[]): readonly Technique[] {
  return [...new Set(ids)].map((id) => {
    const dot = id.indexOf(".");
    if (dot === -1) return { id, name: names.get(id) };
    const parent = id.slice(0, dot);
    return { id: parent, name: names.get(parent), sub: { id, name: names.get(id) } };
  });
}

/** `2026-11-21T10:00:00.000Z`; the text `unknown` for a number that is no time. Milliseconds since 1970. */
export function isoTime(time: number): string {
  return isTime(time) ? new Date(time).toISOString() : "unknown";
}

/** Whether ECMAScript has a date for it. */
export function isTime(time: number): boolean {
  return Math.abs(time) <= 8.64e15;
}

/** Seconds, minutes, hours or days, the two largest units: `2 h 5 min`, `0 s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const parts = [[days, "d"] as const, [hours, "h"] as const, [minutes, "min"] as const, [seconds % 60, "s"] as const];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return milliseconds > 0 && seconds === 0 ? `${Math.round(milliseconds)} ms` : "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** One sentence for a subject or a message: `High: Credential stuffing from one source (source.ip 203.0.113.7), 42 events`. Raw: pass it through `visible`. */
export function headline({ rule, group, count, phase }: Alert): string {
  const level = `${rule.level.charAt(0).toUpperCase()}${rule.level.slice(1)}`;
  const ended = phase === "closed" ? ", ended" : phase === "grown" ? ", goes on" : "";
  return `${level}: ${rule.title}${groupText(group)}, ${plural(count, "event")}${ended}`;
}

function groupText(group: Alert["group"]): string {
  const named = Object.entries(group).map(([name, value]) => `${name} ${value === null ? "not given" : shortened(value)}`);
  return named.length === 0 ? "" : ` (${named.join(", ")})`;
}

/** `1,234,567`, whatever the machine's language. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
