import type { Names } from "@telltale/vocabulary";
import type { ContainerIR, Expr, Field } from "../../ir/nodes.ts";
import { declaredType } from "../../ir/scope.ts";
import type { ResolveCallee } from "../flow/callees.ts";
import type { Spot } from "../flow/origin.ts";
import { MASKING_TYPES } from "./context.ts";
import { verdictOfName } from "./names.ts";
import { printingOf } from "./printing.ts";

/** A class of the project whose objects hold a secret that shows where they are printed. */
export interface SecretType {
  readonly name: string;
  readonly field: string;
}

export interface PrintedAs {
  /** It became part of a text, rather than being handed over as it is. */
  readonly inText: boolean;
  /** It was written out by a serialiser. */
  readonly serialised: boolean;
}

/** Finds the secret that an object of the declared type of a name shows; undefined where it has none, or hides it. */
export function createTypes(resolve: ResolveCallee, names: Names): (expr: Expr, at: Spot, how: PrintedAs) => SecretType | undefined {
  const fields = new WeakMap<ContainerIR, string | null>();
  const secretField = (container: ContainerIR): string | null => {
    let known = fields.get(container);
    if (known === undefined)
      fields.set(container, (known = fieldsOf(container).find((field) => isSecretField(field, names))?.name ?? null));
    return known;
  };
  return (expr, at, how) => {
    const type = expr.kind === "name" ? declaredType(at.file, at.fn, expr.name) : undefined;
    if (type === undefined || !/^\p{Lu}/u.test(type.name.slice(type.name.lastIndexOf(".") + 1))) return undefined;
    const { start, end } = expr;
    const container = resolve(typeName(type.name, start, end), at)?.builds;
    if (container === undefined || container.sort === "enum" || !isShown(container, how)) return undefined;
    const field = secretField(container);
    return field === null ? undefined : { name: container.name.slice(container.name.lastIndexOf(".") + 1), field };
  };
}

function typeName(name: string, start: number, end: number): Expr {
  const [root = "", ...members] = name.split(".");
  return members.reduce<Expr>((object, property) => ({ kind: "member", object, property, start, end }), {
    kind: "name",
    name: root,
    start,
    end,
  });
}

/** Declared fields, and parameters of a constructor that are kept as fields. */
function fieldsOf(container: ContainerIR): readonly Pick<Field, "name" | "type" | "decorators">[] {
  const constructor = container.functions.find((fn) => fn.role === "constructor");
  const kept = (constructor?.params ?? []).flatMap(({ field, pattern, decorators }) =>
    field === true && pattern.kind === "bind"
      ? [{ name: pattern.name, ...(pattern.type === undefined ? {} : { type: pattern.type }), decorators }]
      : [],
  );
  return [...container.fields.filter((field) => field.isStatic !== true), ...kept];
}

function isSecretField({ name, type }: Pick<Field, "name" | "type">, names: Names): boolean {
  const isText =
    type === undefined || /^(?:string|String|str|text|char|Optional|Option|Text|VARCHAR|CharField|Column|Mapped)\b/i.test(type.name);
  return verdictOfName(name, names) !== undefined && isText && !MASKING_TYPES.has(type?.name ?? "");
}

/** Attributes and annotations stand before their class, and nothing of what came earlier between them. */
function attributesOf({ file, start }: ContainerIR): string {
  const before = file.text.slice(Math.max(0, start - 300), start);
  return before.split(/[;{}]|\n[ \t]*\n/).at(-1) ?? "";
}

/** Whether the fields can be read where an object is printed. */
function isShown(container: ContainerIR, { inText, serialised }: PrintedAs): boolean {
  const printing = printingOf(container.file.language);
  const text = attributesOf(container) + container.file.text.slice(container.start, container.end);
  if (printing.hiddenBy?.test(text) === true) return false;
  if (printing.shownBy?.test(text) === true || (serialised && printing.objectSerialised)) return true;
  return inText ? printing.objectInText : printing.objectAsArgument;
}
