// Copies the grammars that the scanner loads at run time out of the packages that build them.
// Those packages have install scripts and native bindings of their own, so they are needed here only, at build time.
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Package that holds the grammar, and the file in it. Each is read only where a project has such files. */
const GRAMMARS = [
  { from: "tree-sitter-elixir", file: "tree-sitter-elixir.wasm" },
  { from: "@tree-sitter-grammars/tree-sitter-kotlin", file: "tree-sitter-kotlin.wasm" },
  ...["c-sharp", "go", "java", "php", "python", "ruby", "rust"].map((name) => ({
    from: "@vscode/tree-sitter-wasm",
    file: `wasm/tree-sitter-${name}.wasm`,
  })),
];

const require = createRequire(import.meta.url);
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "grammars");

mkdirSync(target, { recursive: true });
for (const { from, file } of GRAMMARS) {
  const folder = dirname(require.resolve(`${from}/package.json`));
  copyFileSync(join(folder, file), join(target, basename(file)));
}
