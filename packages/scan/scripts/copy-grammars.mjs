// Copies the grammars that the scanner loads at run time out of the packages that build them.
// Those packages have install scripts and native bindings of their own, so they are needed here only, at build time.
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Package that holds the grammar, and the file in it. */
const GRAMMARS = [{ from: "tree-sitter-elixir", file: "tree-sitter-elixir.wasm" }];

const require = createRequire(import.meta.url);
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "grammars");

mkdirSync(target, { recursive: true });
for (const { from, file } of GRAMMARS) {
  const folder = dirname(require.resolve(`${from}/package.json`));
  copyFileSync(join(folder, file), join(target, file));
}
