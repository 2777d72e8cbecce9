import type { Alert, Evidence } from "../alert.ts";
import type { FieldValue, Fields } from "../event.ts";

/** Characters of JSON that the fields of one piece of evidence may take; a larger one is named by its place only. */
const longestFields = 16_384;
/** Characters of one value that came out of an event (a user name, an address). */
const longestValue = 1024;
/** Levels of nesting; deeper ones cannot be written as JSON without a stack as deep. */
const deepest = 32;

/**
 * What names one message of an alert for ever: `<id>-opened`, `<id>-grown-<count>`, `<id>-closed`. An episode grows up to
 * ten times, each time with another count; the same on every replay.
 */
export function alertKey({ id, phase, count }: Pick<Alert, "id" | "phase" | "count">): string {
  return phase === "grown" ? `${id}-grown-${count}` : `${id}-${phase}`;
}

/**
 * The alert as it is kept and sent: events come from strangers, so that each part has its bound. About 350 kB at most.
 * Gives the alert itself where nothing is too large.
 */
export function boundedAlert(alert: Alert): Alert {
  const group = Object.entries(alert.group);
  const bounded = {
    actors: alert.actors.map(cut),
    addresses: alert.addresses.map(cut),
    targets: alert.targets.map(cut),
    group: group.every(([, value]) => isShort(value))
      ? alert.group
      : Object.fromEntries(group.map(([name, value]) => [name, value === null ? null : cut(value)])),
    evidence: alert.evidence.map(boundedEvidence),
  };
  const isSame =
    bounded.group === alert.group &&
    (["actors", "addresses", "targets", "evidence"] as const).every((part) => bounded[part].every((one, at) => one === alert[part][at]));
  return isSame ? alert : { ...alert, ...bounded };
}

function boundedEvidence(evidence: Evidence): Evidence {
  const { fields, ...rest } = evidence;
  const isWritable = fields === undefined || room(fields, longestFields, deepest) >= 0;
  if (isWritable && isShort(evidence.id) && isShort(evidence.source)) return evidence;
  return { ...rest, id: cut(rest.id), source: cut(rest.source), ...(isWritable && fields ? { fields } : {}) };
}

/** What is left of the room after the value is written; negative where it does not fit. Stops as soon as that is known. */
function room(value: FieldValue, left: number, levels: number): number {
  if (typeof value === "string") return left - value.length - 2;
  if (typeof value !== "object" || value === null) return left - 8;
  if (levels === 0) return -1;
  let rest = left - 2;
  const inner: readonly (readonly [string, FieldValue])[] = isList(value) ? value.map((one) => ["", one] as const) : Object.entries(value);
  for (const [name, one] of inner) {
    rest = room(one, rest - name.length - 4, levels - 1);
    if (rest < 0) return rest;
  }
  return rest;
}

function isList(value: readonly FieldValue[] | Fields): value is readonly FieldValue[] {
  return Array.isArray(value);
}

function isShort(text: string | null): boolean {
  return text === null || text.length <= longestValue;
}

function cut(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue - 1)}…`;
}
