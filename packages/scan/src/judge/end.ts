import type { Ending } from "../outcomes/classify.ts";

/** A text that people are told is a sentence, or one of these words. */
const TELLING = /\s|denied|unauthori|forbidden|invalid|expired|refused/i;

/** How a way ends, for people: `answers 401 "wrong password"`, `throws ForbiddenError (403)`, `redirects`, `returns normally`. */
export function endOf({ kind, text, way, thrown }: Ending): string {
  if (thrown !== undefined) return thrownEnd(text);
  const [, status, said = ""] = /^(\d{3})?\s*(.*)$/s.exec(text === "returns" ? "" : text)!;
  const words = TELLING.test(said) ? ` "${said.replaceAll('"', "'")}"` : "";
  const answer = way.answer;
  if (status === undefined && answer?.kind === "redirect") return `redirects${words}`;
  // What a success says is data more often than a sentence.
  if (status !== undefined) return `answers ${status}${kind === "success" ? "" : words}`;
  if (words !== "") return `answers${words}`;
  const how = kind === "success" ? " normally" : "";
  return `${answer?.sent === true ? "answers" : "returns"}${how}`;
}

/** `throws ForbiddenError (403) not yours` → `throws ForbiddenError (403) "not yours"` */
function thrownEnd(text: string): string {
  const [, head = "throws", said = ""] = /^(throws (?:an error|[^\s()]+)(?: \(\d{3}\))?)\s*(.*)$/s.exec(text) ?? [];
  return TELLING.test(said) ? `${head} "${said.replaceAll('"', "'")}"` : head;
}
