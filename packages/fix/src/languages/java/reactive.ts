import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, indented, lineStart, startsLine } from "../../places/text.ts";
import { pathTo, treeOf } from "../trees/tree.ts";
import type { Seat, Spot } from "../writer.ts";

/**
 * Code that only says what shall happen: publishers of Reactor, which do their work when somebody asks for what they give.
 * A line beside such code is written too early, or for every request. https://projectreactor.io/docs/core/release/api
 */
const OPERATORS =
  /\.\s*(?:map|flatMap\w*|concatMap|switchMap|then\w*|switchIfEmpty|filter\w*|delayUntil|doOn\w+|onError\w+|zipWith|usingWhen|defer|transform\w*|body)\s*\(/;

/** Operators whose argument is a publisher that is asked when its turn comes. */
const LAZY = /^(?:then|switchIfEmpty)$/;

/** What turns an error into something else: whatever comes behind no longer knows of it. */
const RECOVERS = /^onError(?:Resume|Return|Complete)$/;

/** Functions of Spring whose closure answers a request, and gives a `Mono`. */
const ANSWERING = /^(?:GET|POST|PUT|PATCH|DELETE|route|andRoute|flatMap|handle)$/;

const FUNCTIONS: ReadonlySet<string> = new Set(["method_declaration", "lambda_expression"]);

const refuse = (kind: Refused["kind"], reason: string): Refused => ({ kind, reason });

/** A call that may refuse: it is neither what refuses nor an answer. */
const CALLS =
  /^(?:this\.)?(?!(?:Mono|Flux|ServerResponse|response|exchange|redirect)\b)(?:\w+\.)?[a-z]\w*\((?![^]*\b(?:HttpStatus|Mono\.error)\b)/;

type Place = (spot: Spot) => Seat | Refused;

/** A seat in code of Reactor; undefined where the code is none of it. */
export function reactiveSeat(spot: Spot, place: Place): Seat | Refused | undefined {
  const { file, at, kind } = spot;
  const { text } = file;
  const tree = treeOf(file);
  if (tree === undefined || !/\b(?:Mono|Flux)\b/.test(text)) return undefined;
  const path = pathTo(tree, at);
  const i = path.findLastIndex((node) => FUNCTIONS.has(node.type));
  const [fn, inner] = [path[i], path.slice(i + 1)];
  if (fn === undefined) return undefined;
  if (kind === "success" && dealsWithError(path, text)) return refuse("unclear", "the branch deals with an error, which is no success");
  const supplied = kind === "failure" ? suppliedIn(path.at(-1)!, text) : undefined;
  if (supplied !== undefined) return place({ ...spot, at: supplied, answers: true });
  if (kind === "failure" && CALLS.test(text.slice(at.start, at.end)))
    return refuse("unclear", "the call decides by itself whether it refuses");
  const argument = lazyArgument(inner, text);
  if (argument !== undefined) return deferred(spot, argument);
  const value = valueOf(fn, inner);
  if (kind === "failure")
    return value !== undefined && value !== at && inner.some((node) => isOperator(node, text)) && !isSame(value, at)
      ? refuse("no-place", "it is part of what is to happen later")
      : undefined;
  if (value !== undefined && isPublisher(value, fn, text)) return appended(spot, fn, path, value);
  return lateIn(fn, text) ? refuse("no-place", LATER) : undefined;
}

const LATER = "the work is done later, by what is given back";

const isSame = (a: SyntaxNode, b: Spot["at"]): boolean => a.start === b.start && a.end === b.end;

const nameOf = (call: SyntaxNode | undefined, text: string): string => {
  const name = call?.type === "method_invocation" ? call.children.find(({ field }) => field === "name") : undefined;
  return name === undefined ? "" : text.slice(name.start, name.end);
};

const isOperator = (node: SyntaxNode, text: string): boolean =>
  node.type === "method_invocation" && OPERATORS.test(`.${nameOf(node, text)}(`);

/** Whether a closure around a place is what is done about an error. */
function dealsWithError(path: readonly SyntaxNode[], text: string): boolean {
  return path.some((node, i) => node.type === "lambda_expression" && /^(?:onError|doOnError)/.test(nameOf(path[i - 2], text)));
}

/** `Mono.error(() -> new Refused())`: the value of the closure, which is made when somebody is refused. */
function suppliedIn(node: SyntaxNode, text: string): SyntaxNode | undefined {
  if (node.type !== "method_invocation" || !/^(?:Mono|Flux)\s*\.\s*error\s*\(/.test(text.slice(node.start, node.end))) return undefined;
  const closure = node.children.find(({ type }) => type === "argument_list")?.children[0];
  const body = closure?.type === "lambda_expression" ? closure.children.find(({ field }) => field === "body") : undefined;
  return body?.type === "block" ? undefined : body;
}

/** The argument of `then(…)` or `switchIfEmpty(…)` that a place is in, in the same function. */
function lazyArgument(inner: readonly SyntaxNode[], text: string): SyntaxNode | undefined {
  const i = inner.findLastIndex(
    (node, at) => inner[at - 1]?.type === "argument_list" && LAZY.test(nameOf(inner[at - 2], text)) && node.type !== "lambda_expression",
  );
  return inner[i];
}

/** What a function gives: the value of its `return` around the place, or of a closure without a block. */
function valueOf(fn: SyntaxNode, inner: readonly SyntaxNode[]): SyntaxNode | undefined {
  if (fn.type === "lambda_expression" && inner[0]?.type !== "block") return inner[0];
  const returned = inner.findLastIndex(({ type }) => type === "return_statement");
  return returned < 0 ? undefined : inner[returned]!.children[0];
}

/** Whether a value is put together of operators, or is what another function gives that a method hands on. */
function isPublisher(value: SyntaxNode, fn: SyntaxNode, text: string): boolean {
  const said = text.slice(value.start, value.end);
  if (OPERATORS.test(said)) return true;
  return (
    fn.type === "method_declaration" &&
    value.type === "method_invocation" &&
    !/^(?:ServerResponse|Mono|Flux)\b/.test(said) &&
    givesMono(fn, [], text)
  );
}

/** Whether a method gives a publisher that is put together before: what stands between its statements tells of no work. */
function lateIn(fn: SyntaxNode, text: string): boolean {
  const type = fn.children.find(({ field }) => field === "type");
  return (
    fn.type === "method_declaration" &&
    type !== undefined &&
    /^(?:Mono|Flux)\b/.test(text.slice(type.start, type.end)) &&
    OPERATORS.test(text.slice(fn.start, fn.end))
  );
}

/** `then(answer())` becomes `then(Mono.defer(() -> { …; return answer(); }))`. */
function deferred({ file: { text }, style }: Spot, argument: SyntaxNode): Seat | Refused {
  const said = text.slice(argument.start, argument.end);
  if (!/^(?:Mono|ServerResponse|\w+)\s*\./.test(said) && !/^\w+\(/.test(said)) return refuse("no-place", LATER);
  const base = indentAt(text, argument.start);
  const indent = `${base}${style.unit}`;
  const { eol } = style;
  return {
    offset: argument.start,
    safe: true,
    indent,
    write: (line) => [
      {
        start: argument.start,
        end: argument.start,
        text: `Mono.defer(() -> {${eol}${indent}${indented(line, indent, eol)}${eol}${indent}return `,
      },
      ...deeper(text, argument, style.unit),
      { start: argument.end, end: argument.end, text: `;${eol}${base}})` },
    ],
  };
}

/** The lines of an expression behind its first one step further in. */
export function deeper(text: string, { start, end }: { readonly start: number; readonly end: number }, unit: string): readonly Edit[] {
  const said = text.slice(start, end);
  if (said.includes('"""')) return [];
  return [...said.matchAll(/\n(?=[ \t]*\S)/g)].map(({ index }) => ({ start: start + index + 1, end: start + index + 1, text: unit }));
}

/** `.doOnSuccess(unused -> …)` behind what is given back, and before what hides an error. */
function appended(spot: Spot, fn: SyntaxNode, path: readonly SyntaxNode[], value: SyntaxNode): Seat | Refused {
  const { text } = spot.file;
  const said = text.slice(value.start, value.end);
  const written = /\.body\s*\(\s*(\w+)\s*,/.exec(said)?.[1];
  const source = written === undefined ? undefined : declaredAs(written, path, text);
  if (source !== undefined && isMono(source, path, text)) return behind(spot, fn, source);
  if (/\.body\s*\((?![^()]*fromValue)/.test(said)) return refuse("no-place", "the work is done when the answer is written");
  if (!givesMono(fn, path, text)) return refuse("no-place", LATER);
  const chain = beforeRecovery(value, text);
  return chain === undefined ? refuse("no-place", LATER) : behind(spot, fn, chain);
}

/** One more link of a chain. */
function behind({ file: { text }, style }: Spot, fn: SyntaxNode, chain: SyntaxNode): Seat | Refused {
  if (chain.type !== "method_invocation" || isOpen(chain, text)) return refuse("no-place", LATER);
  const name = ["unused", "ignored", "done"].find((one) => !new RegExp(`\\b${one}\\b`).test(text.slice(fn.start, fn.end)));
  if (name === undefined) return refuse("no-place", LATER);
  const lined = linkIndent(text, chain);
  const indent = lined ?? `${indentAt(text, chain.start)}${style.unit}${style.unit}`;
  return {
    offset: chain.start,
    safe: true,
    indent,
    write: (line) => [
      {
        start: chain.end,
        end: chain.end,
        text: `${style.eol}${indent}.doOnSuccess(${name} -> ${indented(line.replace(/;$/, ""), indent, style.eol)})`,
      },
    ],
  };
}

/** The value that a variable of the function is made with. */
function declaredAs(name: string, path: readonly SyntaxNode[], text: string): SyntaxNode | undefined {
  for (const block of path.toReversed()) {
    if (block.type !== "block") continue;
    for (const stmt of block.children) {
      const made = stmt.type === "local_variable_declaration" ? stmt.children.find(({ field }) => field === "declarator") : undefined;
      const [named, value] =
        made === undefined
          ? []
          : [made.children.find(({ field }) => field === "name"), made.children.find(({ field }) => field === "value")];
      if (named !== undefined && value !== undefined && text.slice(named.start, named.end) === name) return value;
    }
  }
  return undefined;
}

/** Whether a chain gives one thing at most, as far as its beginning says so. */
function isMono(chain: SyntaxNode, path: readonly SyntaxNode[], text: string): boolean {
  let at: SyntaxNode = chain;
  while (at.type === "method_invocation") {
    if (/^bodyToMono$/.test(nameOf(at, text))) return true;
    if (!/^(?:map|flatMap|switchIfEmpty|delayUntil|filter\w*|doOn\w+|then\w*|cast|onError\w+)$/.test(nameOf(at, text))) return false;
    const object: SyntaxNode | undefined = at.children.find(({ field }) => field === "object");
    if (object === undefined) return false;
    at = object;
  }
  const source = at.type === "identifier" ? declaredAs(text.slice(at.start, at.end), path, text) : undefined;
  return source !== undefined && source.start < chain.start && isMono(source, path, text);
}

function givesMono(fn: SyntaxNode, path: readonly SyntaxNode[], text: string): boolean {
  if (fn.type === "method_declaration") {
    const type = fn.children.find(({ field }) => field === "type");
    return type !== undefined && /^Mono\b/.test(text.slice(type.start, type.end));
  }
  return ANSWERING.test(nameOf(path[path.indexOf(fn) - 2], text)) && /\bServerResponse\b/.test(text.slice(fn.start, fn.end));
}

/** The chain without the links from the first that hides an error on. */
function beforeRecovery(value: SyntaxNode, text: string): SyntaxNode | undefined {
  let chain: SyntaxNode | undefined = value;
  for (let at: SyntaxNode | undefined = value; at?.type === "method_invocation";) {
    const object: SyntaxNode | undefined = at.children.find(({ field }) => field === "object");
    if (RECOVERS.test(nameOf(at, text))) chain = object;
    at = object;
  }
  return chain;
}

/** Whether the compiler takes the type of a chain from what it is given to: with one more link behind, it could not. */
function isOpen(chain: SyntaxNode, text: string): boolean {
  const last = chain.children.find(({ type }) => type === "argument_list")?.children.at(-1);
  return last !== undefined && /^(?:Mono|Flux)\s*\.\s*(?:empty|error|never|justOrEmpty)\b/.test(text.slice(last.start, last.end));
}

/** Where the links of a chain begin their lines. */
function linkIndent(text: string, chain: SyntaxNode): string | undefined {
  const name = chain.children.find(({ field }) => field === "name");
  const dot = name === undefined ? -1 : text.lastIndexOf(".", name.start);
  return dot > 0 && startsLine(text, dot) ? text.slice(lineStart(text, dot), dot) : undefined;
}
