import type { End } from "../frameworks/framework.ts";
import type { Value } from "./values.ts";
import { textsOf } from "./value-words.ts";
import { addAnswer, type Site, type Way } from "./way.ts";

/** Adds what an end says to the way's answer. `values`: what the expressions in `says` are worth. */
export function answerFrom(end: End, values: readonly Value[], way: Way, at: Site): Way {
  if (end.halts && end.status === undefined && end.kind === undefined && !end.sent) return halted(way, at);
  return addAnswer(way, {
    sent: end.sent ?? false,
    says: values.flatMap((value) => (end.kind === "redirect" ? targetsOf(value) : textsOf(value))).slice(0, 12),
    at,
    ...(end.status === undefined ? {} : { status: end.status }),
    ...(end.kind === undefined ? {} : { kind: end.kind }),
  });
}

/** Where a redirection leads, whatever key it stands under: `redirect(conn, to: "/login")`. */
function targetsOf(value: Value): string[] {
  return value.kind === "record" ? [...value.entries.values()].flatMap((item) => textsOf(item)) : textsOf(value);
}

function halted(way: Way, at: Site): Way {
  return { ...way, answer: { sent: false, says: [], at, ...way.answer, halted: true } };
}
