import { type FileIR, type FunctionIR, type Span, type Step } from "@telltale/scan/analysis";
import { callsOf } from "../places/calls.ts";
import { functionAround } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import type { Where } from "./where.ts";

/**
 * The call by which a handler comes to what ends the outcome: the last step of its way, or the call of that function behind
 * it. A call before the last branch led nowhere.
 */
export function callIn(fn: FunctionIR, at: Where, steps: readonly Step[]): Where | undefined {
  const mine = steps.filter(({ file, span }) => file === fn.file && holds(fn, span));
  const last = mine.at(-1);
  const how = at.answers ? { answers: true as const } : { leads: true as const };
  const around = functionAround(at.file, at.span);
  const name = nameAround(around);
  const calls = callsTo(fn, around);
  // A refusal is told before the call that surely refuses; what a way went through last may as well go on.
  const through = at.answers !== true && !calls.some(({ start }) => start >= (last?.span.end ?? 0));
  const surely = last?.note === `in ${name}` || calls.some(({ start }) => start === last?.span.start);
  if (last?.note.startsWith("in ") === true && (surely || through)) return { file: last.file, span: last.span, ...how };
  const call = calls.find(({ start }) => start >= (last?.span.end ?? fn.start)) ?? (last === undefined ? calls.at(-1) : undefined);
  return call === undefined ? undefined : { file: fn.file, span: call, ...how };
}

/** The name of a function, or of the nearest one around it that has one. */
function nameAround(fn: FunctionIR | undefined): string {
  let at = fn;
  while (at !== undefined && at.name === "") at = at.parent;
  return at?.name ?? "";
}

/** Calls in a function of another one, else of those beside that one by which it is reached: `redirectTo` of `redirect`. */
export function callsTo(fn: FunctionIR, around: FunctionIR | undefined): readonly Span[] {
  const name = nameAround(around);
  if (around === undefined || name === "") return [];
  const direct = callsOf(fn.file, fn, name);
  return direct.length > 0 || around.file === fn.file ? direct : callsOf(fn.file, fn, ...reaching(around.file, name));
}

/** The functions of a file that call one of it, or each other, by name. */
function reaching(file: FileIR, name: string): ReadonlySet<string> {
  const names = new Set([name]);
  for (let size = 0; size < names.size;) {
    size = names.size;
    for (const one of file.functions) if (one.name !== "" && callsOf(file, one, ...names).length > 0) names.add(one.name);
  }
  return names;
}
