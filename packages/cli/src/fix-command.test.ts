import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

// Every test starts the command several times.
vi.setConfig({ testTimeout: 60_000 });

const bin = fileURLToPath(new URL("../bin/telltale.js", import.meta.url));

const silent = `import express from "express";
import { logger } from "./logger.js";
import { users } from "./users.js";

const app = express();

app.post("/login", async (req, res) => {
  const user = await users.findByEmail(req.body.email);
  if (!user || !(await verifyPassword(req.body.password, user.passwordHash))) {
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  logger.info({ event: "authn_login_success", actor: user.id, outcome: "success", ip: req.ip }, "authn_login_success");
  res.json({ token: signToken(user) });
});

app.delete("/users/:id", async (req, res) => {
  await users.deleteUser(req.params.id, req.user.id);
  res.status(204).end();
});
`;

let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

function telltale(args: readonly string[], input = ""): { readonly status: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: "utf8", input });
  return { status, out: stdout, err: stderr };
}

beforeAll(() => {
  const built = fileURLToPath(new URL("../dist/main.js", import.meta.url));
  if (!existsSync(built)) throw new Error("these tests run the built command: npm run build");
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-cli-fix-"));
  write("package.json", JSON.stringify({ type: "module", dependencies: { express: "5", pino: "9" } }));
  write("src/app.js", silent);
  write("src/logger.js", 'import pino from "pino";\n\nexport const logger = pino();\n');
  write(
    "src/users.js",
    "export const users = { findByEmail: async (email) => db.get(email), deleteUser: async (id) => db.users.delete(id) };\n",
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("telltale fix", () => {
  it("writes the missing lines, and has nothing to do the second time", () => {
    chmodSync(join(root, "src/app.js"), 0o640);
    const { status, out, err } = telltale(["fix"]);
    expect(err).toBe("");
    expect(out).toContain("fixed  src/app.js");
    expect(out).toContain("2 findings fixed in 1 file, 0 not");
    expect(status).toBe(0);
    expect(read("src/app.js")).toMatch(/event: "authn_login_fail"[\s\S]+return res\.status\(401\)/);
    expect(read("src/app.js")).toMatch(/deleteUser\(req\.params\.id, req\.user\.id\);\n {2}logger\.info\([\s\S]+"user_deleted"/);
    expect(statSync(join(root, "src/app.js")).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(root, "src"))).toEqual(["app.js", "logger.js", "users.js"]);

    const after = read("src/app.js");
    const second = telltale(["fix"]);
    expect(second.out).toBe("Nothing to fix.\n");
    expect(second.status).toBe(0);
    expect(read("src/app.js")).toBe(after);
  });

  it("prints a diff that patch takes, and writes nothing, with --dry-run", () => {
    const { status, out } = telltale(["fix", "--dry-run"]);
    expect(status).toBe(1);
    expect(read("src/app.js")).toBe(silent);
    expect(out).toMatch(/^--- a\/src\/app\.js\n\+\+\+ b\/src\/app\.js\n@@ /);
    const patched = spawnSync("git", ["apply", "--check", "-"], { cwd: root, input: out, encoding: "utf8" });
    expect(patched.stderr).toBe("");
  });

  it("makes the changes that were agreed to with --interactive", () => {
    const { status, out, err } = telltale(["fix", "--interactive"], "n\ny\n");
    expect(err).toContain("[y]es, [n]o, [a]ll, [q]uit");
    expect(out).toContain("1 finding fixed in 1 file, 1 not");
    expect(status).toBe(1);
    expect([read("src/app.js").includes("authn_login_fail"), read("src/app.js").includes("user_deleted")]).toEqual([false, true]);
  });

  it("declines what is left when the answers end", () => {
    expect(telltale(["fix", "--interactive"], "").status).toBe(1);
    expect(read("src/app.js")).toBe(silent);
  });

  it("fixes one rule only where it is named", () => {
    telltale(["fix", "--rule", "missing-failure-log"]);
    expect([read("src/app.js").includes("authn_login_fail"), read("src/app.js").includes("user_deleted")]).toEqual([true, false]);
  });

  it("leaves what a comment accepts alone", () => {
    write("src/app.js", silent.replace('app.delete("', '// telltale-ignore missing-security-log: a test account\napp.delete("'));
    telltale(["fix"]);
    expect(read("src/app.js")).not.toContain("user_deleted");
  });

  it("names what is left by its line: of the file as it is in a dry run, else of the file as it was written", () => {
    write("src/app.js", `${silent}\napp.use("/faults", (err, req, res, next) => res.status(500).send(err.stack));\n`);
    const leftAt = (args: readonly string[]) => (JSON.parse(telltale(args).out) as { refused: { line: number }[] }).refused[0]!.line;
    const lineIn = (text: string) => text.slice(0, text.indexOf("/faults")).split("\n").length;
    expect(leftAt(["fix", "--format", "json", "--dry-run"])).toBe(lineIn(read("src/app.js")));
    const before = lineIn(read("src/app.js"));
    expect(leftAt(["fix", "--format", "json"])).toBe(lineIn(read("src/app.js")));
    expect(lineIn(read("src/app.js"))).toBeGreaterThan(before);
  });

  it("tells programs what it did", () => {
    const { out } = telltale(["fix", "--format", "json", "--dry-run"]);
    const report = JSON.parse(out) as {
      fixed: { rule: string; safe: boolean }[];
      files: { file: string; written: boolean; diff: string }[];
    };
    expect(report.fixed.map(({ rule, safe }) => [rule, safe])).toEqual([
      ["missing-failure-log", true],
      ["missing-security-log", true],
    ]);
    expect(report.files).toEqual([{ file: "src/app.js", written: false, diff: expect.stringContaining("+++ b/src/app.js") as unknown }]);
  });

  it("does not write through a link that leads out of the folder", () => {
    const outside = mkdtempSync(join(tmpdir(), "telltale-outside-"));
    writeFileSync(join(outside, "app.js"), silent);
    rmSync(join(root, "src/app.js"));
    symlinkSync(join(outside, "app.js"), join(root, "src/app.js"));
    telltale(["fix"]);
    expect(readFileSync(join(outside, "app.js"), "utf8")).toBe(silent);
    rmSync(outside, { recursive: true });
  });

  it.each([
    [["fix", "--rule", "missing"], "TT1106"],
    [["fix", "nowhere"], "TT1107"],
    [["fix", "--format", "xml"], "TT1105"],
    [["fix", "--interactive", "--format", "json"], "TT1109"],
    [["fix", "--changed"], "TT1201"],
  ])("%j is an error with a code", (args, code) => {
    const { status, err } = telltale(args);
    expect(err).toContain(code);
    expect(status).toBe(2);
  });
});
