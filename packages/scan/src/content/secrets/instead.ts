import type { Expr, Span } from "../../ir/nodes.ts";
import type { LogLine } from "../lines.ts";
import type { Secret } from "./secret.ts";

/** Longer lines are not repeated. */
const LONGEST = 300;

/** The line without the secrets, where they stand in it as fields or holes of a template; else what to do in a sentence. */
export function insteadOf(line: LogLine, secrets: readonly Secret[]): string {
  const names = [...new Set(secrets.map((secret) => secret.name))].map((name) => `\`${name}\``).join(", ");
  const shorter = withoutFields(line, secrets);
  return shorter ?? `Leave ${names} out of the line; log an ID of the account instead, or the last four characters where they are needed.`;
}

function withoutFields({ call, file, fact }: LogLine, secrets: readonly Secret[]): string | undefined {
  const fields = [...call.args, ...(fact.fields === undefined ? [] : [fact.fields])].find((arg) => arg.kind === "record");
  if (fields?.kind !== "record" || !secrets.every((secret) => secret.origin.keys.length > 0)) return undefined;
  const keys = new Set(secrets.map((secret) => secret.origin.keys[0]));
  const gone = fields.entries.filter((entry) => entry.spread !== true && keys.has(entry.key ?? ""));
  if (gone.length === 0 || gone.length === fields.entries.length || keys.size > gone.length) return undefined;
  if (!fields.entries.every((entry) => entry.start >= fields.start && entry.end <= fields.end)) return undefined;
  return cut(file.text, call, fields.entries, new Set<Span>(gone));
}

/** The text of a call without some of its entries, and the commas that parted them. */
function cut(text: string, call: Expr, entries: readonly Span[], gone: ReadonlySet<Span>): string | undefined {
  const kept = entries.filter((entry) => !gone.has(entry));
  const [first, last] = [entries[0]!, entries.at(-1)!];
  const line =
    text.slice(call.start, first.start) + kept.map(({ start, end }) => text.slice(start, end)).join(", ") + text.slice(last.end, call.end);
  return line.length > LONGEST ? undefined : line.replace(/\s*\n\s*/g, " ");
}
