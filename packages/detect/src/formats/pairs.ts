import type { FieldValue } from "../event.ts";
import { put } from "./reading.ts";
import type { OpenFields } from "./reading.ts";

/** Most pairs that are read from one line. */
const MOST = 200;

/** Text before the first pair, and the pairs. */
export interface Pairs {
  readonly before: string;
  readonly fields: OpenFields;
  readonly count: number;
}

const start = /(?:^|[\s,])([A-Za-z_@][\w.@/-]{0,99})=/g;

/**
 * `key=value` pairs of a text. A value may be quoted, with `\"` inside; otherwise it ends at a blank, or with `spaced` (Elixir's
 * metadata) before the next key. Numbers, `true`, `false` and `null` stay text but for `true` and `false`.
 */
export function pairsIn(text: string, spaced = false): Pairs {
  const fields: OpenFields = {};
  let count = 0;
  let before: string | undefined;
  start.lastIndex = 0;
  for (let found = start.exec(text); found && count < MOST; found = start.exec(text)) {
    before ??= text.slice(0, found.index).trim();
    const from = start.lastIndex;
    const end = text[from] === '"' ? quotedEnd(text, from) : plainEnd(text, from, spaced);
    put(fields, found[1] as string, valueOf(text.slice(from, end)));
    count++;
    start.lastIndex = end;
  }
  return { before: before ?? text.trim(), fields, count };
}

function quotedEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return text.length;
}

const blank = /[\s,]/g;

function plainEnd(text: string, from: number, spaced: boolean): number {
  if (spaced) {
    start.lastIndex = from;
    return start.exec(text)?.index ?? text.length;
  }
  blank.lastIndex = from;
  return blank.exec(text)?.index ?? text.length;
}

function valueOf(written: string): FieldValue {
  const text = written.trim();
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replace(/\\(["\\])/g, "$1");
  return text === "true" ? true : text === "false" ? false : text;
}
