import type { SyntaxNode, SyntaxTree } from "@telltale/scan/analysis";
import { isRefused, type Edit, type Refused } from "../../contract.ts";
import { isBroken, pathTo, treeOf } from "../trees/tree.ts";
import type { Held, PenAsk } from "../writer.ts";
import { giveLogger, type Given } from "./constructor.ts";
import { giveEndpoint } from "./endpoint.ts";
import { makingOf } from "./made.ts";
import { hasModifier, ofType, textIn } from "./nodes.ts";
import { hasLogging, LOGGING, usingEdits } from "./usings.ts";

const refuse = (reason: string): Refused => ({ kind: "no-logger", reason });

/** A logger that is there, or one that the container hands to the class or the endpoint. */
export function hold(ask: PenAsk): Held | Refused {
  const { pen, held, file, offset } = ask;
  if (held || pen.name.startsWith("Console") || /^(?:Serilog\.)?Log$/.test(pen.name))
    return { expression: pen.name.replace(/^this\.(?=_)/, ""), edits: [] };
  const tree = treeOf(file);
  if (tree === undefined) return refuse(`${pen.name} is not in scope there`);
  const path = pathTo(tree, { start: offset, end: offset });
  const type = path.findLast((node) => /^(?:class|struct|record|record_struct)_declaration$/.test(node.type));
  const own = type === undefined ? undefined : loggerOf(type, file.text);
  if (own !== undefined && (own.static || !isStatic(path, type))) return { expression: own.name, edits: [] };
  if (pen.logger.id !== "microsoft-logging") return refuse(`${pen.name} is not in scope there`);
  if (!hasLogging(file, ask.project)) return refuse("its package does not use Microsoft.Extensions.Logging");
  const given = giveEndpoint({ ...ask, path }) ?? inClass(ask, tree, path, type);
  return isRefused(given) ? given : { ...given, edits: [...given.edits, ...usingsFor(ask, tree, given)] };
}

function inClass(
  { file, project, style, leftOut }: PenAsk,
  tree: SyntaxTree,
  path: readonly SyntaxNode[],
  type: SyntaxNode | undefined,
): Given | Refused {
  if (type === undefined || isStatic(path, type)) return refuse("the code is static, and nobody hands it a logger");
  if (isBroken(tree, type)) return refuse("the parser cannot read its class");
  const { text } = file;
  const making = makingOf(type, text, project, leftOut);
  if (typeof making === "object") return refuse(making.refused);
  return giveLogger({
    type,
    text,
    style,
    optional: making === "also-by-hand",
    nullable: marksNull(text, file.path, project),
    primary: [...project.texts].some(([path, other]) => path.endsWith(".cs") && /\bclass\s+\w+\([A-Z]/.test(other)),
  });
}

/** Whether code is static, as far as the class around it goes. */
function isStatic(path: readonly SyntaxNode[], type: SyntaxNode | undefined): boolean {
  return path.slice(path.indexOf(type!)).some((node) => hasModifier(node, "static") && node.type !== "lambda_expression");
}

/** Whether a file marks references that may be null. */
function marksNull(text: string, path: string, project: PenAsk["project"]): boolean {
  const said = /^\s*#nullable\s+(enable|disable)/m.exec(text)?.[1];
  if (said !== undefined) return said === "enable";
  if (/\b(?:string|I[A-Z]\w+)\?\s+\w+/.test(text)) return true;
  const folders = path.split("/").map((_, i, parts) => parts.slice(0, i).join("/"));
  return folders.some((folder) =>
    /<Nullable[^>]*>enable</.test(project.read(`${folder}${folder === "" ? "" : "/"}Directory.Build.props`) ?? ""),
  );
}

function usingsFor({ file, project, style }: PenAsk, tree: SyntaxTree, { edits, expression }: Given): readonly Edit[] {
  if (edits.length === 0) return [];
  const needsNothing = edits.some(({ text }) => text.includes("NullLogger<"));
  const usings = usingEdits(tree.root, file, project, style, LOGGING);
  if (!needsNothing || expression === "") return usings;
  const more = usingEdits(tree.root, file, project, style, `${LOGGING}.Abstractions`);
  // Both at one place are one edit, so that their order is that of their names.
  const [first, second] = [usings[0], more[0]];
  if (first === undefined || second === undefined || first.start !== second.start) return [...usings, ...more];
  return [{ ...first, text: `${first.text}${second.text}` }];
}

interface Own {
  readonly name: string;
  readonly static: boolean;
}

function loggerOf(type: SyntaxNode, text: string): Own | undefined {
  const params = ofType(type, "parameter_list");
  const primary = params === undefined ? null : /\bILogger(?:<[^>]*>)?\s+(\w+)/.exec(textIn(text, params));
  for (const member of type.children.find(({ field }) => field === "body")?.children ?? []) {
    if (member.type !== "field_declaration" && member.type !== "property_declaration") continue;
    const found = /\bILogger(?:<[^;=]*>)?\??\s+(\w+)/.exec(textIn(text, member));
    if (found !== null) return { name: found[1]!, static: hasModifier(member, "static") };
  }
  return primary === null ? undefined : { name: primary[1]!, static: false };
}
