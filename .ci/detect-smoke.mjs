// On the Node.js that runs this: the rule pack does what its samples say, and a log of stuffed credentials raises the alarm.
import assert from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../packages/cli/bin/telltale.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "telltale-smoke-"));

function telltale(...args) {
  return spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
}

try {
  const samples = telltale("rules", "test");
  assert.strictEqual(samples.status, 0, samples.stdout + samples.stderr);

  const start = Date.UTC(2026, 0, 5);
  const lines = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      level: 40,
      time: new Date(start + index * 1000).toISOString(),
      event: "authn_login_fail",
      outcome: "failure",
      reason: "bad_password",
      actor: { id: `user${index}` },
      source: { ip: "203.0.113.9" },
      service: "shop",
      writer: "0000000000000001",
      seq: index + 1,
    }),
  );
  writeFileSync(join(folder, "security.log"), `${lines.join("\n")}\n`);
  const found = telltale("detect", "security.log", "--to", "json");
  assert.strictEqual(found.status, 1, found.stderr);
  const titles = found.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).rule.title);
  assert.ok(titles.includes("Credential Stuffing From One Address"), titles.join(", "));
  console.log(`Node.js ${process.versions.node}: ${samples.stdout.trim().split("\n").at(-1)}; alerts: ${titles.join(", ")}`);
} finally {
  rmSync(folder, { recursive: true });
}
