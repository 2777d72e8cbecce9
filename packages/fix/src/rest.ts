import type { Finding } from "@telltale/scan";

/** Whether a finding of a later scan is one of some, or what is left of one: lines move, and a gap that is half closed has another name. */
export function isRestOf(findings: readonly Finding[]): (later: Finding) => boolean {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const places = new Set(findings.filter(isMissing).map(placeOf));
  return (later) => known.has(later.fingerprint) || (isMissing(later) && places.has(placeOf(later)));
}

const isMissing = ({ rule }: Finding): boolean => rule.startsWith("missing-");

const placeOf = ({ place, handler, route }: Finding): string => `${place.file}\0${handler}\0${route ?? ""}`;
