import type { Expr, Field, Stmt } from "../../ir/nodes.ts";
import type { CallForm } from "./calls.ts";
import { callForm } from "./calls.ts";
import { argumentsOf } from "./invoke.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { callAt, finish, nameAt, nilAt, opaqueAt } from "./lowering.ts";
import { fullModuleName } from "./modules.ts";
import type { SyntaxNode } from "./syntax.ts";

/** Attributes that document or declare types: nothing runs by them. https://hexdocs.pm/elixir/Module.html#module-module-attributes */
const SILENT = new Set([
  "doc",
  "moduledoc",
  "typedoc",
  "spec",
  "type",
  "typep",
  "opaque",
  "callback",
  "macrocallback",
  "optional_callbacks",
  "impl",
  "deprecated",
  "dialyzer",
  "compile",
]);

/** `@name`: a field of the module that is called `@name`, so that no variable can be meant. */
export function lowerAttribute(lo: Lowering, node: SyntaxNode): Expr {
  const [operand] = node.children;
  if (operand?.type !== "identifier") return opaqueAt(node, []);
  return nameAt(node, `@${lo.text.slice(operand.start, operand.end)}`);
}

/** `@name value`: a field of the module. Undefined where the node reads an attribute. */
export function lowerAttributeSetting(lo: Lowering, node: SyntaxNode, tail: Tail): Stmt[] | undefined {
  const [operand] = node.children;
  const form = operand?.type === "call" ? callForm(lo, operand) : undefined;
  if (!form || form.name === "") return undefined;
  if (!SILENT.has(form.name)) {
    if (lo.quoted) return [finish(callAt(node, nameAt(node, `@${form.name}`), argumentsOf(lo, form)), tail)];
    declare(lo, node, form);
  }
  return tail === "drop" ? [] : [finish(nilAt(node), tail)];
}

function declare(lo: Lowering, node: SyntaxNode, form: CallForm): void {
  const { start, end } = node;
  const [subject] = form.args;
  if (form.name === "behaviour") {
    const name = subject && fullModuleName(lo, subject);
    if (name !== undefined) lo.module.extends.push({ name });
    return;
  }
  const [value] = argumentsOf(lo, form);
  if (form.name === "decorate" && value) decorate(lo, value);
  lo.module.fields.push({
    start,
    end,
    name: `@${form.name}`,
    ...(value && { value }),
    decorators: [],
    isStatic: true,
  });
}

/** `@decorate audit(:login)` of the decorator library wraps the function that follows. */
function decorate(lo: Lowering, value: Expr): void {
  const { start, end } = value;
  const callee = value.kind === "call" ? value.callee : value;
  const name = callee.kind === "name" ? callee.name : callee.kind === "member" ? callee.property : null;
  if (name !== null) lo.module.decorators.push({ start, end, name, args: value.kind === "call" ? value.args : [] });
}

/** `defstruct [:a, b: 1]`, `defexception [:message]`: fields. */
export function lowerDefstruct(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  if (lo.quoted) return undefined;
  for (const arg of argumentsOf(lo, form)) lo.module.fields.push(...fieldsOf(arg));
  return tail === "drop" ? [] : [finish(nilAt(form), tail)];
}

function fieldsOf(value: Expr): Field[] {
  const { start, end } = value;
  if (value.kind === "list") return value.items.flatMap(fieldsOf);
  if (value.kind === "literal" && typeof value.value === "string") return [{ start, end, name: value.value, decorators: [] }];
  if (value.kind !== "record") return [];
  return value.entries.flatMap((entry) =>
    entry.key === null
      ? []
      : [
          {
            start: entry.start,
            end: entry.end,
            name: entry.key,
            value: entry.value,
            decorators: [],
          },
        ],
  );
}
