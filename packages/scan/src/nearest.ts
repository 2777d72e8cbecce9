import { closest, distance } from "fastest-levenshtein";

/** The known name that `name` was probably meant to be; undefined where none is near (more than half of it differs). */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name.toLowerCase(), known);
  const tolerated = Math.max(2, Math.floor(Math.max(name.length, candidate.length) / 2));
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= tolerated ? candidate : undefined;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? "" : `; did you mean "${candidate}"?`;
}
