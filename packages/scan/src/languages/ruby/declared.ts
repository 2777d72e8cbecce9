const DECLARED = /^([ \t]*)(?:class|module)[ \t]+(?:::)?([A-Z][\w:]*)/;
/** Lines that say nothing about what a module holds. */
const NOTHING = /^\s*(?:#.*)?$/;

/**
 * Full names of the classes and modules of a text, dotted. What is nested is told by the indentation, as every formatter
 * writes it. A module that only stands around others has no name of its own: hundreds of files open it.
 */
export function declaredNames(text: string): readonly string[] {
  const lines = text.split("\n");
  const around: { readonly depth: number; readonly name: string }[] = [];
  const names: string[] = [];
  for (const [i, line] of lines.entries()) {
    const match = DECLARED.exec(line);
    if (match === null) continue;
    const depth = match[1]!.length;
    while (around.length > 0 && around.at(-1)!.depth >= depth) around.pop();
    const outer = around.at(-1)?.name;
    const own = match[2]!.replaceAll("::", ".");
    const name = outer === undefined ? own : `${outer}.${own}`;
    around.push({ depth, name });
    if (!isAroundOnly(lines, i, depth)) names.push(name);
  }
  return names;
}

function isAroundOnly(lines: readonly string[], at: number, depth: number): boolean {
  let next = at + 1;
  while (next < lines.length && NOTHING.test(lines[next]!)) next++;
  const inner = DECLARED.exec(lines[next] ?? "");
  return inner !== null && inner[1]!.length > depth && /^\s*module\b/.test(lines[at]!);
}
