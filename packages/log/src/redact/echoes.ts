import type { Json } from "../record.ts";
import { redacted } from "./text/spans.ts";

/**
 * Secrets that a name gave away, taken out of the other texts of the same value: `{ password, note: "tried hunter2" }`.
 * Keys stay: nobody may blank a field's name by choosing it as a password.
 */
export function withoutEchoes(json: Json, found: readonly string[]): Json {
  return found.length === 0 ? json : inTexts(json, (text) => withoutEchoesInText(text, found));
}

/** A secret that is itself part of a note (`redacted`) is left: it tells nothing there. */
export function withoutEchoesInText(text: string, found: readonly string[]): string {
  let out = text;
  for (const secret of [...found].sort((a, b) => b.length - a.length))
    if (out.includes(secret) && !redacted.includes(secret)) out = out.replaceAll(secret, () => redacted);
  return out;
}

/** The same value with each of its texts changed; keys stay. */
export function inTexts(json: Json, change: (text: string) => string): Json {
  if (typeof json === "string") return change(json);
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map((item: Json) => inTexts(item, change));
  const out: { [key: string]: Json } = {};
  for (const [key, held] of Object.entries(json)) setMember(out, key, inTexts(held, change));
  return out;
}

/** A key may be `__proto__`: it becomes a member like any other. */
export function setMember(out: { [key: string]: Json }, key: string, json: Json): void {
  if (key === "__proto__") Object.defineProperty(out, key, { value: json, enumerable: true, configurable: true, writable: true });
  else out[key] = json;
}
