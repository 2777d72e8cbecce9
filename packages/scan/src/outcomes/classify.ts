import type { ActionName } from "@telltale/vocabulary";
import { deedMask } from "../actions/match.ts";
import type { HandlerKind } from "../frameworks/framework.ts";
import { readThrown, toneOf, type Tone } from "./thrown.ts";
import type { Walk } from "./walk.ts";
import { isRefusal, type Value } from "./values.ts";
import { textsOf } from "./value-words.ts";
import { type Exit, type Site, type Way } from "./way.ts";

/** One way that a handler ends, as far as security is concerned. `neutral`: validation, not found, technical faults. */
export interface Ending {
  readonly kind: "success" | "failure" | "neutral";
  /** The main failure of an action decides: a credential that was no good comes before other refusals. */
  readonly main: boolean;
  /** Refused outright (401, 403, "not allowed"), whatever the action. */
  readonly denied: boolean;
  readonly at: Site;
  /** Where the handler is left, where that is not `at`: what refuses may have been said before, in a branch. */
  readonly leaves?: Site;
  /** For people: `401 Invalid password`. */
  readonly text: string;
  readonly way: Way;
  /** What was thrown out of the handler, where something was. */
  readonly thrown?: Exit["value"];
  /** Handed to the framework by a call (`next(error)`), not thrown. */
  readonly handedOn?: boolean;
}

/** Whether the way does the deed at all, and whether it does it after it was refused once. */
interface Done {
  readonly done: boolean;
  readonly since: boolean;
}

type Turns = "presents" | "turns" | "no";

const isBadProof = (tone: Tone, turns: Turns): boolean =>
  turns !== "no" && (tone === "bad-proof" || tone === "bad-account" || (tone === "weak-proof" && turns === "presents"));

/** Actions that turn on a proof being good: for these a bad one is a failure however it is answered. */
const TURN_ON_PROOF: ReadonlySet<ActionName | "none"> = new Set<ActionName>([
  ...([
    "authn_login",
    "authn_mfa",
    "authn_sso",
    "authn_password_change",
    "authn_password_reset",
    "user_created",
    "user_updated",
    "user_deleted",
  ] as const),
  ...(["token_created", "token_revoked", "session_revoked", "authz_change", "authz_fail", "user_suspended"] as const),
]);

/** Those that are nothing but the presenting of a proof: here "not found" and "failed" are refusals too. */
const PRESENT_PROOF: ReadonlySet<ActionName | "none"> = new Set<ActionName>([
  "authn_login",
  "authn_mfa",
  "authn_sso",
  "authn_password_change",
  "authn_password_reset",
  "user_created",
  "token_created",
  "authz_change",
  "authz_fail",
]);

export function classify(walk: Walk, exit: Exit, action: ActionName | "none", kind: HandlerKind, needsDeed: boolean): Ending {
  const way = exit.way;
  const done = !needsDeed || (action !== "none" && (way.did & deedMask(action)) !== 0);
  const turns: Turns = PRESENT_PROOF.has(action) ? "presents" : TURN_ON_PROOF.has(action) ? "turns" : "no";
  if ((exit.kind === "throw" && !throwsAnswer(exit)) || (exit.kind === "stop" && !isAnswered(way, exit))) return thrown(walk, exit, turns);
  const since = action !== "none" && (way.didSince & deedMask(action)) !== 0;
  return answered(walk, exit, turns, { done, since }, kind);
}

/** `throw redirect("/login")`: what is thrown is the answer. */
function throwsAnswer({ way, value, at }: Exit): boolean {
  const sent = way.answer?.at;
  return (
    value.kind === "unknown" &&
    sent !== undefined &&
    sent.file === at.file &&
    sent.span.start >= at.span.start &&
    sent.span.end <= at.span.end
  );
}

/** A stop after an answer (redirect() that throws) ends with that answer; one that hands over an error ends with the error. */
function isAnswered(way: Way, exit: Exit): boolean {
  return exit.value.kind === "unknown" && exit.value.path === undefined && way.answer !== null;
}

function thrown(walk: Walk, exit: Exit, turns: Turns): Ending {
  const bare = exit.value.kind === "unknown" && exit.value.path === undefined;
  const error = readThrown(walk, bare ? (exit.way.caught ?? exit.value) : exit.value);
  const said = [...error.texts, ...(exit.way.answer?.says ?? [])];
  const tone = toneOf(said);
  const status = error.status ?? exit.way.answer?.status;
  // A pattern that does not match is a defect, and the end of the program a fault, not a decision.
  const failure = error.name !== "MatchError" && error.name !== "Exit" && isFailure(status, tone, exit.way, turns);
  return {
    kind: failure ? "failure" : "neutral",
    main: exit.way.rejected !== null || tone === "bad-proof",
    denied: failure && isDenial(status, tone),
    at: exit.at,
    text: `throws ${[error.name ?? "an error", status === undefined ? "" : `(${status})`, firstText(error.texts.filter((text) => text !== error.name))].filter((part) => part !== "").join(" ")}`,
    way: exit.way,
    thrown: exit.value,
    handedOn: exit.kind === "stop",
  };
}

const isDenial = (status: number | undefined, tone: Tone): boolean => status === 401 || status === 403 || tone === "denied";

function isFailure(status: number | undefined, tone: Tone, way: Way, turns: Turns): boolean {
  if (status === 401 || status === 403) return tone !== "validation" || way.rejected !== null || status === 403;
  if (status !== undefined && status >= 500) return false;
  if (tone === "denied") return true;
  if (tone === "validation") return false;
  // "Not found" and "conflict" say what is the matter; only words make them a refusal.
  if (status === 404 || status === 409 || status === 429) return isBadProof(tone, turns);
  // What a catch of technical faults throws on is one of them, whatever was refused before.
  return (turns !== "no" && way.rejected !== null && !(way.technical && tone === "none")) || isBadProof(tone, turns);
}

function answered(walk: Walk, exit: Exit, turns: Turns, { done, since }: Done, kind: HandlerKind): Ending {
  const way = exit.way;
  const answer = way.answer;
  // What an unknown call was given (a query, a template) is not what the handler says.
  const returned = exit.kind === "return" && exit.value.kind !== "unknown" ? textsOf(exit.value) : [];
  // What was caught on the way and not made good since is why the handler answers as it does.
  const cause = way.caught === null || since ? undefined : readThrown(walk, way.caught);
  const said = [...(answer?.says ?? []), ...returned, ...(cause?.texts ?? [])];
  const status = answer?.status ?? (cause !== undefined && (cause.status === 401 || cause.status === 403) ? cause.status : undefined);
  const tone = toneOf(said);
  const refuses =
    (status !== undefined && status >= 400) ||
    answer?.kind === "denied" ||
    answer?.kind === "invalid" ||
    answer?.kind === "error" ||
    (exit.kind === "return" && refusesByValue(exit.value, kind));
  const at = answer?.sent || (answer !== null && refuses) ? answer!.at : exit.at;
  const text = [status ?? "", firstText(said)].filter((part) => part !== "").join(" ") || "returns";
  const base = { main: way.rejected !== null || tone === "bad-proof", at, leaves: exit.at, text, way };
  if (answer?.kind === "denied" && status === undefined) return { ...base, kind: "failure", denied: true };
  if (refuses) {
    const failure =
      isFailure(status, tone, way, turns) || (kind === "callback" && turns !== "no" && tone !== "validation" && !way.technical);
    return { ...base, kind: failure ? "failure" : "neutral", denied: failure && isDenial(status, tone) };
  }
  if (
    turns !== "no" &&
    !way.technical &&
    (way.rejected !== null || isBadProof(tone, "turns") || tone === "denied") &&
    !(way.rejected !== null && since)
  )
    return { ...base, kind: "failure", denied: tone === "denied" };
  return { ...base, kind: done && !way.technical && !way.failed ? "success" : "neutral", denied: false };
}

/** What a handler returns says no: `{ error }`, `{:error, …}`; null and false only where the value is the whole answer. */
function refusesByValue(value: Value, kind: HandlerKind): boolean {
  return value.kind === "literal" && !value.symbol ? kind === "callback" && isRefusal(value) : isRefusal(value);
}

function firstText(texts: readonly string[]): string {
  const text = texts.find((one) => /\s/.test(one) && one.length > 3) ?? texts.find((one) => one.length > 3 && !one.includes("."));
  return text === undefined ? "" : text.replace(/\s+/g, " ").trim().slice(0, 80);
}
