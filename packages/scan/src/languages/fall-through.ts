/** Cases of a `switch` that run on into the next one: an arm of a match holds what it falls through to, and no `break`. */
import type { BlockStmt, IfStmt, Span, Stmt } from "../ir/nodes.ts";

/** So many cases are copied into one that falls through to them; no person writes more. */
const LONGEST_FALL = 32;

/** A case with the statements that stand in it, before what follows is copied. */
export interface WrittenCase extends Span {
  readonly body: readonly Stmt[];
}

/** What runs from a case on. `breaks` are the jumps that leave the switch. */
export function fallenThrough(
  written: readonly WrittenCase[],
  index: number,
  breaks: ReadonlySet<Stmt>,
): { readonly body: readonly Stmt[]; readonly end: number } {
  let end = written[index]?.end ?? 0;
  const body: Stmt[] = [];
  for (const one of written.slice(index, index + LONGEST_FALL)) {
    body.push(...one.body);
    end = one.end;
    if (leaves(one.body)) break;
  }
  return { body: withoutBreaks(body, breaks), end };
}

/** No way leads past the last statement. */
function leaves(body: readonly Stmt[]): boolean {
  return body.some((stmt) => {
    if (stmt.kind === "return" || stmt.kind === "throw" || stmt.kind === "jump") return true;
    if (stmt.kind === "blockStmt") return leaves(stmt.body);
    return stmt.kind === "if" && leaves(stmt.then) && leaves(stmt.otherwise);
  });
}

/** Drops `break`s of the switch: what stands after `if (x) break;` moves to the other branch. */
function withoutBreaks(body: readonly Stmt[], breaks: ReadonlySet<Stmt>): readonly Stmt[] {
  if (breaks.size === 0) return body;
  const kept: Stmt[] = [];
  for (const [index, stmt] of body.entries()) {
    if (breaks.has(stmt)) return kept;
    if ((stmt.kind === "blockStmt" || stmt.kind === "if") && endsInBreak([stmt], breaks)) {
      return [...kept, ...split(stmt, body.slice(index + 1), breaks)];
    }
    kept.push(stmt);
  }
  return kept;
}

/** What follows is never copied into two branches, which would double with each `if`: such a `break` stays a jump. */
function split(stmt: IfStmt | BlockStmt, rest: readonly Stmt[], breaks: ReadonlySet<Stmt>): readonly Stmt[] {
  const end = rest.at(-1)?.end ?? stmt.end;
  const joined = (body: readonly Stmt[]) => withoutBreaks(leaves(body) ? body : [...body, ...rest], breaks);
  if (stmt.kind === "blockStmt") return [{ ...stmt, end, body: joined(stmt.body) }];
  if (!leaves(stmt.then) && !leaves(stmt.otherwise)) return [stmt, ...withoutBreaks(rest, breaks)];
  return [{ ...stmt, end, then: joined(stmt.then), otherwise: joined(stmt.otherwise) }];
}

function endsInBreak(body: readonly Stmt[], breaks: ReadonlySet<Stmt>): boolean {
  const last = body.at(-1);
  if (last === undefined) return false;
  if (breaks.has(last)) return true;
  if (last.kind === "blockStmt") return endsInBreak(last.body, breaks);
  return last.kind === "if" && (endsInBreak(last.then, breaks) || endsInBreak(last.otherwise, breaks));
}
