import type { Expr, ImportIR, Stmt } from "../../ir/nodes.ts";
import type { CallForm } from "./calls.ts";
import { pairOf } from "./calls.ts";
import { argumentsOf } from "./invoke.ts";
import type { Lowering, Tail } from "./lowering.ts";
import { callAt, finish, nameAt } from "./lowering.ts";
import { fullModuleName, lastPart } from "./modules.ts";
import type { SyntaxNode } from "./syntax.ts";
import { recordOf } from "./values.ts";

/**
 * `alias`, `import`, `require` and `use` hold for the module they stand in. Inside `quote` they hold for whoever mixes
 * the code in: there each is a call of the same name, with full module names, which `mixedIn` reads.
 */
export function lowerDirective(lo: Lowering, form: CallForm, tail: Tail): Stmt[] | undefined {
  const [subject] = form.args;
  if (!subject || form.piped) return undefined;
  const modules = modulesOf(lo, subject);
  if (lo.quoted) return quotedDirectives(lo, form, modules, tail);
  for (const module of modules) declare(lo, form, module);
  return tail === "drop" ? [] : [finish(nameAt(subject, modules.at(-1) ?? ""), tail)];
}

/** `A.B`, and `A.{B, C}`, which is several. */
function modulesOf(lo: Lowering, subject: SyntaxNode): string[] {
  const [left, right] = subject.children;
  if (subject.type !== "dot" || !left || right?.type !== "tuple") return optional(fullModuleName(lo, subject));
  const base = fullModuleName(lo, left);
  return base === undefined ? [] : right.children.flatMap((child) => modulesOf(lo, child)).map((name) => `${base}.${name}`);
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

function declare(lo: Lowering, form: CallForm, source: string): void {
  const { module } = lo;
  const { start, end } = form;
  switch (form.name) {
    case "use":
      module.mixins.push({ start, end, name: source, args: argumentsOf(lo, form).slice(1) });
      return;
    case "import":
      module.imports.push({
        start,
        end,
        local: "*",
        imported: "*",
        source,
        only: onlyOf(optionOf(lo, form, "only")),
      });
      return;
    default:
      declareAlias(lo, form, source);
  }
}

/** `alias A.B, as: C`; `require A.B` makes no short name, but with `as:` it does. */
function declareAlias(lo: Lowering, form: CallForm, source: string): void {
  const as = optionOf(lo, form, "as");
  const local = as?.kind === "name" ? as.name : form.name === "alias" ? lastPart(source) : source;
  if (local !== source) lo.module.aliases.set(local, source);
  lo.module.imports.push({ start: form.start, end: form.end, local, imported: "*", source });
}

function optionOf(lo: Lowering, form: CallForm, name: string): Expr | undefined {
  const read = form.keywords.flatMap((pair) => optional(pairOf(lo, pair))).find(({ key }) => key === name);
  return read && lo.expr(read.value);
}

function quotedDirectives(lo: Lowering, form: CallForm, modules: readonly string[], tail: Tail): Stmt[] | undefined {
  const [subject, ...rest] = form.args;
  if (!subject) return undefined;
  const names = modules.length > 0 ? modules.map((name) => nameAt(subject, name)) : [lo.expr(subject)];
  const options = [...rest.map((arg) => lo.expr(arg)), ...(form.keywords.length > 0 ? [recordOf(lo, form.keywords)] : [])];
  return names.map((name, index) => {
    const call = callAt(form, nameAt(form.target, form.name), [name, ...options]);
    return finish(call, index === names.length - 1 ? tail : "drop");
  });
}

/** What a directive that was lowered as a call says. Undefined for every other call. */
export function importOfCall(call: Expr): ImportIR | undefined {
  if (call.kind !== "call" || call.callee.kind !== "name") return undefined;
  const [subject, options] = call.args;
  if (subject?.kind !== "name") return undefined;
  const { start, end } = call;
  const source = subject.name;
  const option = (key: string): Expr | undefined =>
    options?.kind === "record" ? options.entries.find((entry) => entry.key === key)?.value : undefined;
  if (call.callee.name === "import") return { start, end, local: "*", imported: "*", source, only: onlyOf(option("only")) };
  if (call.callee.name !== "alias" && call.callee.name !== "require") return undefined;
  const as = option("as");
  return {
    start,
    end,
    local: as?.kind === "name" ? as.name : call.callee.name === "alias" ? lastPart(source) : source,
    imported: "*",
    source,
  };
}

/** `only: [a: 1, b: 2]` → the names; `:functions`, `:macros` and `:sigils` restrict no name. */
function onlyOf(value: Expr | undefined): string[] {
  return value?.kind === "record" ? value.entries.flatMap((entry) => optional(entry.key ?? undefined)) : [];
}
