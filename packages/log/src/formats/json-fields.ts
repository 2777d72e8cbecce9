import { quoted, textOf } from "./characters.ts";

/** `,"name":"value"`, a value that is no text as its JSON; nothing where there is no value. */
export function field(name: string, value: unknown): string {
  const text = textOf(value);
  return text === undefined ? "" : `,"${name}":${quoted(text)}`;
}

/** `,"name":{…}` around fields, each of which begins with a comma; nothing around nothing. */
export function object(name: string, fields: string): string {
  return fields === "" ? "" : `,"${name}":{${fields.slice(1)}}`;
}

/** A number; `null` for what JSON has no number for. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : "null";
}
