import type { Record } from "../outcomes/way.ts";
import type { Judged } from "./handler.ts";

/** A part of a path that the caller fills in: `:id`, `{id}`, `<int:pk>`, `[id]`. */
const PLACE = /[:{<[]\w+|\*\w+/;
/** What a caller names somebody or something by, where it does not stand in the path. */
const NAMED =
  /\b(?:params|input|parsedInput|args|variables|body|dto|payload|command)\b\W{1,4}(?:\w+\W{1,3})?:?"?'?(?:\w*_)?(?:id|ids|uuid|username|email|pk|\w*Id|\w*Uuid)\b/;

/** Whether a handler acts on what its caller names, and not on its caller. */
export function actsOnOther({ found: { handler }, fn }: Judged): boolean {
  if (handler.path !== undefined && PLACE.test(handler.path)) return true;
  return fn !== undefined && NAMED.test(fn.file.text.slice(fn.start, fn.end));
}

/** Names of people in code; a browser is none. */
const PERSON = /(?:user(?!_?agent|Agent|-agent|info\()|email|account|member|principal|customer|login_?name|\bsub\b)/i;

/** Whether the code knows of somebody where a failure is recorded: a token that nobody issued is nobody's. */
export function knowsPerson(record: Record): boolean {
  const { written } = record;
  const at = written === undefined ? undefined : written.fn;
  if (written === undefined || at === undefined || at === null) return true;
  return PERSON.test(at.file.text.slice(at.start, written.call.start));
}
