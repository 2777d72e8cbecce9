import type { Judged } from "@telltale/scan/analysis";
import { singular, verbOf } from "./verbs.ts";

/** What a handler does to what, as its name, class and route say; the best first. */
export interface Subject {
  readonly verbs: readonly string[];
  /** Each in words, in the singular. */
  readonly nouns: readonly (readonly string[])[];
}

/** Last words of names that say what kind of code it is. */
const KINDS: ReadonlySet<string> = new Set(
  "action actions admin api async command controller controllers endpoint fn handle handler handlers module mutation procedure resolver resource route router service view views".split(
    " ",
  ),
);
/** What stands before the thing, and says nothing of it. */
const FILLERS: ReadonlySet<string> = new Set("a an all current existing my one own single the".split(" "));
/** From here on a name says something else than what it is done to. */
const PLACES: ReadonlySet<string> = new Set("as at for from in into of on to via with".split(" "));

/** What a method of HTTP does where nothing else says so. https://www.rfc-editor.org/rfc/rfc9110#name-methods */
const METHODS: ReadonlyMap<string, string> = new Map([
  ["DELETE", "delete"],
  ["PATCH", "update"],
  ["POST", "create"],
  ["PUT", "update"],
]);

export function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

export function subjectOf({ found: { handler }, fn }: Judged): Subject {
  const name = fn === undefined || fn.name === "" ? handler.name.slice(handler.name.lastIndexOf(".") + 1) : fn.name;
  const isMethod = METHODS.has(name.toUpperCase()) && name === name.toUpperCase();
  const named = /[\s/]/.test(name) || isMethod ? EMPTY : fromName(wordsOf(name));
  const container = nounOf(wordsOf((handler.container ?? fn?.container)?.name.split(/[.:]+/).at(-1) ?? ""));
  const route = fromRoute(handler.method ?? "", handler.path ?? "");
  const verbs = [...named.verbs, ...(named.verbs.length > 0 ? [] : route.verbs)];
  // A name with a place says what it is done to only together with it: who removes a user from a team deletes no user.
  const nouns =
    named.open || isNested(handler.path ?? "", named.nouns[0])
      ? []
      : [...named.nouns, ...(container === undefined ? [] : [container]), ...route.nouns];
  return { verbs, nouns };
}

interface Named extends Subject {
  /** It goes on with a place. */
  readonly open: boolean;
}

const EMPTY: Named = { verbs: [], nouns: [], open: false };

/** `deleteUserAction` → delete, user. */
function fromName(all: readonly string[]): Named {
  const words = withoutKinds(all);
  const verb = verbOf(words[0] ?? "")?.base;
  if (verb === undefined) return EMPTY;
  const rest = words.slice(1).filter((word) => !FILLERS.has(word));
  const by = rest.indexOf("by");
  const thing = by === -1 ? rest : rest.slice(0, by);
  const open = thing.some((word) => PLACES.has(word));
  const noun = thing.length === 0 || open ? undefined : singulars(thing);
  return { verbs: [verb], nouns: noun === undefined ? [] : [noun], open };
}

function withoutKinds(words: readonly string[]): readonly string[] {
  let [from, to] = [0, words.length];
  while (to > from && KINDS.has(words[to - 1]!)) to--;
  while (from < to - 1 && (words[from] === "handle" || words[from] === "async")) from++;
  return words.slice(from, to);
}

/** Who may do it is no part of what it is done to. */
function nounOf(all: readonly string[]): readonly string[] | undefined {
  const words = withoutKinds(all);
  const bare = words.length > 1 && words[0] === "admin" ? words.slice(1) : words;
  return bare.length === 0 ? undefined : singulars(bare);
}

const singulars = (words: readonly string[]): readonly string[] => [...words.slice(0, -1), singular(words.at(-1)!)];

const isParam = (part: string): boolean => /^[:{<[*$]|^\(.*\)$/.test(part);

/** The parts of a path that say something, each with whether a parameter stands before it. */
function partsOf(path: string): readonly { readonly words: readonly string[]; readonly nested: boolean }[] {
  const parts = path.split(/[/?.]/).filter((part) => part !== "" && !/^(?:api|rest|v\d+)$/.test(part));
  const first = parts.findIndex(isParam);
  return parts.flatMap((part, i) => (isParam(part) ? [] : [{ words: wordsOf(part), nested: first !== -1 && first < i }]));
}

/**
 * `DELETE /users/:id` → delete, user; `POST /users/:id/suspend` → suspend, user. `POST /users/:id/roles` says nothing: it makes
 * no role, and what it does is not told by its path.
 */
function fromRoute(method: string, path: string): Subject {
  const parts = partsOf(path);
  const last = parts.at(-1);
  const said = last?.words.length === 1 ? verbOf(last.words[0]!)?.base : undefined;
  const thing = said === undefined ? last : parts.at(-2);
  const verb = said ?? (last?.nested === true ? undefined : METHODS.get(method));
  const noun = thing === undefined || thing.nested || thing.words.length === 0 ? undefined : nounOf(thing.words);
  return { verbs: verb === undefined ? [] : [verb], nouns: noun === undefined ? [] : [noun] };
}

/** Whether a thing is part of another one in the path: who removes `/users/:id/roles/:role` takes a role from a user. */
function isNested(path: string, noun: readonly string[] | undefined): boolean {
  return (
    noun !== undefined && partsOf(path).some(({ words, nested }) => nested && words.length > 0 && singulars(words).join() === noun.join())
  );
}
