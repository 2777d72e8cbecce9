import type { SyntaxNode } from "@telltale/scan/analysis";
import type { Slot } from "./slot.ts";

/** Macros that choose one of several blocks. */
const DECIDING = /^(?:case|cond|with|if|unless|for|try|receive)\b/;

/** Whether a node chooses between blocks: `case x do … end`, also at the end of a pipe, and `with` or `if` without `else`. */
export function isDecision(node: SyntaxNode, text: string): boolean {
  const last = node.type === "binary_operator" && (node.op === "|>" || node.op === "=") ? node.children[1] : node;
  if (last === undefined || last.type !== "call") return false;
  return DECIDING.test(text.slice(last.start, last.end)) && last.children.some((child) => child.type === "do_block");
}

/** Patterns of what went wrong. */
const ERROR =
  /^(?:\{\s*)?(?::error\b|:err\b|nil\b|false\b|_?errors?\b(?!:)|%Ecto\.Changeset\{|%\{valid\?: false|%(?:Plug\.Conn)?\{halted: true)/;
/** An answer that tells of an error. */
const SAYS_ERROR = /put_flash\((?:\w+,\s*)?:(?:error|danger|warning)\b|^\{:error\b|\b(?:ok|success): false\b/;

/** Whether an expression stands in a branch for what went wrong, or says so itself: the `else` of a `with`, `{:error, _} ->`. */
export function dealsWithError({ node, around }: Slot, text: string): boolean {
  const own = text.slice(node.start, node.end);
  if (SAYS_ERROR.test(own)) return true;
  for (let i = around.length - 1; i > 1; i--) {
    const one = around[i]!;
    if (one.type === "anonymous_function" || (one.type === "call" && /^defp?\b/.test(text.slice(one.start, one.end)))) return false;
    if (one.type === "rescue_block" || one.type === "catch_block") return true;
    if (one.type !== "stab_clause") continue;
    const block = around[i - 1]!;
    const owner = block.type === "else_block" ? around[i - 3] : undefined;
    if (ERROR.test(text.slice(one.start, one.end))) return true;
    if (owner !== undefined && /^with\b/.test(text.slice(owner.start, owner.end))) return true;
  }
  return false;
}
