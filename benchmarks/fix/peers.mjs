/** Programs that rewrite the same files by patterns, for what rewriting costs. None knows what is missing where. */
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { measure } from "../scan/measure.mjs";
import { changedOf, copied, digests } from "./application.mjs";

const OXLINT = fileURLToPath(new URL("../../node_modules/.bin/oxlint", import.meta.url));
/** $AST_GREP names a program that is not on PATH. */
const AST_GREP = process.env.AST_GREP ?? "ast-grep";

const PEERS = [
  // Its own safe repairs; of the same files of JavaScript and TypeScript, one at a time.
  { name: "oxlint --fix", command: (folder) => [OXLINT, "--fix", "--quiet", folder] },
  // A line before each statement that answers: what a pattern can say of a record that is missing.
  {
    name: "ast-grep --update-all",
    command: (folder) => {
      const rewrite = "{ console.warn('refused'); throw new $ERROR($$$ARGS) }";
      return [AST_GREP, "run", "--lang", "ts", "--pattern", "throw new $ERROR($$$ARGS)", "--rewrite", rewrite, "--update-all", folder];
    },
  },
];

/** What each cost, and how many files it changed; those that are not there are passed over, with a word. */
export async function onPeers(folder, copy) {
  const all = [];
  for (const { name, command } of PEERS) {
    copied(folder, copy);
    const before = digests(copy);
    try {
      const { processor, megabytes } = await measure(command(copy), [0, 1]);
      all.push({ name, processor, megabytes, files: changedOf(before, digests(copy)).length });
    } catch (error) {
      console.error(`${name}: passed over, ${error.message}`);
    }
    if (existsSync(copy)) rmSync(copy, { recursive: true, force: true });
  }
  return all;
}
