import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyFiles } from "../evidence/verify.ts";
import { json } from "../formats/json.ts";
import { start } from "./harness/children.ts";
import { idsIn, newFolder, privateKey, publicKey } from "./harness/lines.ts";

/** More of them: `TELLTALE_KILLS=100`. */
const kills = Number(process.env["TELLTALE_KILLS"] ?? 4);

/** Starts a writer, kills it at a random moment after its first acknowledgement, and gives what it acknowledged. */
function killedRun(task: object): Promise<string[]> {
  const child = start("writer.ts", [JSON.stringify(task)]);
  let out = "";
  let err = "";
  child.stderr!.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdout!.on("data", (chunk: Buffer) => {
    if (out === "") setTimeout(() => child.kill("SIGKILL"), Math.random() * 60);
    out += chunk.toString();
  });
  return new Promise((done, failed) =>
    child.on("close", (_, signal) => {
      // What follows the last newline was being acknowledged.
      if (signal === "SIGKILL") done(out.split("\n").slice(0, -1));
      else failed(new Error(`the writer ended by itself: ${err}`));
    }),
  );
}

describe.each(["each", "interval", "off"] as const)("kill -9 with fsync %s", (fsync) => {
  it("loses nothing that was acknowledged, writes nothing twice, and keeps the chain", { timeout: 60_000 + kills * 3000 }, async () => {
    const folder = join(newFolder(), "logs");
    mkdirSync(folder);
    const path = join(folder, "security.log");
    const signWith = privateKey.export({ type: "pkcs8", format: "pem" });
    const acknowledged: string[] = [];
    for (let run = 1; run <= kills; run += 1) {
      const file = { path, fsync, maxSize: "1MB", gzip: true };
      acknowledged.push(...(await killedRun({ file, chain: { signWith }, run: `r${run}`, burst: 50, lineLength: 20_000 })));
    }

    // Lines that the kill cut in the middle were not acknowledged: they stand there, marked.
    const [ids, torn] = idsIn(folder);
    expect(ids.length).toBe(new Set(ids).size);
    const written = new Set(ids);
    expect(acknowledged.filter((id) => !written.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(kills);

    const names = readdirSync(folder).filter((name) => !name.startsWith("."));
    const files = names.map((name) => join(folder, name)).reverse();
    const report = await verifyFiles(files, { formats: [json], publicKeys: [publicKey], fromStart: true });
    expect(report.problems).toEqual([]);
    expect(report.notes.map(({ kind }) => kind)).toEqual(Array(torn).fill("torn"));
    expect(report.intact).toBe(true);
    expect(report.chains.length).toBe(1);
    expect(report.chains[0]!.lines).toBe(ids.length);
  });
});
