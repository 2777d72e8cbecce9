/** Words for what is done, and the forms in which names of events have them. */

/** Verbs that say the same; where a list of names knows only one of them, it stands for the others. */
const ALIKE: readonly (readonly string[])[] = [
  ["delete", "remove", "destroy", "erase"],
  ["create", "add", "register", "insert", "generate", "issue"],
  ["update", "edit", "change", "modify", "patch"],
  ["revoke", "invalidate"],
  ["suspend", "disable", "deactivate", "ban", "block", "lock"],
  ["enable", "activate", "reactivate", "unban", "unblock", "unlock", "unsuspend"],
  ["verify", "confirm"],
  ["export", "download"],
  ["login", "signin"],
  ["logout", "signout"],
  ["reject", "decline", "deny"],
  ["assign", "grant"],
  ["restore", "recover"],
  ["rotate", "regenerate"],
  ["link", "connect"],
  ["unlink", "disconnect"],
  ["accept"],
  ["approve"],
  ["archive"],
  ["demote"],
  ["impersonate"],
  ["import"],
  ["invite"],
  ["join"],
  ["leave"],
  ["promote"],
  ["publish"],
  ["purge"],
  ["rename"],
  ["request"],
  ["reset"],
  ["reveal"],
  ["send"],
  ["set"],
  ["transfer"],
  ["unarchive"],
  ["unassign"],
  ["upload"],
];

/** Forms that do not follow the rule; those of one spelling have none that could be told apart. */
const PAST: ReadonlyMap<string, string> = new Map([
  ["ban", "banned"],
  ["unban", "unbanned"],
  ["leave", "left"],
  ["login", "login"],
  ["logout", "logout"],
  ["reset", "reset"],
  ["send", "sent"],
  ["set", "set"],
  ["signin", "signin"],
  ["signout", "signout"],
  ["transfer", "transferred"],
]);

export type Form = "base" | "past" | "gerund";

export interface Verb {
  readonly base: string;
  /** `base` also where the past is spelled the same. */
  readonly form: Form;
}

function pastOf(base: string): string {
  const known = PAST.get(base);
  if (known !== undefined) return known;
  if (base.endsWith("e")) return `${base}d`;
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${base}ed`;
}

function gerundOf(base: string): string {
  if (/(?:set|ban|login|signin)$/.test(base)) return `${base}${base.at(-1)!}ing`;
  return `${base.endsWith("e") ? base.slice(0, -1) : base}ing`;
}

const known: ReadonlyMap<string, Verb> = new Map(
  ALIKE.flat().flatMap((base): (readonly [string, Verb])[] => [
    [pastOf(base), { base, form: "past" }],
    [gerundOf(base), { base, form: "gerund" }],
    [base, { base, form: "base" }],
  ]),
);

/** A word as a verb; undefined where it is none that is known. */
export const verbOf = (word: string): Verb | undefined => known.get(word);

/** A verb in a form; undefined where that form cannot be told from another. */
export function inForm(base: string, form: Form): string | undefined {
  if (form === "base") return base;
  const word = form === "past" ? pastOf(base) : gerundOf(base);
  return word === base && base !== "reset" && base !== "set" ? undefined : word;
}

/** Verbs that may stand for one, itself first. */
export function alike(base: string): readonly string[] {
  const group = ALIKE.find((one) => one.includes(base)) ?? [];
  return [base, ...group.filter((one) => one !== base)];
}

/** A word that names one thing. https://en.wikipedia.org/wiki/English_plurals, as far as names of routes and classes need it. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|news|sso)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** The word for several of them. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|sh|ch|x|z)$/.test(word) ? `${word}es` : `${word}s`;
}
