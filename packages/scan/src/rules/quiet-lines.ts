/** Lines about an outcome that production does not write. */
import type { ActionName } from "@telltale/vocabulary";
import { isUnderway, tellsOf } from "../content/record/about.ts";
import { saidBy } from "../content/record/said.ts";
import { LEVEL_ORDER } from "../content/setup/levels.ts";
import { callView } from "../loggers/call-view.ts";
import type { Level } from "../loggers/logger.ts";
import { originIn } from "../loggers/origin.ts";
import type { Outcome } from "../judge/verdict.ts";
import type { Record } from "../outcomes/way.ts";
import type { Scene } from "./scene.ts";

/** A line about an outcome, and the level from which production writes; undefined where the project does not say. */
export interface QuietLine {
  readonly line: Record;
  readonly from: Level | undefined;
}

type SetupOf = Scene["setupOf"];

const isBelow = (level: Level, from: Level): boolean => LEVEL_ORDER.indexOf(level) < LEVEL_ORDER.indexOf(from);

/** The line below info that tells of a silent outcome, the nearest to its end; none where production writes such lines. */
export function quietLineOf(
  { kind, quiet }: Outcome,
  action: ActionName,
  setupOf: SetupOf,
  writesAll: () => boolean,
): QuietLine | undefined {
  const line = quiet.findLast((one) => tellsOf(one, action, kind) && !isUnderway(saidBy(one).own));
  if (line === undefined) return undefined;
  const from = writtenFrom(line, setupOf);
  const isDropped = from === undefined ? !writesAll() : isBelow(line.level, from);
  return isDropped ? { line, from } : undefined;
}

/** The line that tells of a recorded outcome, where production writes no line about it. */
export function droppedLineOf({ kind, records }: Outcome, action: ActionName, setupOf: SetupOf): QuietLine | undefined {
  const froms = records.map((record) => (record.by === "log" ? writtenFrom(record, setupOf) : undefined));
  if (records.length === 0 || records.some((record, i) => froms[i] === undefined || !isBelow(record.level, froms[i]))) return undefined;
  const at = records.findIndex((record) => tellsOf(record, action, kind));
  return at === -1 ? undefined : { line: records[at]!, from: froms[at] };
}

/** The level from which the logger of a line writes in production, as far as the source says it. */
function writtenFrom({ written }: Record, setupOf: SetupOf): Level | undefined {
  if (written?.by === undefined) return undefined;
  const { call, file, fn, by } = written;
  return setupOf({ file, fn, container: fn?.container ?? null, call, view: callView(call, originIn(file, fn)), ...by }).from;
}
