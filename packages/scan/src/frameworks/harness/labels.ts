/**
 * The labels of fixtures. After a comment sign (`//` or `#`) comes `~`, then carets (each one line further up), then one of:
 *
 *     //~ handler POST /login                       a route; `-` where the method or the path is unknown
 *     //~ handler - /admin gate name=requireAdmin   the kind where it is not `route`; the rest after `name=` is the name
 *     //~ end 401 sent                              what a call or assignment of that line says; words in any order
 *     //~ end none                                  … and that it says nothing
 *     //~ wrong: handler POST /login                known error: not found today; fails once it is
 *     //~ wrong: noise                              known error: a handler is found here that is none
 *
 * Several labels share a line by repeating the sign. A label stands for the line on which the handler's `at` starts.
 */

export interface HandlerLabel {
  readonly method: string;
  readonly path: string;
  readonly kind: string;
  readonly name?: string;
}

export type Label = { readonly line: number } & (
  | { readonly word: "handler"; readonly handler: HandlerLabel }
  | { readonly word: "end"; readonly end: ReadonlySet<string> }
  | { readonly word: "wrong"; readonly handler: HandlerLabel }
  | { readonly word: "noise" }
);

const SIGN = /(?:\/\/|#)~/;
const KINDS = new Set(["gate", "callback", "errors", "route"]);
const END_WORDS = /^(?:[1-5]\d\d|sent|denied|invalid|error|redirect|raises|stops|halts|perhaps|none)$/;

/** Every label of a text. Lines count from 1. Throws on a word that is none: a misspelt label must not pass as no label. */
export function labelsOf(text: string): readonly Label[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split(SIGN)
      .slice(1)
      .map((label) => read(label, index + 1)),
  );
}

function read(label: string, at: number): Label {
  const carets = /^\^*/.exec(label)?.[0].length ?? 0;
  const line = at - carets;
  const words = label.slice(carets).trim();
  if (words === "wrong: noise") return { line, word: "noise" };
  if (words.startsWith("wrong: handler ")) return { line, word: "wrong", handler: handlerOf(words.slice(15), at) };
  if (words.startsWith("handler ")) return { line, word: "handler", handler: handlerOf(words.slice(8), at) };
  if (words.startsWith("end ")) return { line, word: "end", end: endOf(words.slice(4), at) };
  throw new Error(`line ${at}: unknown label "${words}"`);
}

function handlerOf(words: string, at: number): HandlerLabel {
  const [head = "", name] = words.split(/\s+name=/, 2);
  const [method, path, kind = "route", ...rest] = head.trim().split(/\s+/);
  if (method === undefined || path === undefined) throw new Error(`line ${at}: a handler label needs METHOD and PATH`);
  if (!KINDS.has(kind) || rest.length > 0) throw new Error(`line ${at}: "${[kind, ...rest].join(" ")}" is no kind`);
  return name === undefined ? { method, path, kind } : { method, path, kind, name: name.trim() };
}

function endOf(words: string, at: number): ReadonlySet<string> {
  const said = words.trim().split(/\s+/);
  for (const word of said) if (!END_WORDS.test(word)) throw new Error(`line ${at}: "${word}" is no end`);
  return new Set(said.filter((word) => word !== "none"));
}
