import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SHOP = fileURLToPath(new URL("../../examples/shop", import.meta.url));
const SOURCE = /\.[jt]sx?$/;
const DECLARED = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;

/**
 * Writes a tree of at least `size` source files to `folder` and gives `folder`: copies of the example shop, each a package
 * with names of its own, so that no two files are alike.
 */
export function synthesise(folder, size) {
  const shop = filesOf("").map((path) => ({ path, text: readFileSync(join(SHOP, path), "utf8") }));
  const sources = shop.filter(({ path }) => SOURCE.test(path));
  const names = sources.flatMap(({ text }) => [...text.matchAll(DECLARED)].map((match) => match[1]));
  const anyName = new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\b`, "g");
  for (let copy = 0; copy * sources.length < size; copy++) {
    for (const { path, text } of shop) {
      const own = SOURCE.test(path) ? renamed(text, anyName, copy) : text.replace('"name": "', `"name": "copy-${copy}-`);
      const target = join(folder, `shop-${String(copy).padStart(4, "0")}`, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, own);
    }
  }
  return folder;
}

/** Names of what is exported; paths in quotes stay, as the files keep theirs. */
function renamed(text, anyName, copy) {
  return text
    .split("\n")
    .map((line) => line.replace(/^(.*?)( from "[^"]*";)?$/, (_, code, from = "") => code.replace(anyName, `$&${copy}`) + from))
    .join("\n");
}

function filesOf(folder) {
  return readdirSync(join(SHOP, folder))
    .filter((name) => name !== "node_modules" && name !== "README.md")
    .flatMap((name) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      return statSync(join(SHOP, path)).isDirectory() ? filesOf(path) : [path];
    });
}
