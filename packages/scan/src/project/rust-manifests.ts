/**
 * A `Cargo.toml`: the name of the package and every key of its tables of dependencies, those of the workspace and of targets
 * included. https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
 */
export function readCargo(text: string): { readonly name?: string; readonly dependencies: ReadonlySet<string> } {
  const dependencies = new Set<string>();
  let table = "";
  let name: string | undefined;
  for (const line of text.split("\n")) {
    const header = /^\s*\[{1,2}([^\]]+)\]/.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      table = header;
      const own = /dependencies\.["']?([\w-]+)["']?$/.exec(header)?.[1];
      if (own !== undefined) dependencies.add(own);
      continue;
    }
    const [, key, value = ""] = /^\s*["']?([\w-]+)["']?(?:\.[\w-]+)*\s*=\s*(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (table === "package" && key === "name") name = /^["']([^"']+)["']/.exec(value)?.[1];
    if (!/(?:^|[.-])dependencies$/.test(table)) continue;
    dependencies.add(/\bpackage\s*=\s*["']([\w-]+)["']/.exec(value)?.[1] ?? key);
  }
  return { dependencies, ...(name === undefined ? {} : { name }) };
}
