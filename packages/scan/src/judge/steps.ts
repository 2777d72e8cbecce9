import type { FileIR, FunctionIR } from "../ir/nodes.ts";
import type { Step } from "../outcomes/way.ts";

/** Steps of one function with those of what it called. */
interface Group {
  readonly fn: string;
  readonly steps: readonly Step[];
}

const CALL = /^in (.+)$/;

/** A way notes a call when it has come back from it; people read the call before what happens in it. Each step once. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  const groups: Group[] = [];
  for (const step of steps) {
    const called = CALL.exec(step.note)?.[1];
    const first = called === undefined ? groups.length : groups.findLastIndex((group) => group.fn !== called) + 1;
    const inside = groups.splice(first).flatMap((group) => group.steps);
    groups.push({ fn: nameAround(step.file, step.span.start), steps: [step, ...inside] });
  }
  const seen = new Set<string>();
  return groups
    .flatMap((group) => group.steps)
    .filter((step) => {
      const key = `${step.file.path}:${step.span.start}:${step.note}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** The innermost function with a name around a place; functions stand in source order. */
function nameAround(file: FileIR, at: number): string {
  let around: FunctionIR | undefined;
  for (const fn of file.functions) {
    if (fn.start > at) break;
    if (fn.end >= at && fn.name !== "") around = fn;
  }
  return around?.name ?? "";
}

const LONGEST = 60;

/** `if !user`, `unless !user`, `calls verify`. */
export function noteOf({ note, file, span }: Step): string {
  const called = CALL.exec(note)?.[1];
  if (called !== undefined) return `calls ${called}`;
  const text = file.text.slice(span.start, span.end).replace(/\s+/g, " ").trim();
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  if (note === "holds") return `if ${short}`;
  return note === "does not hold" ? `unless ${short}` : note;
}
