import type { Verdict } from "../report/result.ts";
import type { Judged } from "./handler.ts";

const WORTH: Readonly<Record<Verdict, number>> = { missing: 4, partial: 3, unknown: 2, adequate: 1, not_sensitive: 0 };

/** One function that serves several routes is one handler: the most telling of its judgements stands. */
export function mergeRoutes(judged: readonly Judged[]): Judged[] {
  const byPlace = new Map<string, Judged>();
  for (const one of judged) {
    const key = one.fn === undefined ? `${one.file.path}:${one.at.start}:${one.at.end}` : `${one.fn.file.path}:${one.fn.start}`;
    const known = byPlace.get(key);
    if (known === undefined || WORTH[one.verdict] > WORTH[known.verdict]) byPlace.set(key, one);
  }
  return [...byPlace.values()].sort((a, b) => (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.at.start - b.at.start));
}
