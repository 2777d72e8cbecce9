import type { EnabledBy, FileView, Framework, HandlerFound } from "../frameworks/framework.ts";
import type { Project } from "../project/project.ts";
import { viewOf } from "../project/view.ts";
import { sourceMatches } from "../frameworks/enabled.ts";
import type { Tell } from "../contract.ts";

/** A handler with the framework that knows how it answers. */
export interface Found {
  readonly handler: HandlerFound;
  readonly framework: Framework;
}

/** Every handler of the project, in the order of files and lines. Two frameworks that see one handler: the first keeps it. */
export function findHandlers(project: Project, frameworks: readonly Framework[], isIncluded: (path: string) => boolean, tell: Tell): Found[] {
  const found: Found[] = [];
  const taken = new Set<string>();
  const candidates = project.paths.filter(isIncluded);
  for (const [i, path] of candidates.entries()) {
    if (i % 50 === 0) tell({ step: "parse", done: i, total: candidates.length, file: path });
    const language = project.languageOf(path)?.id ?? "";
    const text = project.texts.get(path)!;
    const mine = frameworks.filter((one) => one.languages.includes(language) && (one.mayHold.test(text) || one.mayHoldPath?.test(path) === true) && isEnabled(project, one.enabledBy, path, text));
    if (mine.length === 0) continue;
    const file = project.file(path);
    if (file === undefined) continue;
    const view: FileView = viewOf(file, project);
    for (const framework of mine) {
      for (const handler of framework.handlers(view)) {
        const key = `${handler.file.path}:${handler.at.start}:${handler.kind === "errors" ? "errors" : ""}:${"expr" in handler.entry ? handler.entry.expr.start : handler.entry.fn.start}`;
        if (taken.has(key)) continue;
        taken.add(key);
        found.push({ handler, framework });
      }
    }
  }
  return found;
}

/** A dependency of the package around the file, or an import in the file itself. */
function isEnabled(project: Project, enabledBy: EnabledBy, path: string, text: string): boolean {
  if (enabledBy.always === true) return true;
  const named = (["npm", "hex"] as const).some((ecosystem) => enabledBy[ecosystem]?.some((dependency) => project.has(ecosystem, dependency, path)) === true);
  return named || (enabledBy.imports?.some((source) => sourceMatches(text, source)) ?? false) || (enabledBy.npm?.some((dependency) => sourceMatches(text, dependency)) ?? false);
}
