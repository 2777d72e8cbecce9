/**
 * The full proof of the redaction: plants a secret in each of a million random records and looks for it in what is written, then
 * counts how much of the corpus of ordinary names and texts passes unharmed.
 *
 *     node packages/log/scripts/prove-redaction.mjs [CASES]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const cases = process.argv[2] ?? "1000000";
if (!/^[1-9]\d*$/.test(cases)) {
  console.error(`CASES: ${cases} is not a number`);
  process.exit(2);
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "packages/log/src/redact/proof.test.ts", "packages/log/src/redact/corpus.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, TELLTALE_PROOF_CASES: cases } },
);
process.exit(status ?? 1);
