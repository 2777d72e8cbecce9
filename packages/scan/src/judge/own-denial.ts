import type { Naming } from "../actions/name.ts";
import type { Found } from "../handlers/find.ts";
import type { FunctionIR } from "../ir/nodes.ts";
import { classify, type Ending } from "../outcomes/classify.ts";
import type { Walk } from "../outcomes/walk.ts";
import type { Exit } from "../outcomes/way.ts";
import { lineAt } from "./places.ts";

/**
 * An otherwise ordinary handler that itself decides that somebody may not: a 403 written out in its own body. A refusal
 * of a gate or of a helper belongs to these, and a 401 mostly asks whether anybody is signed in at all.
 */

/** How a 403 is spelled. */
const SPELLED = /\b403\b|forbid|permission_?denied|access_?denied|not_?allowed/i;

/** Whether the text of a handler may hold such a decision. */
export function mayDeny({ handler }: Found, { file, start, end }: FunctionIR): boolean {
  return handler.kind === "route" && SPELLED.test(file.text.slice(start, end));
}

export function nameDenial(walk: Walk, found: Found, fn: FunctionIR | undefined, exits: readonly Exit[]): Naming | undefined {
  if (fn === undefined || !mayDeny(found, fn)) return undefined;
  const denial = exits.map((exit) => classify(walk, exit, "authz_fail", found.handler.kind, false)).find((ending) => isOwn(ending, fn));
  if (denial === undefined) return undefined;
  return {
    action: "authz_fail",
    evidence: [{ source: "refusal", text: `decides: ${denial.text}`, weight: 7, line: lineAt(denial.at.file, denial.at.span.start).line }],
  };
}

/** What is refused for another reason than who asks: a state, a plan, the form of what was sent. */
const OTHER_REASON =
  /\b(?:disabled|not (?:enabled|available|supported|configured|activated)|plan|quota|limits?|exceed\w*|capacity|licen[sc]e|upgrade|captcha|csrf|file ?names?|maximum|too many|already|demo|read-?only|invalid (?!token|credential|password|signature|session|link|key))\b/i;

function isOwn({ kind, denied, at, text, way, thrown }: Ending, fn: FunctionIR): boolean {
  if (kind !== "failure" || !denied || at.file !== fn.file || at.span.start < fn.start || at.span.end > fn.end) return false;
  if (OTHER_REASON.test(text) || way.technical) return false;
  // What a check throws by itself is the check's refusal.
  if (way.rejected !== null && way.rejected.span.start === at.span.start) return false;
  const said = thrown === undefined ? (way.answer?.status ?? 403) : text;
  return said === 403 || (typeof said === "string" && (/\b403\b/.test(said) || SPELLED.test(said)));
}
