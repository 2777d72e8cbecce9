import {
  allowedNames,
  digestHeads,
  gluedPrefixes,
  guessableKinds,
  harmlessFirstWords,
  harmlessHeadExceptions,
  harmlessHeads,
  neutralTails,
  trailingWords,
} from "./harmless.ts";
import { sensitiveNames, sensitiveParameters } from "./names.ts";
import type { NameReach, SecretKind } from "./names.ts";

/** What a field's name says of its value. */
export interface NameVerdict {
  readonly kind: SecretKind | "custom";
  /** The name is a plural (`tokens`, `cookies`) of what cannot be guessed: a number under it is a count. */
  readonly plural: boolean;
  /** Holds a secret where its value is text; an object under it (`session`, `auth`) is looked into. */
  readonly onlyText: boolean;
}

export interface Names {
  /** Undefined: nothing is known against the name. */
  readonly verdict: (name: string) => NameVerdict | undefined;
  /** The same for a parameter of a URL or form, where more names are sensitive (`code`, `sig`, `key`). */
  readonly parameter: (name: string) => NameVerdict | undefined;
}

interface Phrase {
  readonly kind: SecretKind | "custom";
  readonly reach: NameReach;
  readonly plural: boolean;
}

/** Decisions that are remembered; then the older half is forgotten. Names longer than `longestRemembered` are worked out each time. */
const remembered = 4096;
const longestRemembered = 64;
/** Of a longer name only the end is read: the head of a compound stands there. */
const longestRead = 96;
const mostWords = 8;

const harmless = new Set(harmlessHeads);
const neutral = new Set(neutralTails);
const trailing = new Set(trailingWords);
const digests = new Set(digestHeads);
const firstWords = new Set(harmlessFirstWords);
const prefixes = new Set(gluedPrefixes);
const guessable = new Set<string>(guessableKinds);
const notHarmless = new Map(Object.entries(harmlessHeadExceptions).map(([kind, words]) => [kind, new Set(words)]));
const onlyTextNames = new Set(["session", "sess", "auth", "pass", "xs", "seed", "assertion", "keypair"]);

const joined = (phrase: string): string => phrase.replaceAll(" ", "");

function builtInPhrases(): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>();
  for (const { kind, reach, names } of sensitiveNames)
    for (const name of names) {
      phrases.set(joined(name), { kind, reach, plural: false });
      if (reach !== "exact") phrases.set(`${joined(name)}s`, { kind, reach, plural: !guessable.has(kind) });
    }
  return phrases;
}

/** Phrases by their joined words; and the longest of those that begin with the same three letters, so that most places of a word need one look. */
interface Phrases {
  readonly phrases: ReadonlyMap<string, Phrase>;
  readonly lengths: ReadonlyMap<string, number>;
}

function lengthsOf(phrases: ReadonlyMap<string, Phrase>): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const phrase of phrases.keys()) {
    const head = phrase.slice(0, 3);
    lengths.set(head, Math.max(lengths.get(head) ?? 0, phrase.length));
  }
  return lengths;
}

const builtIn = builtInPhrases();
const builtInAllowed: ReadonlySet<string> = new Set(allowedNames.map(joined));
const parameters: ReadonlySet<string> = new Set(sensitiveParameters.map(joined));

/**
 * A name as words: parts at separators and humps, lower case, without accents, marks and digits at the end of a word.
 * `userPassword2`, `USER_PASSWORD`, `user.pass-word` → user, password (or pass, word: joined again when it is looked up).
 */
function nameWords(name: string): string[] {
  const read = name.length > longestRead ? name.slice(-longestRead) : name;
  // oxlint-disable-next-line no-control-regex -- only to tell ASCII from the rest
  const plain = /^[\x00-\x7f]*$/.test(read) ? read : read.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");
  return plain
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/\d+$/, ""))
    .filter((word) => word !== "");
}

/** @param more further sensitive names. @param allow names that stay, whatever else says. */
export function createNames(more: readonly string[] = [], allow: readonly string[] = []): Names {
  const phrases = new Map(builtIn);
  for (const name of more) phrases.set(nameWords(name).join(""), { kind: "custom", reach: "strong", plural: false });
  const table = { phrases, lengths: lengthsOf(phrases) };
  const allowed = new Set(allow.map((name) => nameWords(name).join("")));

  const judge = (name: string): NameVerdict | undefined => {
    const words = nameWords(name).slice(-mostWords);
    if (words.length === 0) return undefined;
    const whole = words.join("");
    if (allowed.has(whole)) return undefined;
    const own = phrases.get(whole);
    if (own) return verdictOf(own, whole);
    if (endsAllowed(words)) return undefined;
    const found = lastPhrase(words, table);
    if (!found || found.phrase.reach === "exact") return undefined;
    if (words.slice(0, found.start).some((word, at) => firstWords.has(word) && at <= 1)) return undefined;
    return tailAllows(found.phrase, words.slice(found.end), found.rest) ? verdictOf(found.phrase, whole) : undefined;
  };

  const judgeParameter = (name: string): NameVerdict | undefined => {
    const verdict = judge(name);
    if (verdict) return { ...verdict, onlyText: false };
    const whole = nameWords(name).join("");
    return parameters.has(whole) && !allowed.has(whole) ? { kind: "token", plural: false, onlyText: false } : undefined;
  };

  return { verdict: remember(judge), parameter: remember(judgeParameter) };
}

function verdictOf(phrase: Phrase, whole: string): NameVerdict {
  return { kind: phrase.kind, plural: phrase.plural, onlyText: onlyTextNames.has(whole) };
}

/** Ends in an allowed name, in whole words (`nextPageToken`) or glued (`nextpagetoken`). */
function endsAllowed(words: readonly string[]): boolean {
  for (let start = 0; start < words.length; start++) if (builtInAllowed.has(words.slice(start).join(""))) return true;
  const last = words.at(-1)!;
  for (let start = 1; start <= last.length - 7; start++) if (builtInAllowed.has(last.slice(start))) return true;
  return false;
}

interface Found {
  readonly phrase: Phrase;
  /** Index of the phrase's first word. */
  readonly start: number;
  /** Index of the first word behind the phrase. */
  readonly end: number;
  /** What is glued behind the phrase in its last word (`field` of `passwordfield`). */
  readonly rest: string;
}

/** The phrase that ends furthest to the right, and of those the longest. */
function lastPhrase(words: readonly string[], table: Phrases): Found | undefined {
  for (let end = words.length; end > 0; end--) {
    for (let start = Math.max(0, end - 5); start < end; start++) {
      const phrase = table.phrases.get(words.slice(start, end).join(""));
      if (phrase && (phrase.reach !== "exact" || words.length === end - start)) return { phrase, start, end, rest: "" };
    }
    const glued = gluedPhrase(words[end - 1]!, table);
    if (glued) return { ...glued, start: end - 1, end };
  }
  return undefined;
}

/** Shorter phrases are glued only behind a word that is known to stand before them: `spin` is no pin. */
const shortestGlued = 5;
const shortestWord = 3;
/** Of a longer word only the end is searched. */
const longestGlued = 64;

/**
 * A phrase at the end of a word (`userpassword`, `newotp`), or within it (`passwordfield`, `oldpasswordhash`): of those that end
 * furthest to the right the longest.
 */
function gluedPhrase(whole: string, { phrases, lengths }: Phrases): { readonly phrase: Phrase; readonly rest: string } | undefined {
  const word = whole.length > longestGlued ? whole.slice(-longestGlued) : whole;
  let best: { readonly phrase: Phrase; readonly rest: string } | undefined;
  for (let start = 0; start <= word.length - shortestWord; start++) {
    const longest = lengths.get(word.slice(start, start + shortestWord));
    if (longest === undefined) continue;
    const before = word.slice(0, start);
    for (let end = Math.min(word.length, start + longest); end >= start + shortestWord; end--) {
      if (best && word.length - end >= best.rest.length) break;
      const phrase = phrases.get(word.slice(start, end));
      if (!phrase || phrase.reach === "exact" || firstWords.has(before)) continue;
      if (end - start < shortestGlued && !prefixes.has(before)) continue;
      best = { phrase, rest: word.slice(end) };
    }
  }
  return best;
}

/** Whether the name stays sensitive with what stands behind the phrase. */
function tailAllows(phrase: Phrase, tail: readonly string[], rest: string): boolean {
  const last = tail.at(-1) ?? rest;
  if (last === "") return true;
  if (phrase.kind === "custom") return !harmless.has(last);
  if (digests.has(last)) return guessable.has(phrase.kind);
  if (neutral.has(last)) return true;
  if (harmless.has(last)) return notHarmless.get(phrase.kind)?.has(last) ?? false;
  if (trailing.has(last) && harmless.has(tail.at(-2) ?? "")) return false;
  // What is glued behind a word is rarely a word of its own: `tokenizer`, `cookiebot`.
  if (tail.length === 0) return phrase.kind === "password";
  return phrase.reach === "strong";
}

/** A memory in two halves: what is asked for stays, what is not falls out, and a flood of names costs no more than working them out. */
function remember(judge: (name: string) => NameVerdict | undefined): (name: string) => NameVerdict | undefined {
  let recent = new Map<string, NameVerdict | undefined>();
  let older = new Map<string, NameVerdict | undefined>();
  return (name) => {
    const known = recent.get(name);
    if (known !== undefined) return known;
    if (recent.has(name)) return undefined;
    if (name.length > longestRemembered) return judge(name);
    const verdict = older.has(name) ? older.get(name) : judge(name);
    if (recent.size >= remembered / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(name, verdict);
    return verdict;
  };
}

const standard = createNames();

/** Whether a value under this name would be redacted whatever it is: such a detail has no place in an event. */
export function isForbiddenName(name: string): boolean {
  const verdict = standard.verdict(name);
  return verdict !== undefined && !verdict.onlyText;
}
