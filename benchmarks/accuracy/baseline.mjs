#!/usr/bin/env node
/**
 * The heuristic to beat: a source file whose path speaks of authentication or users and whose text calls no logger is a
 * finding. It prints SARIF for the folder that it is given; a finding has no lines, so it counts for every handler of its file.
 */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const RULE = "sensitive-path-without-logger";
/** At the start of a word: of `user-admin`, `UserAdmin` and `users`, but not of `eladmin` or `superuser`. */
const PATH = /(?<![a-z])(?:auth|login|admin|user|session|password|token)|(?:Auth|Login|Admin|User|Session|Password|Token)/;
const LOGGER =
  /\blog(?:ger|ging)?\s*(?:\.|->|::)\s*\w+|\b(?:console|slog|logrus|zap|zerolog|Log|LOG|_logger)\s*(?:\.|::)\s*\w+|\b(?:error|warn|info)!\s*\(|\baudit\w*\s*[.(]/i;
const EXTENSIONS = new Set(".js .jsx .ts .tsx .mjs .cjs .ex .exs .py .rb .go .java .kt .php .cs .rs".split(" "));
const SKIPPED = new Set(["node_modules", "vendor", "dist", "target", "test", "tests", "spec", "__tests__", "deps"]);
const TEST = /[._-](?:test|spec|cy)\.|_test\.|Tests?\.(?:java|cs|kt|php)$/;

/** Whether a file is a finding: its path, with `/`, and its text. */
export const isFinding = (path, text) => PATH.test(path) && !LOGGER.test(text);

/** SARIF of a folder. */
export function scan(dir) {
  const found = sourcesOf(dir, dir).filter((path) => isFinding(path, readFileSync(join(dir, path), "utf8")));
  const results = found.map((path) => ({
    ruleId: RULE,
    level: "warning",
    message: { text: "The path speaks of authentication or users, and nothing is logged here." },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(path) } } }],
  }));
  const driver = { name: "file-path-heuristic", rules: [{ id: RULE }] };
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [{ tool: { driver }, results }] };
}

function sourcesOf(root, dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith(".") ? [] : sourcesOf(root, path);
    return entry.isFile() && EXTENSIONS.has(extname(entry.name)) && !TEST.test(entry.name)
      ? [relative(root, path).split(sep).join("/")]
      : [];
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 3) {
    console.error("usage: node baseline.mjs DIR");
    process.exitCode = 2;
  } else {
    console.log(JSON.stringify(scan(process.argv[2])));
  }
}
