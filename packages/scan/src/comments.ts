import type { SourceComment } from "./contract.ts";
import { lineAt } from "./judge/places.ts";
import type { FileIR } from "./ir/nodes.ts";
import type { Project } from "./project/project.ts";

const MARK = "telltale-ignore";

/** The comments that speak of suppression, in every file of the project: the text test is cheap, parsing is not. */
export function commentsOf(project: Project): ReadonlyMap<string, readonly SourceComment[]> {
  const comments = new Map<string, readonly SourceComment[]>();
  for (const path of project.paths) {
    if (!project.texts.get(path)!.includes(MARK)) continue;
    const file = project.file(path);
    if (file === undefined) continue;
    const mine = file.comments
      .map((span) => ({ span, text: file.text.slice(span.start, span.end) }))
      .filter(({ text }) => text.includes(MARK))
      .map(({ span, text }) => ({
        line: lineAt(file, span.start).line,
        text,
        nextCodeLine: nextCodeLine(file, span.end),
        ...(isTrailing(file, span.start) ? { trailing: true } : {}),
      }));
    if (mine.length > 0) comments.set(path, mine);
  }
  return comments;
}

/** Whether code stands before the comment on its line; a comment there, or the end of one, is no code. */
function isTrailing(file: FileIR, start: number): boolean {
  const before = file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start);
  let at = start - before.length;
  while (at < start) {
    const comment = file.comments.find((span) => span.start <= at && at < span.end);
    if (comment !== undefined) at = comment.end;
    else if (/\s/.test(file.text[at]!)) at++;
    else return true;
  }
  return false;
}

/** The first line behind an offset that holds code. */
function nextCodeLine(file: FileIR, end: number): number {
  let at = end;
  for (;;) {
    while (at < file.text.length && /\s/.test(file.text[at]!)) at++;
    if (at >= file.text.length) return 0;
    const comment = file.comments.find((span) => span.start === at);
    if (comment === undefined) return lineAt(file, at).line;
    at = comment.end;
  }
}
