import type { Project, SyntaxNode } from "@telltale/scan/analysis";
import type { FileIR } from "@telltale/scan/analysis";
import type { Edit } from "../../contract.ts";
import { lineEnd } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { textIn } from "./nodes.ts";

export const LOGGING = "Microsoft.Extensions.Logging";

/** A namespace that a file must see: nothing where it does so already. */
export function usingEdits(root: SyntaxNode, file: FileIR, project: Project, { eol }: Style, wanted: string): readonly Edit[] {
  const { text } = file;
  if (sees(file, wanted) || (wanted === LOGGING && isImplicit(file, project))) return [];
  const usings = root.children.filter((node) => node.type === "using_directive" && !/\bglobal\b|\bstatic\b|=/.test(textIn(text, node)));
  const nameOf = (node: SyntaxNode): string => /using\s+([\w.]+)/.exec(textIn(text, node))?.[1] ?? "";
  // Those of `System` stand first, as the formatter of .NET has them.
  const rank = (name: string): string => `${/^System\b/.test(name) ? 0 : 1}${name}`;
  const before = usings.findLast((node) => rank(nameOf(node)) < rank(wanted));
  if (before !== undefined) {
    const end = lineEnd(text, before.end);
    return [{ start: end, end, text: `${eol}using ${wanted};` }];
  }
  const [first] = usings;
  if (first !== undefined) return [{ start: first.start, end: first.start, text: `using ${wanted};${eol}` }];
  const at = root.children[0]?.start ?? 0;
  return [{ start: at, end: at, text: `using ${wanted};${eol}${eol}` }];
}

/** Whether the package around a file has the library: a web project always does, others where one of their files uses it. */
export function hasLogging(file: FileIR, project: Project): boolean {
  const folder = project.packagesOf(file.path)[0]?.folder ?? "";
  return [...project.texts].some(
    ([path, text]) =>
      path.endsWith(".cs") &&
      path.startsWith(folder) &&
      /\bILogger\b|\bMicrosoft\.AspNetCore\b|\bWebApplication\b|\bController(?:Base)?\b/.test(text) &&
      (project.packagesOf(path)[0]?.folder ?? "") === folder,
  );
}

function sees(file: FileIR, wanted: string): boolean {
  const within = /^\s*namespace\s+([\w.]+)/m.exec(file.text)?.[1];
  return (
    within === wanted ||
    within?.startsWith(`${wanted}.`) === true ||
    file.imports.some(({ source, local }) => source === wanted && local === "*")
  );
}

/**
 * Whether the SDK for web projects brings the namespace into every file, or other files do without it.
 * https://learn.microsoft.com/dotnet/core/project-sdk/overview#implicit-using-directives
 */
function isImplicit(file: FileIR, project: Project): boolean {
  const folder = project.packagesOf(file.path)[0]?.folder ?? "";
  for (const [path, text] of project.texts) {
    if (path === file.path || !path.endsWith(".cs") || !path.startsWith(folder) || !/\bILogger<\w/.test(text)) continue;
    if (project.packagesOf(path)[0]?.folder === folder && !text.includes(`using ${LOGGING};`) && !text.includes("namespace Microsoft."))
      return true;
  }
  return false;
}
