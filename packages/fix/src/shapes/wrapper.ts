import type { CallExpr, Expr, FileIR, FunctionExpr, FunctionIR, Judged } from "@telltale/scan/analysis";
import type { Edit } from "../contract.ts";
import { indentAt } from "../places/text.ts";
import { anchorsOf, dotted, givenIn } from "./calls.ts";
import type { Mark, Say, Shape } from "./contract.ts";
import { definitionOf } from "./known-names.ts";
import { isLeftIn } from "./left.ts";
import { wordsOf } from "./subject.ts";
import { reindented } from "./texts.ts";
import { verbOf } from "./verbs.ts";

/** `withAuditLogging("deleted", "user", handler)`: a call around the function that serves, or around its name. */
export const wrapper: Shape = {
  id: "wrapper",
  marksOf: (_, judged) =>
    anchorsOf(judged).flatMap(({ file, expr }) =>
      callsAround(file, expr).flatMap(({ call, inner }): readonly Mark[] => {
        const name = dotted(call.callee);
        if (name === undefined || name.startsWith("this.")) return [];
        const told = call.args.filter((arg) => arg !== inner);
        return [{ key: `wrapper:${name}`, shape: wrapper, judged, file, span: call, root: name.split(".")[0]!, told }];
      }),
    ),
  leaves: ({ analysis }, mark, record) => isLeftIn(definitionOf(analysis.project, mark), record, mark.judged.fn),
  put: ({ to, like, marks, say }) => {
    const theirs = callOf(like);
    const handed = theirs?.args.find((arg) => !like.told.includes(arg));
    if (theirs === undefined || handed === undefined || !fits(to, marks)) return undefined;
    const isName = handed.kind === "name" || handed.kind === "member";
    const anchors = anchorsOf(to);
    const anchor = anchors.find(({ expr }) => (expr.kind === "function") !== isName) ?? anchors[0];
    if (anchor === undefined || isShared(to, anchor)) return undefined;
    return around(anchor.file, inside(anchor.file, anchor.expr, like), theirs, handed, like, say);
  },
};

interface Around {
  readonly call: CallExpr;
  /** Its argument that leads to the handler. */
  readonly inner: Expr;
}

/** The calls around an expression, each given the one before, the innermost first. */
function callsAround(file: FileIR, expr: Expr): readonly Around[] {
  const calls: Around[] = [];
  const { to } = givenIn(file);
  for (let inner: Expr = expr, call = to.get(inner); call !== undefined; inner = call, call = to.get(inner)) calls.push({ call, inner });
  return calls;
}

const callOf = ({ file, span }: Mark): CallExpr | undefined =>
  givenIn(file).calls.find(({ start, end }) => start === span.start && end === span.end);

/** The expression that the call goes around: outside of those calls that it is outside of elsewhere. */
function inside(file: FileIR, expr: Expr, like: Mark): Expr {
  const inner = new Set<string>();
  for (const anchor of anchorsOf(like.judged)) {
    for (const { call } of callsAround(anchor.file, anchor.expr)) {
      if (call.start === like.span.start) break;
      inner.add(dotted(call.callee) ?? "");
    }
  }
  let at = expr;
  for (const { call } of callsAround(file, expr)) if (inner.has(dotted(call.callee) ?? "")) at = call;
  return at;
}

/** A function that says nothing of what it does may serve several routes, which do not do the same. */
function isShared({ fn }: Judged, { file, expr }: { readonly file: FileIR; readonly expr: Expr }): boolean {
  if (expr.kind !== "function" || fn === undefined || fn.name === "" || verbOf(wordsOf(fn.name)[0] ?? "") !== undefined) return false;
  return (file.text.match(new RegExp(`\\b${fn.name}\\b`, "g")) ?? []).length > 1;
}

/** Whether a function may take the place of those that others hand over: it asks for nothing that none of them asks for. */
function fits({ fn }: Judged, marks: readonly Mark[]): boolean {
  if (fn === undefined) return false;
  const others = marks.flatMap(({ judged }) => judged.fn ?? []);
  const asked = new Set(others.flatMap(keysAsked));
  return (
    fn.params.length <= Math.max(...others.map(({ params }) => params.length)) &&
    (asked.size === 0 || keysAsked(fn).every((key) => asked.has(key)))
  );
}

/** The keys that a function takes out of its first argument. */
function keysAsked({ params: [first] }: FunctionIR): readonly string[] {
  if (first?.pattern.kind !== "recordPattern") return [];
  return first.pattern.entries.map(({ key }) => key ?? "...");
}

function around(file: FileIR, target: Expr, theirs: CallExpr, handed: Expr, like: Mark, say: Say): readonly Edit[] | undefined {
  const at = theirs.args.indexOf(handed);
  const indent = indentAt(file.text, target.start);
  const told = (args: readonly Expr[]): readonly string[] => args.map((arg) => reindented(say(arg), like.file, theirs, indent, file));
  const callee = like.file.text.slice(theirs.callee.start, theirs.callee.end);
  const before = told(theirs.args.slice(0, at)).map((text) => `${text}, `);
  const after = told(theirs.args.slice(at + 1)).map((text) => `, ${text}`);
  const [head, tail] = [`${callee}(${before.join("")}`, `${after.join("")})`];
  if (target.kind === "function" && isDeclaration(file, target)) return asValue(file, target, head, tail, !FUNCTION.test(textOf(like)));
  return [
    { start: target.start, end: target.start, text: head },
    { start: target.end, end: target.end, text: tail },
  ];
}

const FUNCTION = /^(?:async\s+)?function\b/;

/** The function that another handler hands over. */
const textOf = ({ judged: { fn } }: Mark): string => (fn === undefined ? "" : fn.file.text.slice(fn.start, fn.end));

const isDeclaration = ({ text }: FileIR, { start, fn }: FunctionExpr): boolean =>
  fn.name !== "" &&
  FUNCTION.test(text.slice(start)) &&
  /(?:^|[;{}]|\bexport(?:\s+default)?)\s*$|\n\s*$|\*\/\s*$/.test(text.slice(0, start));

/**
 * `export async function DELETE() {}` becomes `export const DELETE = audited(async () => {});`, where nothing else in the
 * file names it. It stays a function where what is handed over elsewhere is one, or where it asks for `this`.
 */
function asValue(file: FileIR, { start, end, fn }: FunctionExpr, head: string, tail: string, arrow: boolean): readonly Edit[] | undefined {
  const exported = /\bexport(\s+default)?\s+$/.exec(file.text.slice(0, start));
  const isNamed = (file.text.match(new RegExp(`\\b${fn.name}\\b`, "g")) ?? []).length > 1;
  if (exported === null || isNamed) return undefined;
  const name = exported[1] === undefined ? `const ${fn.name} = ` : "";
  return [
    { start, end: start, text: `${name}${head}` },
    ...(arrow ? asArrow(file, start, end, fn) : []),
    { start: end, end, text: `${tail};` },
  ];
}

function asArrow({ text }: FileIR, start: number, end: number, fn: FunctionIR): readonly Edit[] {
  const keyword = /^(async\s+)?function\s+\w+\s*(?=\()/.exec(text.slice(start));
  const [first] = fn.body;
  const brace = first === undefined ? -1 : text.lastIndexOf("{", first.start - 1);
  if (keyword === null || brace < start || text.slice(brace + 1, first!.start).trim() !== "") return [];
  if (/\b(?:this|arguments|super)\b|new\.target/.test(text.slice(start, end))) return [];
  return [
    { start, end: start + keyword[0].length, text: keyword[1] ?? "" },
    { start: brace, end: brace, text: "=> " },
  ];
}
