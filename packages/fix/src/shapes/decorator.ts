import type { Decorator, FileIR, FunctionIR, Span } from "@telltale/scan/analysis";
import { indentAt, startsLine } from "../places/text.ts";
import type { Edit } from "../contract.ts";
import type { Mark, Shape } from "./contract.ts";
import { definitionOf } from "./known-names.ts";
import { isLeftIn } from "./left.ts";
import { reindented } from "./texts.ts";

/** `@Audit("user.deleted")` on a method: decorators of JavaScript and Python, annotations of Java and Kotlin, attributes of C#. */
export const decorator: Shape = {
  id: "decorator",
  marksOf: (_, judged) => {
    const { fn } = judged;
    return (fn?.decorators ?? []).map((one): Mark => ({
      key: `decorator:${one.name}`,
      shape: decorator,
      judged,
      file: fn!.file,
      span: one,
      root: one.name.split(".")[0]!,
      told: one.args,
    }));
  },
  // A decorator that is a function around the handler leaves the record itself; another leaves it where it stands.
  leaves: ({ analysis }, mark, record) =>
    (record.file === mark.file && record.span.start === mark.span.start) ||
    isLeftIn(definitionOf(analysis.project, mark), record, mark.judged.fn),
  put: ({ to: { fn }, like, say }) => {
    if (fn === undefined || fn.file.language !== like.file.language) return undefined;
    // Several attributes may share their brackets.
    const whole = wholeOf(like.file, like.span);
    if (fn.file.language === "csharp" && like.file.text[whole.start] !== "[") return undefined;
    const text = reindented(say(whole), like.file, like.span, indentAt(fn.file.text, fn.start), fn.file);
    return placeIn(fn, like, text);
  },
};

/** With the sign that opens it and the brackets around it, where they are no part of it. */
function wholeOf({ text }: FileIR, { start, end }: Span): Span {
  if (text[start - 1] === "@") return { start: start - 1, end };
  return text[start - 1] === "[" && text[end] === "]" ? { start: start - 1, end: end + 1 } : { start, end };
}

/** Beside the decorator that it stands beside on the other handler; behind the last where that one is missing. */
function placeIn(fn: FunctionIR, like: Mark, text: string): readonly Edit[] | undefined {
  const { file } = fn;
  const mine = sorted(fn.decorators);
  const theirs = sorted(like.judged.fn!.decorators);
  const index = theirs.findIndex(({ start }) => start === like.span.start);
  const before = theirs.slice(0, index).findLast(({ name }) => mine.some((one) => one.name === name));
  const neighbour = before === undefined ? undefined : mine.findLast(({ name }) => name === before.name);
  if (neighbour === undefined && index === 0 && mine.length > 0) return put(file, wholeOf(file, mine[0]!).start, text, "before");
  const last = neighbour ?? mine.at(-1);
  return last === undefined ? put(file, fn.start, text, "before") : put(file, wholeOf(file, last).end, text, "after");
}

const sorted = (all: readonly Decorator[]): readonly Decorator[] => [...all].sort((a, b) => a.start - b.start);

function put({ text: whole }: FileIR, at: number, text: string, side: "before" | "after"): readonly Edit[] | undefined {
  const indent = indentAt(whole, at);
  const eol = whole.includes("\r\n") ? "\r\n" : "\n";
  if (side === "before") return startsLine(whole, at) ? [{ start: at, end: at, text: `${text}${eol}${indent}` }] : undefined;
  return [{ start: at, end: at, text: `${eol}${indent}${text}` }];
}
