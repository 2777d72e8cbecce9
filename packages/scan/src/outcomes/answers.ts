import type { End } from "../frameworks/framework.ts";
import { textsOf, type Value } from "./values.ts";
import { addAnswer, type Site, type Way } from "./way.ts";

/** Adds what an end says to the way's answer. `values`: what the expressions in `says` are worth. */
export function answerFrom(end: End, values: readonly Value[], way: Way, at: Site): Way {
  return addAnswer(way, {
    sent: end.sent ?? false,
    says: values.flatMap((value) => textsOf(value)).slice(0, 12),
    at,
    ...(end.status === undefined ? {} : { status: end.status }),
    ...(end.kind === undefined ? {} : { kind: end.kind }),
  });
}
