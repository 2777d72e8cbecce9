import type { ContainerIR, FileIR, Project } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import type { Style } from "../../style/style.ts";
import { indentAt } from "../../places/text.ts";
import type { Held, PenAsk } from "../writer.ts";
import { importEdits } from "./imports.ts";
import { field, nodeAt, nodeIn, nodesIn, textOf, type Node, type Sited } from "./syntax.ts";

const NO = (reason: string): Refused => ({ kind: "no-logger", reason });

/** A logger that is a field of the class: there, inherited, or made as NestJS has it. */
export function classField(ask: PenAsk): Held | Refused {
  const { pen, file, fn, held, project, offset } = ask;
  const name = /^this\.([\w$]+)$/.exec(pen.name)?.[1];
  if (name === undefined) return NO(`${pen.name} is no field of the class`);
  const method = methodAt(file, offset);
  if (method === undefined) return NO("`this` is not the class there");
  if (held || (fn?.container !== undefined && isInherited(project, file, fn.container, name))) return { expression: pen.name, edits: [] };
  if (pen.logger.id !== "nestjs-logger") return NO(`the class has no field ${name}`);
  return nestLogger(ask, name, method);
}

/** The class whose `this` holds at an offset. */
function methodAt(file: FileIR, offset: number): Node | undefined {
  for (let at: Sited | undefined = nodeAt(file, { start: offset, end: offset }); at !== undefined; at = at.up) {
    const { node, up } = at;
    if (node.type === "FunctionDeclaration") return undefined;
    if (node.type !== "FunctionExpression") continue;
    if (up?.node.type !== "MethodDefinition" || field(up.node, "static") === true) return undefined;
    return up.up?.up?.node;
  }
  return undefined;
}

/** How far up classes are followed. */
const HIGHEST = 4;

function isInherited(project: Project, file: FileIR, container: ContainerIR, name: string, up = HIGHEST): boolean {
  const [base] = container.extends;
  if (base === undefined || up === 0) return false;
  const from = file.imports.find(({ local }) => local === base.name);
  const home = from === undefined ? file : project.open(file, from.source);
  const parent = home?.containers.find(
    (one) => one.name === (from === undefined || from.imported === "default" ? base.name : from.imported),
  );
  if (home === undefined || parent === undefined) return false;
  const constructor = parent.functions.find(({ role }) => role === "constructor");
  const own =
    parent.fields.some((one) => one.name === name) ||
    constructor?.params.some((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === name) === true;
  if (own) return !new RegExp(`\\bprivate\\s+(?:readonly\\s+)?${name}\\b`).test(textOf(home, parent));
  return isInherited(project, home, parent, name, up - 1);
}

/** `private readonly logger = new Logger(UsersController.name);`: https://docs.nestjs.com/techniques/logger */
function nestLogger({ file, style, pen }: PenAsk, name: string, owner: Node): Held | Refused {
  const id = nodeIn(owner, "id");
  if (id === undefined) return NO("the class has no name");
  const local = file.imports.find(({ source, imported }) => source === "@nestjs/common" && imported === "Logger")?.local;
  if (local === undefined && file.imports.some((one) => one.local === "Logger")) return NO("another Logger is imported there");
  const typed = /\.[cm]?tsx?$/.test(file.path);
  const text = `${typed ? "private readonly " : ""}${name} = new ${local ?? "Logger"}(${textOf(file, id)}.name)${style.semicolons ? ";" : ""}`;
  const imports = local === undefined ? importEdits(file, { local: "Logger", imported: "Logger", source: "@nestjs/common" }, style) : [];
  return { expression: pen.name, edits: [...imports, fieldEdit(file, owner, text, style)] };
}

/** Behind the fields that stand first, else at the top of the class with an empty line below. */
function fieldEdit(file: FileIR, owner: Node, text: string, style: Style): Edit {
  const body = nodeIn(owner, "body")!;
  const members = nodesIn(body, "body");
  const indent = members[0] === undefined ? indentAt(file.text, owner.start) + style.unit : indentAt(file.text, members[0].start);
  const fields = members.slice(
    0,
    Math.max(
      0,
      members.findIndex(({ type }) => type !== "PropertyDefinition"),
    ),
  );
  const last = members.length > 0 && members.every(({ type }) => type === "PropertyDefinition") ? members.at(-1) : fields.at(-1);
  if (last !== undefined) return { start: last.end, end: last.end, text: `${style.eol}${indent}${text}` };
  const empty = members.length === 0 ? (file.text.slice(body.start + 1, body.end - 1).includes("\n") ? "" : style.eol) : style.eol;
  return { start: body.start + 1, end: body.start + 1, text: `${style.eol}${indent}${text}${empty}` };
}
