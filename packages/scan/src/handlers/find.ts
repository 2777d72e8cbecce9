import type { Tell } from "../contract.ts";
import type { FileView, Framework, HandlerFound } from "../frameworks/framework.ts";
import type { Project } from "../project/project.ts";
import { viewOf } from "../project/view.ts";
import { createSwitch } from "./enabled.ts";

/** A handler with the framework that knows how it answers. */
export interface Found {
  readonly handler: HandlerFound;
  readonly framework: Framework;
}

/** Every handler of the project, in the order of files and lines. Two frameworks that see one handler: the first keeps it. */
export function findHandlers(
  project: Project,
  frameworks: readonly Framework[],
  isIncluded: (path: string) => boolean,
  tell: Tell,
): Found[] {
  const found: Found[] = [];
  const taken = new Set<string>();
  const isEnabled = createSwitch(project);
  const candidates = project.paths.filter(isIncluded);
  for (const [i, path] of candidates.entries()) {
    const language = project.languageOf(path)?.id ?? "";
    const text = project.texts.get(path)!;
    const mine = frameworks.filter((one) => one.languages.includes(language) && isEnabled(one, path, text) && mayHold(one, path, text));
    if (mine.length === 0) continue;
    tell({ step: "parse", done: i, total: candidates.length, file: path });
    const file = project.file(path);
    if (file === undefined) continue;
    const view: FileView = viewOf(file, project);
    for (const framework of mine) {
      for (const handler of framework.handlers(view)) {
        const key = keyOf(handler);
        if (taken.has(key)) continue;
        taken.add(key);
        found.push({ handler, framework });
      }
    }
  }
  return found;
}

function mayHold(framework: Framework, path: string, text: string): boolean {
  return framework.mayHoldPath?.test(path) === true || framework.mayHold.test(text);
}

/** What tells one handler from another: where it is registered, and what runs. */
function keyOf({ file, at, kind, entry }: HandlerFound): string {
  const runs = "expr" in entry ? entry.expr.start : entry.fn.start;
  return `${file.path}:${at.start}:${kind === "errors" ? "errors" : ""}:${runs}`;
}
