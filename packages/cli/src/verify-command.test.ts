import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecurityLog } from "@telltale/log";
import type { VerifyReport } from "@telltale/log";
import { TelltaleError } from "@telltale/scan";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyCommand } from "./verify-command.ts";
import type { VerifyFlags } from "./verify-command.ts";

let folder: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "telltale-verify-"));
  vi.spyOn(process.stdout, "write").mockImplementation((...args: readonly unknown[]) => {
    out += String(args[0]);
    const done = args.find((arg) => typeof arg === "function") as (() => void) | undefined;
    done?.();
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function verify(names: readonly string[], flags: VerifyFlags = {}): Promise<number> {
  out = "";
  return verifyCommand(
    names.map((name) => join(folder, name)),
    { color: false, ...flags },
  );
}

/** A real log of seven lines: start, five events, stop. */
async function writeLog(signWith?: string): Promise<string[]> {
  const path = join(folder, "security.log");
  const log = createSecurityLog({ service: "shop", outputs: { file: path, chain: signWith === undefined ? true : { signWith } } });
  for (let i = 0; i < 5; i += 1) log.record("authn_login_fail", { userid: `user-${i}`, reason: "bad_password" });
  await log.close();
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}

const save = (lines: readonly string[]) => writeFileSync(join(folder, "security.log"), `${lines.join("\n")}\n`);

describe("telltale verify", () => {
  it("says that files are intact, and what a later run can ask for", async () => {
    await writeLog();
    expect(await verify(["security.log"], { fromStart: true })).toBe(0);
    expect(out).toMatch(/chain [0-9a-f]{16} {2}1 to 7, 0 checkpoints\n/);
    expect(out).toMatch(/\nIntact: 7 lines in 1 file\n$/);
    const last = /--last (\S+)/.exec(out)![1]!;
    expect(await verify(["security.log"], { last })).toBe(0);
    save((await readLines()).slice(0, -1));
    expect(await verify(["security.log"])).toBe(0);
    expect(await verify(["security.log"], { last })).toBe(1);
    expect(out).toContain("missing-tail");
  });

  it("names the first line that is not as it was", async () => {
    const lines = await writeLog();
    save(lines.map((line, index) => (index === 3 ? line.replace("user-2", "user-9") : line)));
    expect(await verify(["security.log"])).toBe(1);
    expect(out).toContain(`changed  ${join(folder, "security.log")}:4\n  expected  line 4 of chain`);
    expect(out).toMatch(/Not intact: 1 problem in 7 lines in 1 file; the first is changed at .*security\.log:4\n$/);
  });

  it("checks signatures with the key that --new-key made", async () => {
    expect(await verify([], { newKey: join(folder, "keys") })).toBe(0);
    const [privateFile, publicFile] = ["telltale-signing.key", "telltale-signing.pub"].map((name) => join(folder, "keys", name));
    expect(statSync(privateFile!).mode & 0o777).toBe(0o600);
    await writeLog(readFileSync(privateFile!, "utf8"));
    expect(await verify(["security.log"], { publicKey: [publicFile!] })).toBe(0);
    expect(out).toMatch(/2 checkpoints, signed up to 7/);
    await expect(verify([], { newKey: join(folder, "keys") })).rejects.toThrow(/cannot write to .*file already exists/);
  });

  it("says no to a chain that the key did not sign", async () => {
    await verify([], { newKey: folder });
    await writeLog();
    expect(await verify(["security.log"], { publicKey: [join(folder, "telltale-signing.pub")] })).toBe(1);
    expect(out).toContain("unsigned");
  });

  it("gives programs the whole report", async () => {
    const lines = await writeLog();
    save([...lines.slice(0, 2), ...lines.slice(3)]);
    expect(await verify(["security.log"], { format: "json" })).toBe(1);
    const report = JSON.parse(out) as VerifyReport;
    expect(report).toMatchObject({ intact: false, lines: 6, problemCount: 1, problems: [{ kind: "removed", line: 3, seq: 3 }] });
  });

  it("exits with 2 where a file cannot be read", async () => {
    await writeLog();
    expect(await verify(["security.log", "absent.log"])).toBe(2);
    expect(out).toContain(`cannot be read  ${join(folder, "absent.log")}: no such file or directory`);
  });

  const wrong: readonly (readonly [string, VerifyFlags])[] = [
    ['unknown format "jsn"', { format: "jsn" }],
    ["--last takes NUMBER:HASH", { last: "12" }],
    ["--checkpoint-every takes a number", { checkpointEvery: "often" }],
    ['cannot read the key "/nowhere/key": no such file or directory', { publicKey: ["/nowhere/key"] }],
    ["--public-key is not an Ed25519 public key", { publicKey: [new URL(import.meta.url).pathname] }],
  ];
  it.each(wrong)("says %s", async (message, flags) => {
    await writeLog();
    const failure = await verify(["security.log"], flags).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TelltaleError);
    expect((failure as TelltaleError).message).toContain(message);
  });

  it("wants files", async () => {
    await expect(verify([])).rejects.toThrow("name the files to verify");
  });
});

async function readLines(): Promise<string[]> {
  return readFileSync(join(folder, "security.log"), "utf8").split("\n").slice(0, -1);
}
