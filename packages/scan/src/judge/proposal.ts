import { actions, type ActionName, type EventName } from "@telltale/vocabulary";
import { detailsFor, type Seen } from "./details.ts";
import type { Propose } from "./findings.ts";
import type { Judged } from "./handler.ts";
import type { Room } from "./in-scope.ts";
import type { SpellingOf } from "./spelling/spelling.ts";
import type { Proposal as LineProposal } from "../loggers/logger.ts";
import type { Outcome } from "./verdict.ts";
import { createPens, type PenFacts } from "./pens.ts";

/** Makes the line that a silent outcome lacks, with the logger that is in use nearest to it and the names in scope there. */
export function createProposer(facts: PenFacts, spelling: SpellingOf): Propose {
  const pensFor = createPens(facts);
  const saying = createSaying(facts);
  return (judged, kind) => {
    const room = roomOf(judged, kind);
    const says = saying(judged, kind, room, judged.outcomes);
    const [pen] = says === undefined ? [] : pensFor(room);
    if (says === undefined || pen === undefined) return undefined;
    const spelled = spelling(room.file).spell({ logger: pen.name, ...says }, pen.logger, { action: says.action, kind });
    return { event: says.event, line: pen.logger.write(spelled) };
  };
}

/** What a line says, whatever it is written with. */
export type Says = Omit<LineProposal, "logger"> & { readonly event: EventName; readonly action: ActionName };

/** What the line about outcomes of one kind says, with the names that are in scope in `room`. */
export type Saying = (judged: Judged, kind: "success" | "failure", room: Room, silent: readonly Outcome[]) => Says | undefined;

export function createSaying(facts: PenFacts): Saying {
  const seen = createSeen(facts);
  return (judged, kind, room, silent) => {
    const { action } = judged.naming;
    const event = action === "none" ? null : eventOf(action, kind);
    if (action === "none" || event === null) return undefined;
    return { level: kind === "failure" ? "warn" : "info", action, event, details: detailsFor(judged, action, kind, room, seen, silent) };
  };
}

function eventOf(action: ActionName, kind: "success" | "failure"): EventName | null {
  return actions[action][kind] ?? (kind === "failure" ? "authz_fail" : null);
}

/** The handler, up to the first silent outcome of this kind that ends in it. */
function roomOf({ fn, file, outcomes }: Judged, kind: "success" | "failure"): Room {
  const ends = outcomes.filter((outcome) => outcome.kind === kind && outcome.recorded === false).map(({ ending }) => ending.at);
  const inside = ends.filter((at) => fn !== undefined && at.file === fn.file && at.span.start >= fn.start && at.span.end <= fn.end);
  const before = Math.min(...inside.map((at) => at.span.start));
  return { file: fn?.file ?? file, fn, ...(Number.isFinite(before) ? { before } : {}) };
}

/** Looks a pattern up in the parsed files, once each. */
function createSeen({ files }: PenFacts): Seen {
  const known = new Map<string, boolean>();
  return (pattern) => {
    let is = known.get(pattern.source);
    if (is === undefined) known.set(pattern.source, (is = files().some((file) => pattern.test(file.text))));
    return is;
  };
}
