import { actions, type ActionName } from "@telltale/vocabulary";
import { ACTION_PATTERNS, DELETING, MARGINAL, ORDINARY_THINGS, SHARED_THINGS } from "./table.ts";

export interface ActionMatch {
  readonly action: ActionName;
  readonly strength: number;
}

const GROUPS = ACTION_PATTERNS.map((pattern) => ({
  action: pattern.action,
  strength: pattern.strength,
  all: pattern.all.map((group) => new Set(group)),
  none: new Set(pattern.none ?? []),
}));

const memo = new Map<string, readonly ActionMatch[]>();

/** The actions that the words of a name speak of, each with its strongest pattern. */
export function matchWords(words: readonly string[]): readonly ActionMatch[] {
  const key = words.join(" ");
  const known = memo.get(key);
  if (known !== undefined) return known;
  const best = new Map<ActionName, number>();
  for (const { action, strength, all, none } of GROUPS) {
    if (words.some((word) => none.has(word)) || !coversDistinct(all, words)) continue;
    best.set(action, Math.max(best.get(action) ?? 0, strength));
  }
  const destroyed = best.size === 0 ? destructionOf(words) : 0;
  if (destroyed > 0) best.set("sensitive_delete", destroyed);
  const matches = [...best].map(([action, strength]) => ({ action, strength }));
  if (memo.size < 200_000) memo.set(key, matches);
  return matches;
}

const BITS: ReadonlyMap<ActionName, number> = new Map((Object.keys(actions) as ActionName[]).map((action, i) => [action, 1 << i]));

/** One bit for each action that the words speak of. */
export function actionMask(words: readonly string[]): number {
  return matchWords(words).reduce((mask, { action }) => mask | actionBit(action), 0);
}

export function actionBit(action: ActionName): number {
  return BITS.get(action) ?? 0;
}

/** Who resets a password sets one, and who signs in elsewhere signs in here. */
const DONE_BY: Readonly<{ [action in ActionName]?: readonly ActionName[] }> = {
  authn_password_reset: ["authn_password_change"],
  authn_sso: ["authn_login"],
};

/** The bits of what a handler of an action does when it does it. */
export function deedMask(action: ActionName): number {
  return (DONE_BY[action] ?? []).reduce((mask, other) => mask | actionBit(other), actionBit(action));
}

/** Each group needs a word of its own: `authenticate` alone is not "authenticate a user". */
function coversDistinct(groups: readonly ReadonlySet<string>[], words: readonly string[]): boolean {
  if (groups.length === 1) return words.some((word) => groups[0]!.has(word));
  const used = new Set<number>();
  return groups.every((group) => {
    const at = words.findIndex((word, i) => group.has(word) && !used.has(i));
    if (at < 0) return false;
    used.add(at);
    return true;
  });
}

/** 0: destroys nothing that others would miss. */
function destructionOf(words: readonly string[]): number {
  const verb = words.findIndex((word) => DELETING.has(word));
  if (verb < 0) return 0;
  const things = words.filter((_, i) => i !== verb);
  // The thing itself is the last noun: "delete tag on response" names it right after the verb, "project tag delete" before it.
  const thing = words[verb + 1] ?? words[verb - 1];
  if (thing === undefined) return 1;
  if (things.some((word) => MARGINAL.has(word))) return 0;
  if (isOrdinary(words, verb)) return 0;
  return things.some((word) => SHARED_THINGS.has(word)) ? 2 : 1;
}

function isOrdinary(words: readonly string[], verb: number): boolean {
  const behind = words.slice(verb + 1).filter((word) => !FILLER.has(word));
  const thing = behind.length > 0 ? nounOf(behind) : words.slice(0, verb).findLast((word) => !FILLER.has(word));
  return thing !== undefined && ORDINARY_THINGS.has(thing);
}

/** "tag on response", "tag from project": the thing stands before the preposition, else it is the last word. */
function nounOf(words: readonly string[]): string {
  const preposition = words.findIndex((word) => PREPOSITIONS.has(word));
  return (preposition > 0 ? words[preposition - 1] : words.at(-1))!;
}

const FILLER = new Set([
  "all",
  "by",
  "id",
  "one",
  "many",
  "the",
  "a",
  "action",
  "handler",
  "async",
  "bulk",
  "multiple",
  "selected",
  "permanently",
  "soft",
  "hard",
  "force",
  "do",
  "handle",
  "api",
  "v1",
  "v2",
  "v3",
  "uuid",
  "slug",
  "name",
]);
const PREPOSITIONS = new Set(["on", "from", "of", "in", "for", "to", "by", "with", "at"]);
