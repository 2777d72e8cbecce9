/** The sentences of `incomplete-security-log`. */
import type { Action, DetailName } from "@telltale/vocabulary";
import type { Lacking } from "../content/record/lacking.ts";
import { saidBy } from "../content/record/said.ts";
import type { Record } from "../outcomes/way.ts";
import { listed } from "./listed.ts";

const NAMES: Readonly<{ [name in DetailName]: string }> = {
  event: "event name",
  actor: "actor",
  target: "target",
  outcome: "outcome",
  reason: "reason",
  "source IP": "source IP",
  "user agent": "user agent",
  "request ID": "request ID",
};

/** What an investigator cannot answer without a detail; the first that is missing speaks. */
const QUESTIONS: Readonly<{ [name in DetailName]: string }> = {
  actor: "Nobody can say who did it.",
  target: "Nobody can say to whom or what it was done.",
  outcome: "Nobody can say whether it worked.",
  event: "No search and no alert can count on finding it.",
  "source IP": "Nobody can say from where it was done, or what else came from there.",
  reason: "Guessing cannot be told from mistyping, nor a locked account from an unknown one.",
  "request ID": "It cannot be joined to what else the request did.",
  "user agent": "Nobody can say with what it was done.",
};
const ORDER: readonly DetailName[] = ["actor", "target", "outcome", "event", "source IP", "reason", "request ID"];

/** `This record of a failed login is free text and lacks actor, source IP and request ID` */
export function messageOf(action: Action, kind: "success" | "failure", { details, plain }: Lacking, isError: boolean): string {
  const what = isError
    ? `The only record of ${article(action, kind)} is an error that the framework logs: it`
    : `This record of ${article(action, kind)}`;
  const lacks = details.length === 0 ? "" : `lacks ${listed(details.map((detail) => NAMES[detail]))}`;
  if (!plain) return `${what} ${lacks}`;
  return lacks === "" ? `${what} is free text, without an event name or fields` : `${what} is free text and ${lacks}`;
}

function article({ title, failure }: Action, kind: "success" | "failure"): string {
  const refuses = failure === "authz_fail" || failure === null;
  if (kind === "failure" && refuses) return "a refused request";
  const name = kind === "failure" ? `failed ${title}` : title;
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}

export function reasonOf(record: Record, { plain }: Lacking): string {
  const { shown } = saidBy(record);
  const names = [...new Set(shown.map(({ name }) => name.trim()).filter((name) => /^[A-Za-z_][\w.-]*$/.test(name)))].slice(0, 6);
  const shows = names.length === 0 ? "it shows no values" : `it shows ${names.join(", ")}`;
  return plain ? `${shows}, as part of a sentence` : shows;
}

export function gainOf({ details }: Lacking): string {
  const first = ORDER.find((detail) => details.includes(detail));
  return first === undefined ? QUESTIONS.event : QUESTIONS[first];
}
