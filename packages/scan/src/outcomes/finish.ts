import type { HandlerFound } from "../frameworks/framework.ts";
import { answerFrom } from "./answers.ts";
import { isErrorValue } from "./error-values.ts";
import { toneOf } from "./thrown.ts";
import type { Walk } from "./walk.ts";
import { FALSE, isRefusal, truthOf, UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import { textsOf } from "./value-words.ts";
import { after, listed, type Answer, type Exit, type Way } from "./way.ts";

/** The connection that a framework hands over, so that it is known again where a handler gives it back. */
export const CONNECTION: Value = { kind: "unknown", truthy: true };

/** What the framework makes of what a handler gives, where that is not yet the answer. */
export function finish(walk: Walk, found: HandlerFound, all: readonly Exit[]): readonly Exit[] {
  const exits = all.map((exit) => responded(statusRead(exit, found.statusIn))).map((exit) => (found.returnsErrors ? raised(exit) : exit));
  if (found.kind === "gate") {
    const { decides } = found;
    return decides === undefined ? exits.map(passing) : exits.flatMap((exit) => bothWays(exit)).map((exit) => decided(exit, decides));
  }
  if (found.fallback === undefined) return exits;
  const scope = "expr" in found.entry ? found.entry.scope : null;
  const fallback = walk.valueAt(found.fallback, found.file, scope, found.container ?? scope?.container ?? null);
  return exits.flatMap((exit) => (isLeftOver(exit) ? fallenBack(walk, exit, fallback.kind === "closure" ? fallback : undefined) : [exit]));
}

/** A response that is given back is the answer, and so is a body with a status (Flask), or a status with a body (Macaron, Flamego). */
function responded(exit: Exit): Exit {
  const { value, way } = exit;
  if (exit.kind !== "return") return exit;
  if (value.kind === "instance" && value.answers !== undefined)
    return { ...exit, way: answerFrom(value.answers.end, value.answers.says, way, exit.at) };
  if (value.kind !== "list" || !value.tuple || value.items.length < 2) return exit;
  const at = value.items.slice(0, 2).findLastIndex((item) => item.kind === "literal" && typeof item.value === "number");
  const status = at < 0 ? undefined : (value.items[at] as { readonly value: number }).value;
  if (status === undefined || status < 100 || status > 599) return exit;
  return { ...exit, way: answerFrom({ status, sent: true }, value.items.slice(1 - at, 2 - at), way, exit.at) };
}

/** A record that says the status under the framework's key; the rest of it is what is said. Without one, it is an answer all the same. */
function statusRead(exit: Exit, key: string | undefined): Exit {
  const { value } = exit;
  if (exit.kind !== "return" || key === undefined || value.kind !== "record") return exit;
  const given = value.entries.get(key);
  const status = given?.kind === "literal" && typeof given.value === "number" ? { status: given.value } : {};
  return { ...exit, way: answerFrom({ ...status, sent: true }, [value], exit.way, exit.at) };
}

/** An error that is given back goes where a throw goes. */
function raised(exit: Exit): Exit {
  if (exit.kind !== "return" || exit.way.answer?.sent === true) return exit;
  const { value } = exit;
  const last = value.kind === "list" && value.tuple ? value.items.at(-1) : value;
  return last !== undefined && isErrorValue(last) ? { ...exit, kind: "throw", value: last } : { ...exit, value: UNKNOWN };
}

/** A value that is no connection, and nothing was answered. */
function isLeftOver(exit: Exit): boolean {
  return exit.kind === "return" && exit.way.answer?.sent !== true && !isConnection(exit.value, 8);
}

/** The connection itself, or what functions of which nothing is known made of it. */
function isConnection(value: Value, depth: number): boolean {
  if (value === CONNECTION) return true;
  return depth > 0 && value.kind === "unknown" && value.args?.[0] !== undefined && isConnection(value.args[0], depth - 1);
}

/** The fallback answers; it is reported where the value was let go. */
function fallenBack(walk: Walk, exit: Exit, fallback: ClosureValue | undefined): readonly Exit[] {
  const answers =
    fallback === undefined
      ? []
      : walk.invoke(fallback, [CONNECTION, exit.value], 1).filter((one) => one.way.answer !== null || one.kind === "throw");
  const alike = new Set(answers.map((one) => `${one.kind}${one.way.answer?.status}${one.way.answer?.kind}`)).size === 1;
  if (answers.length === 0 || !(isCertain(exit.value) || alike))
    return [{ ...exit, way: refused(withShared(exit.way, answers), exit, "error", []) }];
  return answers.map((one) => {
    const way = after(exit.way, one.way, "");
    return { ...one, at: exit.at, way: way.answer === null ? way : { ...way, answer: { ...way.answer, at: exit.at } } };
  });
}

/** Whatever the value is, these records are written. */
function withShared(way: Way, answers: readonly Exit[]): Way {
  const first = answers.length > 0 && answers.every((one) => one.way.records !== null) ? answers[0] : undefined;
  return first === undefined
    ? way
    : { ...way, records: listed(first.way.records).reduce((list, item) => ({ item, next: list }), way.records) };
}

function isCertain(value: Value): boolean {
  if (value.kind === "list") return value.items.every(isCertain);
  return value.kind !== "unknown";
}

function refused(way: Way, exit: Exit, kind: "denied" | "error", says: readonly string[]): Way {
  const answer: Answer = { sent: true, kind, says: [...(way.answer?.says ?? []), ...says], at: exit.at };
  return { ...way, answer };
}

/** Middleware that answers nothing lets the request pass, whatever it found out on the way. */
function passing(exit: Exit): Exit {
  if (exit.kind !== "return") return exit;
  const { answer } = exit.way;
  if (answer !== null && (answer.sent || answer.halted || answer.status !== undefined || answer.kind === "denied"))
    return turnedAway(exit, answer);
  return isRefusal(exit.value) && exit.value.kind !== "literal" ? exit : passed(exit);
}

function passed(exit: Exit): Exit {
  return { ...exit, value: UNKNOWN, way: { ...exit.way, answer: null, rejected: null, caught: null } };
}

/** Where one who is not allowed is sent: to a login, with words that say why. */
const AWAY =
  /(?:^|[^a-z])(?:log_?in|sign_?in)(?![a-z])|sessions?(?:_path|_url|\b)|\bmust (?:log|sign) ?in\b|unauthori[sz]ed|forbidden|denied/i;

/** A redirection refuses where it leads to a login or says so; elsewhere it leads on (who is logged in already, other hosts). */
function turnedAway(exit: Exit, answer: Answer): Exit {
  // Sent on with a message that something is wrong is sent on.
  const isSentOn = answer.kind === "redirect" || (answer.kind === "invalid" && answer.status === undefined);
  if (!isSentOn || (answer.status ?? 302) >= 400) return exit;
  if (!refusesByWords(answer.says) && exit.way.rejected === null) return passed(exit);
  // The status of a redirection would say nothing of the refusal.
  return { ...exit, way: { ...exit.way, answer: { sent: true, kind: "denied", says: answer.says, at: answer.at } } };
}

function refusesByWords(says: readonly string[]): boolean {
  const tone = toneOf(says);
  return tone === "denied" || tone.startsWith("bad") || says.some((text) => AWAY.test(text));
}

/** A condition of which nothing is known may come out either way: `return roles.includes(user.role)`. */
function bothWays(exit: Exit): readonly Exit[] {
  const { value } = exit;
  const isOpen = exit.kind === "return" && exit.way.answer === null && value.kind === "unknown" && truthOf(value) === undefined;
  // What the parent class decides is its own refusal.
  if (!isOpen || /(?:^|\.)super\b/.test(value.path ?? "")) return [exit];
  return [
    { ...exit, value: UNKNOWN },
    { ...exit, value: FALSE },
  ];
}

/** The value decides: `false`, `:error`, `{:error, _}`, `{:halt, socket}`; all others let the request pass. */
function decided(exit: Exit, { raises }: NonNullable<HandlerFound["decides"]>): Exit {
  if (exit.kind !== "return") return exit;
  if (!isRefusal(exit.value) || (exit.value.kind === "literal" && exit.value.value === null)) return passed(exit);
  if (exit.way.answer?.kind === "redirect" && !refusesByWords(exit.way.answer.says) && exit.way.rejected === null) return passed(exit);
  if (toneOf(textsOf(exit.value)) === "validation") return passed(exit);
  if (raises !== undefined) return { ...exit, kind: "throw", value: { kind: "instance", name: raises, args: [] } };
  return { ...exit, value: UNKNOWN, way: refused(exit.way, exit, "denied", textsOf(exit.value)) };
}
