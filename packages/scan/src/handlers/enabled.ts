import { sourceMatches } from "../frameworks/enabled.ts";
import { ECOSYSTEMS, type Framework } from "../frameworks/framework.ts";
import type { Project } from "../project/project.ts";

/** Says whether a framework is switched on for a file: always, by a dependency around it, or by an import of its own. */
export function createSwitch(project: Project): (framework: Framework, path: string, text: string) => boolean {
  const byFolder = new Map<string, Map<Framework, boolean>>();
  const isDependency = (framework: Framework, path: string): boolean => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    let known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, (known = new Map()));
    let answer = known.get(framework);
    if (answer === undefined) known.set(framework, (answer = isNamedAround(project, framework, path)));
    return answer;
  };
  let last: { readonly text: string; readonly imports: string } | undefined;
  const importsOf = (path: string, text: string): string => {
    // Where imports are no paths, they are not quoted, or stand anywhere.
    if (project.languageOf(path)?.linking.by !== "path") return text;
    if (last?.text !== text) last = { text, imports: quotedSources(text) };
    return last.imports;
  };
  return (framework, path, text) =>
    framework.enabledBy.always === true || isDependency(framework, path) || isImported(framework, importsOf(path, text));
}

/** `from "x"`, `import "x"`, `import("x")`, `require("x")`, with comments between. */
const QUOTED_SOURCE = /\b(?:from|import|require)\b(?:\.\w+)?\s*\(?\s*(?:(?:\/\*[^]*?\*\/|\/\/.*)\s*)*(["'`][^"'`\n]+["'`])/g;

/** What a text imports, each in its quotes on a line of its own: two dozen frameworks are looked for in it. */
function quotedSources(text: string): string {
  return [...text.matchAll(QUOTED_SOURCE)].map((match) => match[1]).join("\n");
}

function isNamedAround(project: Project, { enabledBy }: Framework, path: string): boolean {
  return ECOSYSTEMS.some((ecosystem) => enabledBy[ecosystem]?.some((name) => project.has(ecosystem, name, path)) === true);
}

function isImported({ enabledBy }: Framework, imports: string): boolean {
  return [enabledBy.imports, enabledBy.npm].some((sources) => sources?.some((source) => sourceMatches(imports, source)) === true);
}
