import type { Lowering } from "./lowering.ts";
import { textOf } from "./lowering.ts";
import type { SyntaxNode } from "./syntax.ts";

/**
 * Names of modules. Inside the IR a module is one dotted name (`MyApp.Users`), an Erlang module has its colon (`:crypto`).
 * A short name stays as it is written, because the import that explains it may come from `use`; a dotted name whose
 * first part is aliased in the file is spelled out.
 */
export function moduleName(lo: Lowering, node: SyntaxNode): string | undefined {
  if (node.type === "alias") return spellOut(lo, textOf(lo, node).replaceAll(/\s/g, ""));
  if (node.type === "identifier") return textOf(lo, node) === "__MODULE__" ? lo.module.name || "__MODULE__" : undefined;
  if (node.type === "atom") return textOf(lo, node);
  if (node.type !== "dot") return undefined;
  const [left, right] = node.children;
  const first = left && moduleName(lo, left);
  return first && right?.type === "alias" ? `${first}.${textOf(lo, right)}` : undefined;
}

/** The full name, short aliases spelled out as well: for what `alias`, `import`, `use` and `defdelegate` name. */
export function fullModuleName(lo: Lowering, node: SyntaxNode): string | undefined {
  const name = moduleName(lo, node);
  return name === undefined ? undefined : (lo.module.aliases.get(name) ?? name);
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function spellOut(lo: Lowering, name: string): string {
  if (name.startsWith("Elixir.")) return name.slice("Elixir.".length);
  const dot = name.indexOf(".");
  if (dot < 0) return name;
  const full = lo.module.aliases.get(name.slice(0, dot));
  return full === undefined ? name : full + name.slice(dot);
}
