import type { ActionName } from "@telltale/vocabulary";
import { matchWords } from "../../actions/match.ts";
import { phraseOf } from "../../actions/phrases.ts";
import type { Expr } from "../../ir/nodes.ts";
import type { LogLine } from "../lines.ts";

/** Words that say that something is done, as lines and event names of the OWASP vocabulary spell it. */
const DONE =
  /\b(?:deleted|removed|destroyed|created|registered|added|updated|changed|revoked|invalidated|granted|assigned|promoted|demoted|suspended|banned|blocked|locked|unlocked|disabled|enabled|deactivated|activated|invited|reset|rotated|transferred|accepted|approved|logged (?:in|out)|signed (?:in|out|up)|success|successful|successfully|succeeded|completed)\b/i;
/** Words that make of it something to come, to be hoped for, or that did not come about. */
const NOT_DONE =
  /\b(?:fail\w*|error|errors|cannot|can'?t|could ?n[o']t|unable|not|no|never|about to|will|would|going to|try|trying|attempt\w*|request\w*|start\w*|begin\w*|if|before|must|should|already|to be|pending|invalid|denied|wrong|when|while|being|\w+ing|check\w*|skip\w*|rejected|refused|missing|unauthorized|forbidden|expect\w*|ask\w*|want\w*|intent\w*|queued|scheduled)\b/i;

/** What a line claims to be done. */
export interface Claim {
  readonly text: string;
  readonly words: readonly string[];
  readonly actions: readonly ActionName[];
}

/** The claim of a line that says that a sensitive action is done; undefined for all others. */
export function claimOf({ fact }: LogLine): Claim | undefined {
  if (fact.level === "debug" || fact.level === "trace" || fact.level === "error" || fact.level === "fatal") return undefined;
  for (const text of fact.says.flatMap((expr) => textsOf(expr, 2))) {
    const plain = text.replace(/[_.:\-/]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
    if (!DONE.test(plain) || NOT_DONE.test(plain)) continue;
    const words = phraseOf(plain.trim().replace(/[^A-Za-z0-9]+/g, "_"));
    const actions = matchWords(words).flatMap(({ action, strength }) => (strength >= 2 ? [action] : []));
    if (actions.length > 0) return { text, words, actions };
  }
  return undefined;
}

/** The texts of an expression, and those of its fields that name an event. */
function textsOf(expr: Expr, depth: number): readonly string[] {
  switch (expr.kind) {
    case "literal":
      return typeof expr.value === "string" ? [expr.value] : [];
    case "template":
      return [expr.parts.filter((part) => typeof part === "string").join(" ")];
    case "record":
      return depth === 0
        ? []
        : expr.entries.flatMap(({ key, value }) =>
            key !== null && /^(?:event|action|type|msg|message|name)$/i.test(key) ? textsOf(value, depth - 1) : [],
          );
    case "list":
      return depth === 0 ? [] : expr.items.flatMap((item) => textsOf(item, depth - 1));
    default:
      return [];
  }
}
