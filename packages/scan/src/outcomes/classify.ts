import type { ActionName } from "@telltale/vocabulary";
import { actionBit } from "../actions/match.ts";
import type { HandlerKind } from "../frameworks/framework.ts";
import { readThrown, toneOf, type Tone } from "./thrown.ts";
import type { Walk } from "./walk.ts";
import { isRefusal, textsOf, type Value } from "./values.ts";
import { type Exit, type Site, type Way } from "./way.ts";

/** One way that a handler ends, as far as security is concerned. `neutral`: validation, not found, technical faults. */
export interface Ending {
  readonly kind: "success" | "failure" | "neutral";
  /** The main failure of an action decides: a credential that was no good comes before other refusals. */
  readonly main: boolean;
  /** Refused outright (401, 403, "not allowed"), whatever the action. */
  readonly denied: boolean;
  readonly at: Site;
  /** For people: `401 Invalid password`. */
  readonly text: string;
  readonly way: Way;
  /** What was thrown out of the handler, where something was. */
  readonly thrown?: Exit["value"];
  /** Handed to the framework by a call (`next(error)`), not thrown. */
  readonly handedOn?: boolean;
}

/** Actions that turn on a proof being good: for these a bad one is a failure however it is answered. */
const TURN_ON_PROOF: ReadonlySet<ActionName | "none"> = new Set<ActionName>([
  ...(["authn_login", "authn_mfa", "authn_sso", "authn_password_change", "authn_password_reset", "user_created", "user_updated", "user_deleted"] as const),
  ...(["token_created", "token_revoked", "session_revoked", "authz_change", "authz_fail", "user_suspended"] as const),
]);

export function classify(walk: Walk, exit: Exit, action: ActionName | "none", kind: HandlerKind, needsDeed: boolean): Ending {
  const way = exit.way;
  const done = !needsDeed || (action !== "none" && (way.did & actionBit(action)) !== 0);
  const turns = TURN_ON_PROOF.has(action);
  if (exit.kind === "throw" || (exit.kind === "stop" && !isAnswered(way, exit))) return thrown(walk, exit, turns);
  return answered(exit, turns, done, kind);
}

/** A stop after an answer (redirect() that throws) ends with that answer; one that hands over an error ends with the error. */
function isAnswered(way: Way, exit: Exit): boolean {
  return exit.value.kind === "unknown" && exit.value.path === undefined && way.answer !== null;
}

function thrown(walk: Walk, exit: Exit, turns: boolean): Ending {
  const error = readThrown(walk, exit.value);
  const said = [...error.texts, ...(exit.way.answer?.says ?? [])];
  const tone = toneOf(said);
  const status = error.status ?? exit.way.answer?.status;
  // A pattern that does not match is a defect, not a decision.
  const failure = error.name !== "MatchError" && isFailure(status, tone, exit.way, turns);
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

function isFailure(status: number | undefined, tone: Tone, way: Way, turns: boolean): boolean {
  if (status === 401 || status === 403) return tone !== "validation" || way.rejected !== null || status === 403;
  if (status !== undefined && status >= 500) return false;
  if (tone === "denied") return true;
  if (tone === "validation") return false;
  // "Not found" and "conflict" say what is the matter; only words make them a refusal.
  if (status === 404 || status === 409 || status === 429) return turns && (tone === "bad-proof" || tone === "bad-account");
  return turns && (way.rejected !== null || tone === "bad-proof" || tone === "bad-account");
}

function answered(exit: Exit, turns: boolean, done: boolean, kind: HandlerKind): Ending {
  const way = exit.way;
  const answer = way.answer;
  // What an unknown call was given (a query, a template) is not what the handler says.
  const returned = exit.kind === "return" && exit.value.kind !== "unknown" ? textsOf(exit.value) : [];
  const said = [...(answer?.says ?? []), ...returned];
  const status = answer?.status;
  const tone = toneOf(said);
  const refuses = (status !== undefined && status >= 400) || answer?.kind === "denied" || answer?.kind === "invalid" || answer?.kind === "error" || (exit.kind === "return" && refusesByValue(exit.value, kind));
  const at = answer?.sent || (answer !== null && refuses) ? answer!.at : exit.at;
  const text = [status ?? "", firstText(said)].filter((part) => part !== "").join(" ") || "returns";
  const base = { main: way.rejected !== null || tone === "bad-proof", at, text, way };
  if (answer?.kind === "denied" && status === undefined) return { ...base, kind: "failure", denied: true };
  if (refuses) {
    const failure = isFailure(status, tone, way, turns) || (kind === "callback" && turns && tone !== "validation" && !way.technical);
    return { ...base, kind: failure ? "failure" : "neutral", denied: failure && isDenial(status, tone) };
  }
  if (turns && !way.technical && (way.rejected !== null || tone === "bad-proof" || tone === "bad-account" || tone === "denied") && !(way.rejected !== null && done && way.didSince !== 0)) return { ...base, kind: "failure", denied: tone === "denied" };
  return { ...base, kind: done && !way.technical ? "success" : "neutral", denied: false };
}

/** What a handler returns says no: `{ error }`, `{:error, …}`; null and false only where the value is the whole answer. */
function refusesByValue(value: Value, kind: HandlerKind): boolean {
  return value.kind === "literal" && !value.symbol ? kind === "callback" && isRefusal(value) : isRefusal(value);
}

function firstText(texts: readonly string[]): string {
  const text = texts.find((one) => /\s/.test(one) && one.length > 3) ?? texts.find((one) => one.length > 3 && !one.includes("."));
  return text === undefined ? "" : text.replace(/\s+/g, " ").trim().slice(0, 80);
}
