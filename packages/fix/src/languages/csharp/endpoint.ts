import type { FileIR, Project, SyntaxNode } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import type { LeftOut } from "../../style/left-out.ts";
import type { Style } from "../../style/style.ts";
import type { Given } from "./constructor.ts";
import { hasModifier, inField, ofType, textIn, typeName } from "./nodes.ts";
import { parameterEdits } from "./parameters.ts";

/** Methods that route requests to a function, which is handed services as parameters. https://learn.microsoft.com/aspnet/core/fundamentals/minimal-apis */
const MAPS = /^Map(?:Get|Post|Put|Patch|Delete|Methods|Fallback)?$/;

const refuse = (reason: string): Refused => ({ kind: "no-logger", reason });

/** Where an endpoint stands. */
export interface Endpoint {
  readonly path: readonly SyntaxNode[];
  readonly file: FileIR;
  readonly project: Project;
  readonly style: Style;
  readonly leftOut: LeftOut | undefined;
}

/** A function of a minimal API is handed its logger as one more parameter; undefined where the code is in no such function. */
export function giveEndpoint(endpoint: Endpoint): Given | Refused | undefined {
  const { path, file } = endpoint;
  const lambda = path.findLast((node, i) => node.type === "lambda_expression" && isMapped(path, i, file.text));
  if (lambda !== undefined) {
    const list = ofType(lambda, "parameter_list");
    const typed = list?.children.every((param) => param.type !== "parameter" || inField(param, "type") !== undefined);
    if (list === undefined || typed !== true) return refuse("its parameters have no types, so that none can be added");
    return withParameter(endpoint, list, lambda);
  }
  const method = path.findLast((node) => node.type === "method_declaration");
  const list = method === undefined ? undefined : inField(method, "parameters");
  if (method === undefined || list === undefined || !hasModifier(method, "static") || !isHandedOn(method, endpoint)) return undefined;
  return ofServices(list, endpoint) ?? withParameter(endpoint, list, method);
}

/** The lambda is what a mapping method is given. */
function isMapped(path: readonly SyntaxNode[], i: number, text: string): boolean {
  const call = path.slice(0, i).findLast(({ type }) => type === "invocation_expression");
  const [called] = call?.children ?? [];
  if (path[i - 1]?.type !== "argument" || called === undefined) return false;
  return MAPS.test(/\w+$/.exec(textIn(text, called))?.[0] ?? "");
}

/** A static method that is given to a mapping method by its name, and called by nobody else. */
function isHandedOn(method: SyntaxNode, { path, file, project, leftOut }: Endpoint): boolean {
  const name = textIn(file.text, inField(method, "name") ?? method);
  if (!/^\w+$/.test(name) || leftOut === undefined) return false;
  const mapped = new RegExp(
    `\\bMap(?:Get|Post|Put|Patch|Delete|Methods|Fallback)?\\s*\\((?:[^()]|\\([^()]*\\))*,\\s*(?:\\w+\\.)*${name}\\s*\\)`,
  );
  const texts = [...project.texts.values(), ...leftOut(".cs").filter((text) => !isOwn(project, text))];
  if (!texts.some((text) => mapped.test(text))) return false;
  const type = path.findLast((node) => node.type === "class_declaration");
  const home = type === undefined ? name : typeName(type, file.text);
  // Behind a type it is declared there; behind the name of something else it is another method.
  const called = new RegExp(`(?<![.\\w>\\]?]\\s?)\\b${name}\\s*\\(|\\b${home}\\.${name}\\s*\\(`);
  return !texts.some((text) => called.test(text));
}

const isOwn = ({ texts }: Project, text: string): boolean => [...texts.values()].includes(text);

/** A bundle of services that has a logger: `[AsParameters] ShopServices services`. */
function ofServices(list: SyntaxNode, { file, project }: Endpoint): Given | undefined {
  for (const param of list.children) {
    const [type, name] = [inField(param, "type"), inField(param, "name")];
    if (type === undefined || name === undefined || !/\bAsParameters\b/.test(textIn(file.text, param))) continue;
    const declared = new RegExp(`\\b(?:class|record|struct)\\s+${textIn(file.text, type)}\\b`);
    const home = [...project.texts.values()].find((text) => declared.test(text));
    const property = /\bpublic\s+ILogger(?:<[^;=]*?>)?\s+(\w+)\s*(?:\{|=>)/.exec(home ?? "")?.[1];
    if (property !== undefined) return { expression: `${textIn(file.text, name)}.${property}`, edits: [] };
  }
  return undefined;
}

function withParameter({ path, file, project, style }: Endpoint, list: SyntaxNode, fn: SyntaxNode): Given | Refused {
  const { text } = file;
  if (/\blogger(?:Factory)?\b/.test(textIn(text, fn))) return refuse("`logger` is the name of something else there");
  const type = path.findLast((node) => node.type === "class_declaration");
  const category = loggedAs(type, file, project);
  if (category !== undefined) return { expression: "logger", edits: parameterEdits(list, `ILogger<${category}> logger`, text, style) };
  const name = type === undefined ? "Program" : typeName(type, text);
  return {
    expression: `loggerFactory.CreateLogger(nameof(${name}))`,
    edits: parameterEdits(list, "ILoggerFactory loggerFactory", text, style),
  };
}

/** The type that a logger there is called by: the class around, where it is not static; else that of the program. */
function loggedAs(type: SyntaxNode | undefined, file: FileIR, project: Project): string | undefined {
  if (type !== undefined && !hasModifier(type, "static")) return typeName(type, file.text);
  const folder = project.packagesOf(file.path)[0]?.folder ?? "";
  const program = project.texts.get(`${folder}Program.cs`);
  if (program === undefined) return undefined;
  // Statements at the top level make a class of that name in no namespace.
  const declared = /\bclass\s+Program\b/.test(program) && /^\s*namespace\b/m.test(program);
  const within = /^\s*namespace\s+([\w.]+)/m.exec(program)?.[1];
  return declared && !file.text.includes(`namespace ${within}`) ? undefined : "Program";
}
