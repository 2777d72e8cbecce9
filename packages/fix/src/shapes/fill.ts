import { walkExpr, type Expr, type FileIR, type Judged, type Span } from "@telltale/scan/analysis";
import { edited } from "../apply/texts.ts";
import type { Edit } from "../contract.ts";
import type { Bench, Mark, Say } from "./contract.ts";
import { definitionOf, membersOf } from "./known-names.ts";
import { textsFor, textsUnder } from "./known-texts.ts";
import { spelledAs, type Example } from "./spelling.ts";
import { subjectOf, wordsOf } from "./subject.ts";
import { verbOf } from "./verbs.ts";

/** What a mark is told, said anew for another handler. */
export interface Filled {
  readonly like: Mark;
  readonly say: Say;
  /** The name of the event, for people. */
  readonly event: string;
  /** Names that it needs beside the mark's own. */
  readonly names: readonly string[];
}

/** A value that a mark is told, with where it stands among the arguments. */
interface Leaf {
  readonly path: readonly string[];
  readonly expr: Expr;
}

/** How many ways to say it are tried: the most usual first. */
const MOST_TRIES = 3;

/** What the marks of others say, for a handler of which that can be told; undefined where an argument is anybody's guess. */
export function fill(bench: Bench, to: Judged, marks: readonly Mark[]): Filled | undefined {
  for (const likes of structures(marks, to).slice(0, MOST_TRIES)) {
    const filled = fillLike(bench, to, likes, marks);
    if (filled !== undefined) return filled;
  }
  return undefined;
}

/** Marks with the same arguments, the most usual first; of each those of the same class, then of the same file first. */
function structures(marks: readonly Mark[], to: Judged): readonly (readonly Mark[])[] {
  const groups = new Map<string, Mark[]>();
  for (const mark of marks) {
    const key = leavesOf(mark)
      .map(({ path }) => path.join("."))
      .join("|");
    groups.set(key, [...(groups.get(key) ?? []), mark]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => [...group].sort((a, b) => distance(a, to) - distance(b, to)));
}

function distance({ judged, file }: Mark, to: Judged): number {
  if (isNear(judged, to)) return 0;
  return file === to.file ? 1 : 2;
}

const containerOf = ({ fn, found }: Judged) => found.handler.container ?? fn?.container;

function isNear(a: Judged, b: Judged): boolean {
  const container = containerOf(a);
  return container !== undefined && container === containerOf(b);
}

function leavesOf({ told }: Mark): readonly Leaf[] {
  return told.flatMap((expr, i) => leavesIn(expr, [String(i)]));
}

function leavesIn(expr: Expr, path: readonly string[]): readonly Leaf[] {
  if (expr.kind !== "record") return [{ path, expr }];
  const named = expr.named === true ? [] : path;
  return expr.entries.flatMap((entry) => leavesIn(entry.value, [...named, entry.key ?? "..."]));
}

function fillLike(bench: Bench, to: Judged, [like]: readonly Mark[], marks: readonly Mark[]): Filled | undefined {
  const edits: Edit[] = [];
  const names: string[] = [];
  const said: string[] = [];
  for (const leaf of leavesOf(like!)) {
    const text = valueFor(bench, to, like!, leaf, marks);
    if (text === undefined) return undefined;
    const { start, end } = leaf.expr;
    names.push(...rootsIn(leaf.expr));
    if (isTold(leaf.expr)) said.push(text.replace(/^["'`]|["'`]$/g, ""));
    if (text !== like!.file.text.slice(start, end)) edits.push({ start, end, text });
  }
  return { like: like!, say: sayOf(like!.file, edits), event: said.join(" "), names: [...new Set(names)] };
}

const isTold = (expr: Expr): boolean => expr.kind === "literal" || expr.kind === "member";

const sayOf =
  (file: FileIR, edits: readonly Edit[]): Say =>
  (span: Span) =>
    edited(
      file.text.slice(span.start, span.end),
      edits
        .filter(({ start, end }) => span.start <= start && end <= span.end)
        .map(({ start, end, text }) => ({ start: start - span.start, end: end - span.start, text })),
    );

/** The names that an expression starts from: `AuditAction` of `AuditAction.Create`. */
function rootsIn(expr: Expr): readonly string[] {
  const roots: string[] = [];
  walkExpr(expr, (one) => {
    if (one.kind === "name") roots.push(one.name);
  });
  return roots;
}

/** The text of one argument: what all say alike stays, a name is put together as the others put theirs. */
function valueFor(bench: Bench, to: Judged, like: Mark, leaf: Leaf, marks: readonly Mark[]): string | undefined {
  const key = leaf.path.join(".");
  const others = marks.flatMap((mark) => leavesOf(mark).flatMap(({ path, expr }) => (path.join(".") === key ? [{ mark, expr }] : [])));
  const written = like.file.text.slice(leaf.expr.start, leaf.expr.end);
  const isSame = others.length > 1 && others.every(({ mark, expr }) => mark.file.text.slice(expr.start, expr.end) === written);
  const name = nameIn(leaf.expr);
  if (name === undefined) return isSame && isPlain(leaf.expr) ? written : undefined;
  const examples = others.flatMap(({ mark, expr }): Example[] => {
    const text = nameIn(expr);
    return text === undefined ? [] : [{ text: text.text, subject: subjectOf(mark.judged), near: isNear(mark.judged, to) }];
  });
  const may = allowed(bench, like, leaf, new Set(examples.map(({ text }) => text)));
  const spelled = spelledAs(examples, subjectOf(to), may);
  if (spelled !== undefined) return written.slice(0, name.from) + spelled + written.slice(name.to);
  return isSame && !wordsOf(name.text).some((word) => verbOf(word) !== undefined) ? written : undefined;
}

/** A name in an argument: a text, or the member of an enum; with where it stands in what is written. */
function nameIn(expr: Expr): { readonly text: string; readonly from: number; readonly to: number } | undefined {
  const length = expr.end - expr.start;
  if (expr.kind === "literal" && typeof expr.value === "string" && expr.value.length === length - 2)
    return { text: expr.value, from: 1, to: length - 1 };
  if (expr.kind !== "member" || expr.property === null || expr.object.kind !== "name" || expr.object.name === "this") return undefined;
  const from = length - expr.property.length;
  return { text: expr.property, from, to: length };
}

/** A value that means the same wherever it stands. */
function isPlain(expr: Expr): boolean {
  if (expr.kind === "literal") return true;
  if (expr.kind === "list") return expr.items.every(isPlain);
  return expr.kind === "member" && expr.object.kind === "name" && expr.object.name !== "this";
}

/** Whether a name exists; undefined where any does. */
function allowed(
  { analysis }: Bench,
  like: Mark,
  { path, expr }: Leaf,
  used: ReadonlySet<string>,
): ((name: string) => boolean) | undefined {
  const { project } = analysis;
  if (expr.kind === "member") {
    const members = membersOf(project, analysis.files(), like.file, expr.object.kind === "name" ? expr.object.name : "") ?? used;
    return (name) => members.has(name);
  }
  if (like.file.language !== "javascript") return undefined;
  const isOption = like.shape.id === "option";
  const texts = isOption
    ? textsUnder(project, like.file, analysis.files(), [keyOf(like), ...path.slice(1)])
    : textsFor(project, definitionOf(project, like), Number(path[0]), path.slice(1));
  if (texts === "any") return undefined;
  const known = texts ?? used;
  return (name) => known.has(name);
}

/** The last key of an option: `audit` of `config.audit`. */
const keyOf = ({ key }: Mark): string => key.slice(Math.max(key.lastIndexOf("."), key.lastIndexOf(":")) + 1);
