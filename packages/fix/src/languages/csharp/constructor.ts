import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Edit, Refused } from "../../contract.ts";
import { indentAt, lineEnd, startsLine } from "../../places/text.ts";
import type { Style } from "../../style/style.ts";
import { hasModifier, inField, ofType, plainName, textIn, typeName } from "./nodes.ts";
import { parameterEdits } from "./parameters.ts";

/** A class that is to be given a logger. */
export interface Asked {
  readonly type: SyntaxNode;
  readonly text: string;
  readonly style: Style;
  /** Somebody makes it by hand: it must do without a logger. */
  readonly optional: boolean;
  /** References that may be null are marked in this file. */
  readonly nullable: boolean;
  /** The project writes primary constructors. */
  readonly primary: boolean;
}

export interface Given {
  readonly expression: string;
  readonly edits: readonly Edit[];
}

const refuse = (reason: string): Refused => ({ kind: "no-logger", reason });

/** A parameter of the constructor for the logger, and a field where the constructor is not the primary one. */
export function giveLogger(asked: Asked): Given | Refused {
  const { type } = asked;
  const body = inField(type, "body");
  if (type.type !== "class_declaration" || hasModifier(type, "static") || body === undefined)
    return refuse("its type has no constructor that could be given a logger");
  const own = ofType(type, "parameter_list");
  if (own !== undefined) return viaPrimary(asked, own, body);
  const constructors = body.children.filter((member) => member.type === "constructor_declaration" && !hasModifier(member, "static"));
  if (constructors.length > 1) return refuse("its class has several constructors");
  if (constructors.length === 0 && hasModifier(type, "partial")) return refuse("its class has no constructor in this file");
  const [constructor] = constructors;
  return constructor === undefined ? viaNew(asked, body) : viaConstructor(asked, body, constructor);
}

function viaPrimary(asked: Asked, list: SyntaxNode, body: SyntaxNode): Given | Refused {
  const { type, text, style, optional } = asked;
  if (/\blogger\b/.test(textIn(text, type))) return refuse("`logger` is the name of something else in its class");
  const edits = parameterEdits(list, parameterOf(asked), text, style);
  if (!optional) return { expression: "logger", edits };
  return {
    expression: "_logger",
    edits: [...edits, ...fieldEdits(asked, body, "_logger", `logger ?? ${NOTHING}<${typeName(type, text)}>.Instance`)],
  };
}

function viaConstructor(asked: Asked, body: SyntaxNode, constructor: SyntaxNode): Given | Refused {
  const { type, text, style, optional } = asked;
  const list = inField(constructor, "parameters");
  const block = inField(constructor, "body");
  if (list === undefined || block === undefined || /\blogger\b/.test(textIn(text, constructor)))
    return refuse("its constructor has something else that is called `logger`");
  const name = fieldName(asked, body);
  const value = optional ? `logger ?? ${NOTHING}<${typeName(type, text)}>.Instance` : "logger";
  const assigned = assignmentEdits(text, style, constructor, block, `${name === "logger" ? "this." : ""}${name} = ${value};`);
  if (assigned === undefined) return refuse("its constructor cannot be read");
  return {
    expression: name,
    edits: [...fieldEdits(asked, body, name), ...parameterEdits(list, parameterOf(asked), text, style), ...assigned],
  };
}

/** A constructor where there was none. */
function viaNew(asked: Asked, body: SyntaxNode): Given | Refused {
  const { type, text, style, optional, primary } = asked;
  const name = inField(type, "name");
  if (name === undefined) return refuse("its class has no name");
  const after = ofType(type, "type_parameter_list")?.end ?? name.end;
  if (primary && !optional) {
    if (/\blogger\b/.test(textIn(text, body))) return refuse("`logger` is the name of something else in its class");
    return { expression: "logger", edits: [{ start: after, end: after, text: `(${parameterOf(asked)})` }] };
  }
  const field = fieldName(asked, body);
  const value = optional ? `logger ?? ${NOTHING}<${typeName(type, text)}>.Instance` : "logger";
  const inner = `${indentAt(text, type.start)}${style.unit}`;
  const { eol } = style;
  const lines = [
    `${inner}public ${plainName(type, text)}(${parameterOf(asked)})`,
    `${inner}{`,
    `${inner}${style.unit}${field === "logger" ? "this." : ""}${field} = ${value};`,
    `${inner}}`,
  ];
  const fields = fieldsOf(body);
  const last = fields.at(-1);
  const declared = `${inner}private readonly ILogger<${typeName(type, text)}> ${field};`;
  const at = last === undefined ? lineEnd(text, body.start) : lineEnd(text, last.end);
  if (last === undefined && text.slice(body.start + 1, at).trim() !== "") return refuse("its class stands in one line");
  const gap = last === undefined && body.children.length > 0 ? eol : "";
  return { expression: field, edits: [{ start: at, end: at, text: `${eol}${declared}${eol}${eol}${lines.join(eol)}${gap}` }] };
}

/** What stands for a logger where none is given: it writes nothing. */
const NOTHING = "NullLogger";

function parameterOf({ type, text, optional, nullable }: Asked): string {
  return optional ? `ILogger<${typeName(type, text)}>${nullable ? "?" : ""} logger = null` : `ILogger<${typeName(type, text)}> logger`;
}

const fieldsOf = (body: SyntaxNode): readonly SyntaxNode[] => {
  const until = body.children.findIndex(({ type }) => type !== "field_declaration");
  return until < 0 ? body.children : body.children.slice(0, until);
};

/** `_logger`, unless the class names its fields without the stroke. */
function fieldName({ text }: Asked, body: SyntaxNode): string {
  const fields = body.children.filter(
    (member) => member.type === "field_declaration" && !hasModifier(member, "static") && !hasModifier(member, "const"),
  );
  const names = fields.map((member) => /(\w+)\s*(?:=[^;]*)?;\s*$/.exec(textIn(text, member))?.[1] ?? "_");
  const bare = names.length > 0 && names.every((name) => /^[a-z]/.test(name));
  return bare && !/\blogger\b/.test(textIn(text, body)) ? "logger" : "_logger";
}

/** The field behind the others, or as the first member. */
function fieldEdits({ type, text, style }: Asked, body: SyntaxNode, name: string, value?: string): readonly Edit[] {
  const line = `private readonly ILogger<${typeName(type, text)}> ${name}${value === undefined ? "" : ` = ${value}`};`;
  const fields = body.children.filter((member) => member.type === "field_declaration" && startsLine(text, member.start));
  const last = fields.findLast((member) => hasModifier(member, "readonly") && !hasModifier(member, "static")) ?? fields.at(-1);
  if (last !== undefined) {
    const end = lineEnd(text, last.end);
    return [{ start: end, end, text: `${style.eol}${indentAt(text, last.start)}${line}` }];
  }
  const at = lineEnd(text, body.start);
  return [
    {
      start: at,
      end: at,
      text: `${style.eol}${indentAt(text, type.start)}${style.unit}${line}${body.children.length > 0 ? style.eol : ""}`,
    },
  ];
}

/** One more statement at the end of a constructor. */
function assignmentEdits(
  text: string,
  { eol, unit }: Style,
  constructor: SyntaxNode,
  block: SyntaxNode,
  line: string,
): readonly Edit[] | undefined {
  const base = indentAt(text, constructor.start);
  const inner = `${base}${unit}`;
  if (block.type === "arrow_expression_clause") {
    const [value] = block.children;
    const end = text.indexOf(";", block.end - 1) + 1;
    if (value === undefined || end === 0) return undefined;
    const before = text.slice(0, block.start).trimEnd().length;
    return [{ start: before, end, text: `${eol}${base}{${eol}${inner}${textIn(text, value)};${eol}${inner}${line}${eol}${base}}` }];
  }
  const last = block.children.at(-1);
  if (last !== undefined && startsLine(text, last.start)) {
    const end = lineEnd(text, last.end);
    return [{ start: end, end, text: `${eol}${indentAt(text, last.start)}${line}` }];
  }
  const inside = text.slice(block.start + 1, block.end - 1);
  if (last === undefined && inside.trim() !== "") return undefined;
  if (last === undefined) return [{ start: block.start + 1, end: block.end - 1, text: `${eol}${inner}${line}${eol}${base}` }];
  return [{ start: block.start + 1, end: block.end - 1, text: `${eol}${inner}${inside.trim()}${eol}${inner}${line}${eol}${base}` }];
}
