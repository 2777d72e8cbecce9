// Writes the pages and schemas that come from tables: npm run build && node packages/scan/scripts/publish.mjs
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { published } from "../dist/published.js";

for (const [path, text] of Object.entries(published)) {
  const target = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text());
}
