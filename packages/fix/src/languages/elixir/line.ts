import type { Style } from "../../style/style.ts";
import { pathTo, treeOf } from "../trees/tree.ts";
import { ownNames } from "../trees/values.ts";
import { splitTop } from "../trees/wrap.ts";
import type { Values } from "../writer.ts";

/** Columns of the formatter. https://hexdocs.pm/mix/Mix.Tasks.Format.html */
export const WIDTH = 98;

/** Who is signed in, as controllers write it where somebody surely is: elsewhere it raises. */
const SIGNED_IN = /\b(conn|socket)\.assigns\.(current_user|current_account|user)(?:\.(\w+))?(?: && \1\.assigns\.\2\.(\w+))?(?=[,)]|$)/g;

/** The same, where it may be that nobody is. */
function guarded(_: string, holder: string, key: string, direct: string | undefined, tested: string | undefined): string {
  const user = `${holder}.assigns[:${key}]`;
  const field = tested ?? direct;
  return field === undefined ? user : `${user} && ${user}.${field}`;
}

/** Details as they may be read where nobody may be signed in. */
export function values(given: Values): Values["details"] {
  const lost = lostNames(given);
  return ownNames(given)
    .filter(({ value }) => !lost.has(/^\w+/.exec(value)?.[0] ?? ""))
    .map(({ name, value }) => ({ name, value: value.replaceAll(SIGNED_IN, guarded) }));
}

/** Names that a `with` binds: its `else` does not see them. */
function lostNames({ spot: { file, at } }: Values): ReadonlySet<string> {
  const tree = treeOf(file);
  const path = tree === undefined ? [] : pathTo(tree, at);
  const lost = new Set<string>();
  path.forEach((node, i) => {
    const call = node.type === "else_block" ? path[i - 2] : undefined;
    if (call === undefined || !/^with\b/.test(file.text.slice(call.start, call.end))) return;
    const clauses = call.children.find(({ type }) => type === "arguments")?.children ?? [];
    for (const clause of clauses) {
      const left = clause.type === "binary_operator" ? clause.children[0] : undefined;
      if (left !== undefined) for (const name of file.text.slice(left.start, left.end).match(/\b[a-z_]\w*\b(?!:)/g) ?? []) lost.add(name);
    }
  });
  return lost;
}

/** `Logger.warning(a: 1, b: 2)`, an argument a line where it is too long. */
export function line(text: string, style: Style, room: number): string {
  if (text.length <= room + WIDTH - style.width) return text;
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) return text;
  const parts = splitTop(text.slice(open + 1, -1));
  return `${text.slice(0, open + 1)}\n${parts.map((part) => `${style.unit}${part}`).join(",\n")}\n)`;
}
