import type { GapFound, Outcome, Stmt } from "@telltale/scan/analysis";
import type { Refused } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import { catchAround, functionAround, statementsAround, type Found } from "../places/statement.ts";
import { holds } from "../places/text.ts";
import { isToldApart } from "./apart.ts";

type Judged = GapFound["judged"];

/** The silent outcomes of a handler that a line can tell of truly; others with the reason why none is written. */
export function toldOf({ judged, silent }: GapFound): readonly (Outcome | Refused)[] {
  const successes = silent.filter(({ kind }) => kind === "success");
  const chosen = new Set(chosenOf(judged, successes));
  const told = silent.flatMap((outcome): readonly (Outcome | Refused)[] => {
    if (outcome.kind === "success" && isPage(judged, outcome)) return [NO_DEED];
    if (outcome.kind === "success") return chosen.has(outcome) ? [outcome] : [];
    if (isMute(judged, outcome)) return [MUTE];
    return isPassedOn(judged, outcome) ? [PASSED_ON] : [outcome];
  });
  return told.length > 0 ? told : [NO_DEED];
}

const MUTE: Refused = { kind: "unclear", reason: "nothing there says that anything is refused" };
const PASSED_ON: Refused = { kind: "unclear", reason: "what was thrown elsewhere is passed on there, whatever it is" };
const NO_DEED: Refused = { kind: "unclear", reason: "nothing there says that anything is done" };

/** What a handler that only shows something can do all the same: let in, see out, give out. */
const BY_SHOWING: ReadonlySet<string> = new Set([
  "authn_login",
  "authn_logout",
  "authn_mfa",
  "authn_sso",
  "sensitive_read",
  "token_revealed",
]);

/** Somebody is sent on to where they sign in, or told what is left to do. */
const SENT_ON = /\bredirect\(\s*(?:\w+,\s*)?(?:external:|to:\s*(?:~p)?"\/(?:auth|sso|oauth)\b)/;
const NOT_YET = /\bto (?:complete|finish|continue)\b/i;

/**
 * The page that asks whether a user is to be deleted is shown, and nobody is: it is called after what its form does. A login
 * that goes on elsewhere is none yet.
 */
function isPage({ fn, found: { handler }, naming }: Judged, { done, ending: { at, text } }: Outcome): boolean {
  if (fn === undefined || writerOf(fn.file.language)?.givesAnswers !== true) return false;
  const end = at.file.text.slice(at.span.start, at.span.end);
  if (!BY_SHOWING.has(naming.action)) return !done && handler.readOnly === true && /\brender\w*\(/.test(end);
  return naming.action.startsWith("authn_") && (SENT_ON.test(end) || NOT_YET.test(text));
}

/** Words of an end that says no, and values that do where they are all that is given. */
const SAYS_NO =
  /\b(?:Err|err|40\d|42\d)\b|error|fail|invalid|unauthori|forbid|denied|deny|reject|login|sign-?_?in|expired|wrong|incorrect|not_?(?:found|allowed)|abort|halt|^(?:return\b(?:@\w+)?)?\W*(?:false|null|undefined|nil|None)\W*$|:\s*false\b/i;

/**
 * A failure that nobody could read there: a check on the way said no, but the code returns without a word, or answers as it
 * answers where all went well: a function that others call as well has no other words for them.
 */
export function isMute({ fn }: Judged, { kind, beside, ending: { at, text, thrown, way, denied } }: Outcome): boolean {
  if (kind === "success" || thrown !== undefined || denied || isToldApart(at)) return false;
  const { status, kind: how, says = [] } = way.answer ?? {};
  const plain = status === undefined ? how === undefined || how === "redirect" : status < 400;
  const shared = beside.has("success") || fn === undefined || fn.file !== at.file || !holds(fn, at.span);
  if (text !== "returns" && !(plain && shared)) return false;
  return ![text, ...says, at.file.text.slice(at.span.start, at.span.end)].some((one) => SAYS_NO.test(one));
}

/** `throw error` outside of a `catch`, of a value that the function did not make: wrappers do that with everything. */
function isPassedOn({ fn }: Judged, { ending: { at, thrown } }: Outcome): boolean {
  if (thrown === undefined || (fn !== undefined && fn.file === at.file && holds(fn, at.span))) return false;
  const around = functionAround(at.file, at.span);
  const stmt = statementsAround(at.file, around, at.span).at(-1)?.stmt;
  if (around === undefined || stmt?.kind !== "throw" || stmt.value?.kind !== "name") return false;
  if (catchAround(at.file, around, at.span) !== undefined) return false;
  const made = new RegExp(`\\b${stmt.value.name.replaceAll("$", "\\$")}\\s*(?::[^=\\n]+)?=\\s*(?:new\\b|await\\b|[\\w.]+\\(|["'\`{])`);
  return !made.test(at.file.text.slice(around.start, around.end));
}

/**
 * The successes that get a line. Ways that do the deed come before those of which nobody can say whether they do, and ways
 * that answer before those that do not. Then it is the one that goes through the whole handler, else the last; an earlier
 * branch counts where it does something itself, for one that only returns says that there was nothing to do.
 */
function chosenOf(judged: Judged, successes: readonly Outcome[]): readonly Outcome[] {
  const real = successes.filter((outcome) => outcome.done || (!isThrownElsewhere(judged, outcome) && !isGuard(judged, outcome)));
  // Where the walk lost the way through the whole handler, its end stands for the guard that is left of it.
  if (real.length === 0) return successes.filter((outcome) => !isThrownElsewhere(judged, outcome)).slice(-1);
  const done = preferred(real, ({ done }) => done);
  const all = preferred(
    preferred(done, ({ ending, beside }) => !saysError(ending) && !beside.has("failure")),
    ({ ending: { at, way } }) =>
      way.answer?.sent === true || way.answer?.status !== undefined || !BARE.test(at.file.text.slice(at.span.start, at.span.end)),
  );
  if (all.length <= 1) return all;
  const outer = all.filter((one) => blocksAround(one).length <= 1);
  const main = outer.length > 0 ? outer : all.slice(-1);
  return all.filter((one) => main.includes(one) || (one.done && worksItself(judged, one)));
}

/** Texts of an end that tell of an error, whatever its status. */
const SAYS_ERROR = /^(?:error|could not|couldn't|cannot|unable|invalid)\b|\b(?:failed|error)\b/i;

const saysError = ({ text, at }: Outcome["ending"]): boolean =>
  SAYS_ERROR.test(text) || /\bstatus\W{1,4}(?:[45]\d\d\b|unprocessable|bad_request)/.test(at.file.text.slice(at.span.start, at.span.end));

/** An end that gives nothing. */
const BARE = /^(?:return\s*;?|\}|end)$/;

function preferred(all: readonly Outcome[], test: (one: Outcome) => boolean): readonly Outcome[] {
  const some = all.filter(test);
  return some.length > 0 ? some : all;
}

/** A helper that ends the request by throwing: what it throws is its own affair. */
function isThrownElsewhere({ fn }: Judged, { ending: { at } }: Outcome): boolean {
  if (fn === undefined || (fn.file === at.file && holds(fn, at.span))) return false;
  return statementsAround(at.file, functionAround(at.file, at.span), at.span).at(-1)?.stmt.kind === "throw";
}

/** `if (!board) { notFound(res); return; }`: it leaves early, gives nothing and does nothing. */
export function isGuard(judged: Judged, outcome: Outcome): boolean {
  const { file, span } = outcome.ending.at;
  const inner = blocksAround(outcome);
  if (inner.length <= 1 || !BARE.test(file.text.slice(span.start, span.end))) return false;
  const { list } = inner.at(-1)!;
  return !worksItself(judged, outcome) || /\b4\d\d\b|unauthori|forbid|denied|not ?found/i.test(file.text.slice(list[0]!.start, span.end));
}

const blocksAround = ({ ending: { at } }: Outcome): readonly Found[] =>
  statementsAround(at.file, functionAround(at.file, at.span), at.span);

/** Whether the branch that ends there waits for something, or calls something in a handler that never waits. */
function worksItself({ fn }: Judged, outcome: Outcome): boolean {
  const { file } = outcome.ending.at;
  const found = blocksAround(outcome).at(-1);
  if (found === undefined || fn === undefined) return true;
  const waits = /\bawait\b|\.then\(/;
  const sync = !waits.test(fn.file.text.slice(fn.start, fn.end));
  const own = found.list.filter(({ start }) => start <= found.stmt.start);
  const isWork = (stmt: Stmt): boolean =>
    waits.test(file.text.slice(stmt.start, stmt.end)) || (sync && stmt !== found.stmt && (stmt.kind === "expr" || stmt.kind === "let"));
  return own.some(isWork);
}
