import type { ContainerIR, FunctionIR, Stmt } from "../../ir/nodes.ts";
import { UNLINKED } from "../../ir/link.ts";
import type { CallForm } from "./calls.ts";
import { pairOf } from "./calls.ts";
import type { Lowering, ModuleScope, Tail } from "./lowering.ts";
import { bindAt, emptyScope, finish, letAt, nameAt, textOf } from "./lowering.ts";
import { fullModuleName } from "./modules.ts";
import type { SyntaxNode } from "./syntax.ts";

/** `defmodule` and `defprotocol`. Inside another module the name is put behind that one's, and the short name holds there. */
export function lowerModule(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [subject] = form.args;
  if (!subject || !form.sections.has("do")) return undefined;
  const written = textOf(lo, subject).replaceAll(/\s/g, "");
  const nested = lo.module.name !== "" && subject.type === "alias" && !written.startsWith("Elixir.");
  const name = nested
    ? `${lo.module.name}.${written}`
    : subject.type === "dot"
      ? (fullModuleName(lo, subject) ?? written)
      : written.replace(/^Elixir\./, "");
  if (nested) shorten(lo, form, written);
  return container(lo, form, emptyScope(name, lo.module), tail);
}

/** `defimpl Protocol, for: Type`: the module `Protocol.Type`, which answers for the protocol. */
export function lowerImplementation(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [subject] = form.args;
  const protocol = subject && fullModuleName(lo, subject);
  if (protocol === undefined || !form.sections.has("do")) return undefined;
  const type = form.keywords.flatMap((pair) => pairOf(lo, pair) ?? []).find(({ key }) => key === "for")?.value;
  const first = type?.type === "list" ? type.children[0] : type;
  const scope = emptyScope(`${protocol}.${(first && fullModuleName(lo, first)) ?? lo.module.name}`, lo.module);
  scope.extends.push({ name: protocol });
  return container(lo, form, scope, tail);
}

function shorten(lo: Lowering, form: CallForm, written: string): void {
  const [local = written] = written.split(".");
  const source = `${lo.module.name}.${local}`;
  lo.module.aliases.set(local, source);
  lo.module.imports.push({ start: form.start, end: form.start, local, imported: "*", source });
}

function container(lo: Lowering, form: CallForm, scope: ModuleScope, tail: Tail): Stmt[] {
  const { module: outer, quoted } = lo;
  lo.module = scope;
  lo.quoted = false;
  const body = lo.block(bodyOf(form), "drop", form);
  lo.module = outer;
  lo.quoted = quoted;
  const { start, end } = form;
  const made: ContainerIR = {
    kind: "containerIR",
    start,
    end,
    sort: "module",
    name: scope.name,
    extends: scope.extends,
    decorators: [],
    fields: scope.fields,
    functions: [...scope.functions, ...quotedOf(scope)],
    body,
    imports: scope.imports,
    mixins: scope.mixins,
    file: UNLINKED,
  };
  lo.containers.push(made);
  const declared = letAt(form, bindAt(form, scope.name), {
    kind: "container",
    start,
    end,
    container: made,
  });
  return tail === "drop" ? [declared] : [declared, finish(nameAt(form, scope.name), tail)];
}

/**
 * Functions that a macro of the module gives to those who use it, found here under their names (`mixedIn` says so);
 * a function of the module itself goes first.
 */
function quotedOf(scope: ModuleScope): FunctionIR[] {
  const own = new Set(scope.functions.map(({ name }) => name));
  return scope.quoted.filter(({ name }) => !own.has(name));
}

function bodyOf(form: CallForm): readonly SyntaxNode[] {
  return form.sections.get("do")?.body ?? [];
}
