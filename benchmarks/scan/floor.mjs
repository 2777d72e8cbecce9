/** The floor: the same files found and read, and nothing made of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|exs?)$/;
const SKIPPED = new Set(["node_modules", ".git", "dist", "build"]);

let files = 0;
let bytes = 0;

function visit(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
    else if (entry.isFile() && SOURCE.test(entry.name)) {
      bytes += readFileSync(path).length;
      files++;
    }
  }
}

visit(process.argv[2]);
console.log(`${files} files, ${(bytes / 1e6).toFixed(1)} MB`);
