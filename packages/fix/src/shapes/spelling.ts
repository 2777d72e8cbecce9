import type { Subject } from "./subject.ts";
import { alike, inForm, plural, singular, verbOf, type Form } from "./verbs.ts";

/** A name that a handler's mark is told, beside what the handler does. */
export interface Example {
  readonly text: string;
  readonly subject: Subject;
  /** The handler stands in the same class as the one that wants a name. */
  readonly near: boolean;
}

/** How a name is put together from what is done and to what. `say` and `thing` are parts of the example's own text. */
interface Pattern {
  readonly verb?: { readonly at: readonly [number, number]; readonly base: string; readonly form: Form; readonly wanted: string };
  readonly noun?: { readonly at: readonly [number, number]; readonly wanted: readonly string[] };
  /** What is around and between the two, which must be the same in all. */
  readonly frame: string;
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Whether a text may be the name of an event, a thing or a deed, or a short sentence of these. */
const isName = (text: string): boolean => /^[A-Za-z][\w.:/ -]{1,60}$/.test(text);

/** How a name follows from its handler; undefined where it does not. */
function patternOf({ text, subject }: Example): Pattern | undefined {
  if (!isName(text)) return undefined;
  const tokens = tokensOf(text);
  const verb = verbIn(tokens, subject);
  const noun = nounIn(tokens, subject);
  if (verb === undefined && noun === undefined) return undefined;
  if (verb !== undefined && noun !== undefined && verb.at[0] < noun.at[1] && noun.at[0] < verb.at[1]) return undefined;
  const cuts = [...(verb === undefined ? [] : [{ at: verb.at, as: "V" }]), ...(noun === undefined ? [] : [{ at: noun.at, as: "N" }])];
  const frame = cuts
    .sort((a, b) => b.at[0] - a.at[0])
    .reduce((all, { at, as }) => `${all.slice(0, at[0])}\0${as}\0${all.slice(at[1])}`, text);
  return { ...(verb === undefined ? {} : { verb }), ...(noun === undefined ? {} : { noun }), frame };
}

function verbIn(tokens: readonly Token[], { verbs }: Subject): Pattern["verb"] {
  for (const wanted of verbs) {
    for (const { word, start, end } of tokens) {
      const verb = verbOf(word);
      if (verb !== undefined && alike(wanted).includes(verb.base)) return { at: [start, end], ...verb, wanted };
    }
  }
  return undefined;
}

function nounIn(tokens: readonly Token[], { nouns }: Subject): Pattern["noun"] {
  for (const wanted of nouns) {
    for (let i = 0; i + wanted.length <= tokens.length; i++) {
      const run = tokens.slice(i, i + wanted.length);
      if (run.every(({ word }, n) => singular(word) === wanted[n])) return { at: [run[0]!.start, run.at(-1)!.end], wanted };
    }
  }
  return undefined;
}

/** How many examples must be put together alike. */
const LEAST = 2;

/**
 * The name of what a handler does, as the others have theirs; undefined where theirs do not follow from what they do. `may`:
 * whether a name exists, where not every name does.
 */
export function spelledAs(
  examples: readonly Example[],
  subject: Subject,
  may: ((name: string) => boolean) | undefined,
): string | undefined {
  const same = sameOf(examples, subject);
  if (same !== undefined) return same;
  const patterns = examples.flatMap((example) => {
    const pattern = patternOf(example);
    return pattern === undefined ? [] : [{ example, pattern }];
  });
  // What is left over in a frame is a word of the one handler; a frame that two share is the style of all.
  const counts = new Map<string, number>();
  for (const { pattern } of patterns) counts.set(shapeOf(pattern), (counts.get(shapeOf(pattern)) ?? 0) + 1);
  const [best, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
  if (count < LEAST || count * 2 <= examples.length) return undefined;
  const like = patterns.filter(({ pattern }) => shapeOf(pattern) === best);
  const near = like.find(({ example }) => example.near) ?? like[0]!;
  if (near.pattern.verb === undefined) return nounOnly(like, near, subject, may);
  return composed(like, near, subject, may);
}

type Read = { readonly example: Example; readonly pattern: Pattern };

const shapeOf = ({ frame, verb }: Pattern): string => `${verb?.form ?? ""}:${frame}`;

/** The name that all have whose handlers do the same to the same, or that all have whose handlers do the same to whatever. */
function sameOf(examples: readonly Example[], { verbs, nouns }: Subject): string | undefined {
  const [verb, noun] = [verbs[0], nouns[0]?.join(" ")];
  if (verb === undefined) return undefined;
  const alikes = examples.filter(({ subject }) => subject.verbs[0] === verb);
  const exact = alikes.filter(({ subject }) => subject.nouns[0]?.join(" ") === noun);
  for (const list of [exact, new Set(alikes.map(({ subject }) => subject.nouns[0]?.join(" "))).size >= LEAST ? alikes : []]) {
    const texts = new Set(list.map(({ text }) => text));
    if (list.length >= LEAST && texts.size === 1) return list[0]!.text;
  }
  return undefined;
}

/** Where those of the same class all name one thing, it is that of the class. */
function nounOnly(like: readonly Read[], near: Read, { nouns }: Subject, may: ((name: string) => boolean) | undefined): string | undefined {
  const mine = new Set(like.filter(({ example }) => example.near).map(({ example }) => example.text));
  if (mine.size === 1) return [...mine][0];
  const noun = nouns[0];
  if (noun === undefined) return undefined;
  const text = replaced(near.example.text, [{ at: near.pattern.noun!.at, text: likeCase(near, like, noun) }]);
  return may === undefined || may(text) ? text : undefined;
}

function composed(like: readonly Read[], near: Read, subject: Subject, may: ((name: string) => boolean) | undefined): string | undefined {
  const wanted = subject.verbs[0];
  const noun = subject.nouns[0];
  if (wanted === undefined || (near.pattern.noun !== undefined && noun === undefined)) return undefined;
  const told = like.find(({ pattern }) => pattern.verb!.wanted === wanted) ?? like.find(({ pattern }) => pattern.verb!.base === wanted);
  const group = like.find(({ pattern }) => alike(wanted).includes(pattern.verb!.base));
  const usual = told?.pattern.verb!.base ?? group?.pattern.verb!.base ?? wanted;
  for (const base of may === undefined ? [usual] : [usual, ...alike(wanted)]) {
    const word = inForm(base, near.pattern.verb!.form);
    if (word === undefined) continue;
    const { text } = near.example;
    const cuts = [
      { at: near.pattern.verb!.at, text: likeWord(text.slice(...near.pattern.verb!.at), word) },
      ...(near.pattern.noun === undefined ? [] : [{ at: near.pattern.noun.at, text: likeCase(near, like, noun!) }]),
    ];
    const name = replaced(text, cuts);
    if (may === undefined || may(name)) return name;
  }
  return undefined;
}

function replaced(text: string, cuts: readonly { readonly at: readonly [number, number]; readonly text: string }[]): string {
  return [...cuts].sort((a, b) => b.at[0] - a.at[0]).reduce((all, cut) => all.slice(0, cut.at[0]) + cut.text + all.slice(cut.at[1]), text);
}

/** A word in the case of another. */
function likeWord(sample: string, word: string): string {
  if (sample === sample.toUpperCase() && sample.length > 1) return word.toUpperCase();
  return /^[A-Z]/.test(sample) ? word[0]!.toUpperCase() + word.slice(1) : word;
}

/** Several words in the case of the thing of another name, parted as things of several words are there. */
function likeCase({ example: { text }, pattern }: Read, like: readonly Read[], bare: readonly string[]): string {
  const sample = text.slice(...pattern.noun!.at);
  const thing = tokensOf(sample).at(-1)?.word ?? "";
  const words = singular(thing) === thing ? bare : [...bare.slice(0, -1), plural(bare.at(-1)!)];
  const first = likeWord(sample, words[0]!);
  if (words.length === 1) return first;
  const several = like.find((one) => one.pattern.noun!.wanted.length > 1);
  const gap = several === undefined ? gapOf(text) : gapOf(several.example.text.slice(...several.pattern.noun!.at));
  const rest = words.slice(1).map((word) => {
    if (gap !== "") return likeWord(sample.toLowerCase() === sample ? "a" : sample, word);
    return word[0]!.toUpperCase() + word.slice(1);
  });
  return [first, ...rest].join(gap);
}

/** What parts the words of a thing in a name: `_` also where the parts of the name are parted by dots. */
function gapOf(text: string): string {
  const gap = /[A-Za-z\d]([_ -])[A-Za-z\d]/.exec(text)?.[1];
  return gap ?? (/[.:/]/.test(text) ? "_" : text === text.toUpperCase() ? "_" : "");
}
