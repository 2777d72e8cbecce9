import { createHash } from "node:crypto";
import type { SourceComment } from "../contract.ts";
import type { State } from "../project/sightings.ts";
import type { Result } from "../report/result.ts";

/** What is kept of a scan. */
export interface Entry {
  readonly result: Result;
  readonly comments: ReadonlyMap<string, readonly SourceComment[]>;
  /** What stood at which path outside of the sources when the result was made. */
  readonly seen: ReadonlyMap<string, State>;
}

interface Body {
  readonly result: Result;
  readonly comments: readonly (readonly [string, readonly SourceComment[]])[];
  readonly seen: readonly (readonly [string, State])[];
}

/** One line that names the format, the key and the digest of what follows; then JSON. */
export function writeEntry(key: string, entry: Entry): string {
  const body: Body = { result: entry.result, comments: [...entry.comments], seen: [...entry.seen] };
  const text = JSON.stringify(body);
  return `${headOf(key, text)}\n${text}`;
}

/** undefined for what `writeEntry` did not write whole under that key. */
export function readEntry(key: string, text: string): Entry | undefined {
  const end = text.indexOf("\n");
  if (end === -1) return undefined;
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== headOf(key, body)) return undefined;
  try {
    const { result, comments, seen } = JSON.parse(body) as Body;
    return { result, comments: new Map(comments), seen: new Map(seen) };
  } catch {
    return undefined;
  }
}

function headOf(key: string, body: string): string {
  return `telltale-scan 1 ${key} ${createHash("sha256").update(body).digest("hex")}`;
}
