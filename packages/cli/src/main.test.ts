import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

// Every test starts the command several times.
vi.setConfig({ testTimeout: 30_000 });

const bin = fileURLToPath(new URL("../bin/telltale.js", import.meta.url));

const silentLogin = `import bcrypt from "bcrypt";
import express from "express";
import pino from "pino";
import { users, sessions } from "./users.js";

const logger = pino();
const app = express();

app.post("/login", async (req, res) => {
  const user = await users.findByEmail(req.body.email);
  if (!user || !(await bcrypt.compare(req.body.password, user.passwordHash))) {
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  logger.info({ event: "authn_login_success", actor: user.id, ip: req.ip }, "signed in");
  res.json({ token: sessions.open(user) });
});
`;

let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function telltale(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Run {
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, XDG_CACHE_HOME: join(root, ".cache"), ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: root, env, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

beforeAll(() => {
  const built = fileURLToPath(new URL("../dist/main.js", import.meta.url));
  if (!existsSync(built)) throw new Error("these tests run the built command: npm run build");
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-cli-"));
  write("package.json", JSON.stringify({ type: "module", dependencies: { bcrypt: "6", express: "5", pino: "9" } }));
  write("src/app.js", silentLogin);
  write(
    "src/users.js",
    "export const users = { findByEmail: async (email) => db.get(email) };\nexport const sessions = { open: (user) => sign(user.id) };\n",
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("telltale scan", () => {
  it("names the silent outcome and exits with 1", () => {
    const { status, out, err } = telltale(["scan"]);
    expect(out).toContain("missing-failure-log");
    expect(out).toContain("POST /login");
    expect(out).toMatch(/> 12 \| .*res\.status\(401\)/);
    expect(out).toMatch(/Outcome coverage +50 %/);
    expect(err).toBe("");
    expect(status).toBe(1);
  });

  it("exits with 0 where every outcome is recorded", () => {
    write(
      "src/app.js",
      silentLogin.replace(
        "    return res",
        '    logger.warn({ event: "authn_login_fail", actor: req.body.email, reason: "bad_credentials", ip: req.ip }, "login failed");\n    return res',
      ),
    );
    const { status, out } = telltale(["scan"]);
    expect(out).toContain("No findings");
    expect(status).toBe(0);
  });

  it("writes several formats in one run, each to its place", () => {
    const { status, out } = telltale(["scan", "--format", "agent", "--format", "json=r.json", "--format", "sarif=r.sarif"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^1 finding, /);
    expect(JSON.parse(readFileSync(join(root, "r.json"), "utf8")).findings).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(root, "r.sarif"), "utf8")).runs[0].results).toHaveLength(1);
  });

  it("gives the same bytes on two runs, with the cache and without", () => {
    const first = telltale(["scan", "--format", "json"]).out;
    expect(telltale(["scan", "--format", "json"]).out).toBe(first);
    expect(telltale(["scan", "--format", "json", "--no-cache"]).out).toBe(first);
  });

  it("explains a handler", () => {
    const { status, out } = telltale(["scan", "--explain", "src/app.js:10"]);
    expect(out).toContain("authn_login");
    expect(out).toContain("not recorded");
    expect(out).toContain("src/app.js:14");
    expect(status).toBe(0);
  });

  it("explains a line that no handler holds, and says where there is something to explain", () => {
    write(
      "src/mail.js",
      'import pino from "pino";\nconst logger = pino();\n\nexport function invite(email, password) {\n  logger.info({ email, password }, "invited");\n}\n',
    );
    const { status, out } = telltale(["scan", "--explain", "src/mail.js:5"]);
    expect(out).toMatch(/^invite {2}src\/mail\.js:5\n/);
    expect(out).toContain("critical sensitive-data-in-log: ");
    expect(status).toBe(0);
    expect(telltale(["scan", "--explain", "src/mail.js:2"]).err).toContain(
      "no handler and no finding stands at src/mail.js:2; findings at lines 5",
    );
  });

  it("finds a leaked password in every format, and accepts one by a comment that names the rule", () => {
    const leak = silentLogin.replace("  logger.info(", "  logger.info({ password: req.body.password });\n  logger.info(");
    write("src/app.js", leak);
    const { out } = telltale([
      "scan",
      "--format",
      "agent",
      "--format",
      "sarif=r.sarif",
      "--format",
      "json=r.json",
      "--format",
      "github=r.txt",
    ]);
    expect(out).toContain("src/app.js:14 critical sensitive-data-in-log POST /login");
    expect(readFileSync(join(root, "r.txt"), "utf8")).toContain("::error file=src/app.js,line=14,");
    const results: { ruleId: string; codeFlows: object[] }[] = JSON.parse(readFileSync(join(root, "r.sarif"), "utf8")).runs[0].results;
    expect(results.find(({ ruleId }) => ruleId === "sensitive-data-in-log")?.codeFlows).toHaveLength(1);
    const rulesNow = (): readonly string[] =>
      JSON.parse(telltale(["scan", "--format", "json"]).out).findings.map(({ rule }: { rule: string }) => rule);
    write("src/app.js", leak.replace("app.post", "// telltale-ignore missing-failure-log: the proxy records it\napp.post"));
    expect(rulesNow()).toEqual(["sensitive-data-in-log"]);
    write(
      "src/app.js",
      leak.replace("  logger.info({ password", "  // telltale-ignore sensitive-data-in-log: a test account\n  logger.info({ password"),
    );
    expect(rulesNow()).toEqual(["missing-failure-log"]);
  });

  it("accepts what the baseline lists, and reports what is new", () => {
    expect(telltale(["scan", "--baseline", "b.json", "--update-baseline"]).status).toBe(0);
    expect(telltale(["scan", "--baseline", "b.json"]).status).toBe(0);
    write("src/more.js", silentLogin.replace("/login", "/admin/login"));
    const { status, out } = telltale(["scan", "--baseline", "b.json", "--format", "agent"]);
    expect(status).toBe(1);
    expect(out).toContain("src/more.js");
    expect(out).not.toContain("src/app.js");
  });

  it("accepts what a comment gives a reason for, and complains of one without", () => {
    const comment = (text: string): string => silentLogin.replace("app.post", `// telltale-ignore ${text}\napp.post`);
    write("src/app.js", comment("missing-failure-log: the proxy records it"));
    expect(telltale(["scan"]).status).toBe(0);
    write("src/app.js", comment("missing-failure-log"));
    const { status, out } = telltale(["scan"]);
    expect(status).toBe(1);
    expect(out).toContain("src/app.js:9  a reason is missing");
  });

  it("takes settings from telltale.yaml and names a wrong one", () => {
    write("telltale.yaml", "rules:\n  missing-failure-log: low\nfailOn: high\n");
    const low = telltale(["scan"]);
    expect(low.out).toMatch(/low +missing-failure-log/);
    expect(low.status).toBe(0);
    write("telltale.yaml", "rule: {}\n");
    const wrong = telltale(["scan"]);
    expect(wrong.err).toContain('telltale: TT1003: telltale.yaml:1:1: unknown key "rule"; did you mean "rules"?');
    expect(wrong.status).toBe(2);
  });

  it("reports only what a change touches", () => {
    const git = (...args: readonly string[]): void => {
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: root, stdio: "pipe" });
    };
    write(".gitignore", ".cache\n");
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    expect(telltale(["scan", "--changed"]).status).toBe(0);
    write("src/app.js", silentLogin.replace("Wrong e-mail", "Unknown e-mail"));
    expect(telltale(["scan", "--changed"]).status).toBe(1);
    expect(telltale(["scan", "--changed=nowhere"])).toMatchObject({ status: 2, err: expect.stringContaining("TT1202") });
  });

  it("shows only findings at or above --severity", () => {
    write("telltale.yaml", "rules:\n  missing-failure-log: medium\n");
    expect(telltale(["scan", "--severity", "high"]).status).toBe(0);
    expect(telltale(["scan", "--severity", "medium"]).status).toBe(1);
  });

  it("counts the files of the part that it was asked about", () => {
    write("lib/other.js", "export const a = 1;\n");
    expect(telltale(["scan"]).out).toMatch(/^Files +3 /m);
    const part = telltale(["scan", "src"]);
    expect(part.out).toMatch(/^Files +2 /m);
    expect(part.out).toContain("    src/app.js:9:1");
    expect(telltale(["scan", "src/users.js"])).toMatchObject({ status: 0, out: expect.stringMatching(/^Files +1 /m) });
  });

  it("complains of nothing outside the part that it was asked about", () => {
    write("lib/broken.js", silentLogin.replace("app.post(", "app.post((("));
    write("lib/comment.js", "// telltale-ignore missing-failure-log\nexport const a = 1;\n");
    expect(telltale(["scan"]).out).toMatch(/1 file not analysed[^]*1 problem with telltale-ignore/);
    const { out } = telltale(["scan", "src"]);
    expect(out).not.toContain("not analysed");
    expect(out).not.toContain("telltale-ignore");
  });

  it("takes a comment behind code for its own line only", () => {
    const accept = " // telltale-ignore missing-failure-log: recorded by the proxy";
    write("src/app.js", silentLogin.replace('password" });', `password" });${accept}`));
    expect(telltale(["scan"]).status).toBe(0);
    // It stands on the line before the silent end, behind code that it speaks of.
    write("src/app.js", silentLogin.replace("passwordHash))) {", `passwordHash))) {${accept}`));
    const { status, out } = telltale(["scan"]);
    expect(status).toBe(1);
    expect(out).toContain("nothing to ignore");
  });

  it("says of a baseline what nothing needs any more", () => {
    telltale(["scan", "--baseline", "b.json", "--update-baseline"]);
    write("src/app.js", "export {};\n");
    expect(telltale(["scan", "--baseline", "b.json"])).toMatchObject({
      status: 0,
      err: expect.stringContaining("1 entry of the baseline is no longer needed"),
    });
    expect(telltale(["scan", "--baseline", "b.json", "--quiet"]).err).toBe("");
  });

  it("sees a record that a change takes out of a called file", () => {
    const git = (...args: readonly string[]): void => {
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: root, stdio: "pipe" });
    };
    const refuse = (line: string): string =>
      `import pino from "pino";\nconst logger = pino();\nexport function refuse(req, res) {\n${line}  return res.status(401).json({ error: "Wrong e-mail or password" });\n}\n`;
    write(".gitignore", ".cache\n");
    write(
      "src/refuse.js",
      refuse(
        '  logger.warn({ event: "authn_login_fail", actor: req.body.email, reason: "bad_credentials", ip: req.ip }, "login failed");\n',
      ),
    );
    write(
      "src/app.js",
      `import { refuse } from "./refuse.js";\n${silentLogin.replace(/return res\.status\(401\).*/, "return refuse(req, res);")}`,
    );
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    expect(telltale(["scan"]).status).toBe(0);
    write("src/refuse.js", refuse(""));
    const { status, out } = telltale(["scan", "--changed", "--format", "agent"]);
    expect(out).toContain("POST /login");
    expect(out).toContain("src/refuse.js:4");
    expect(status).toBe(1);
  });

  it("annotates a pull request and writes for an assistant", () => {
    expect(telltale(["scan", "--format", "github"]).out).toMatch(
      /^::error file=src\/app\.js,line=9,col=1,title=missing-failure-log%3A POST \/login/,
    );
    expect(telltale(["scan", "--format", "agent"]).out).toMatch(/^add before line 12: logger\.warn\(\{ event: "authn_login_fail"/m);
  });

  it("colours where asked to", () => {
    expect(telltale(["scan"]).out).not.toContain("\u001b");
    expect(telltale(["scan"], { FORCE_COLOR: "1", NO_COLOR: "1" }).out).not.toContain("\u001b");
    expect(telltale(["scan"], { FORCE_COLOR: "1" }).out).toContain("\u001b[");
    expect(telltale(["scan", "--no-color"], { FORCE_COLOR: "1" }).out).not.toContain("\u001b");
  });
});

describe("what cannot be done", () => {
  it.each([
    [["scan", "gone"], "TT1107"],
    [["scan", "--nope"], "TT1105"],
    [["scann"], "TT1105"],
    [["scan", "--severity", "bad"], "TT1104"],
    [["scan", "--explain", "src/app.js:1"], "TT1108"],
    [["scan", "--changed"], "TT1201"],
    [["scan", "src", "--baseline", "b.json", "--update-baseline"], "TT1109"],
    [["explain", "missing"], "TT1106"],
    [["scan", "--format", "json=no/such/folder/r.json"], "TT1401"],
    [["scan", "--format", "json=src"], "TT1401"],
    [["scan", "--format", "yaml"], "TT1101"],
    [["scan", "--config", "gone.yaml"], "TT1001"],
    [["scan", "--baseline", "package.json"], "TT1302"],
    [["scan", "--baseline", "gone.json"], "TT1301"],
    [["scan", "--update-baseline"], "TT1303"],
    [["scan", "--explain", "src/app.js"], "TT1103"],
  ])("%j ends with 2 and %s on standard error", (args, code) => {
    const { status, out, err } = telltale(args);
    expect(err).toContain(`telltale: ${code}: `);
    expect(err).not.toMatch(/^ +at /m);
    expect(out).toBe("");
    expect(status).toBe(2);
  });

  it.skipIf(process.platform !== "linux")("says that the disk is full", () => {
    const run = spawnSync("sh", ["-c", `'${process.execPath}' '${bin}' scan > /dev/full`], { cwd: root, encoding: "utf8" });
    expect(run.stderr).toContain("TT1401: cannot write to standard output: no space left on device");
    expect(run.status).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)("says which file may not be written", () => {
    write("r.json", "");
    chmodSync(join(root, "r.json"), 0o444);
    expect(telltale(["scan", "--format", "json=r.json"]).err).toContain("TT1401: cannot write to r.json: permission denied");
  });

  it("is quiet when the reader goes away", async () => {
    for (let index = 0; index < 300; index++) write(`src/app${index}.js`, silentLogin);
    const child = spawn(process.execPath, [bin, "scan", "--format", "json"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(err).toBe("");
    expect(status).toBe(1);
  });
});

describe("telltale rules and explain", () => {
  it("lists every rule and explains each", () => {
    const { out, status } = telltale(["rules"]);
    expect(status).toBe(0);
    const [scan = "", detection = ""] = out.split("\n\n");
    const ids = scan
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(" ")[0]!);
    expect(ids).toContain("missing-security-log");
    for (const id of ids) expect(telltale(["explain", id]).out).toContain(`## ${id}`);
    expect(detection).toMatch(/^telltale detect\n/);
    expect(scan).toMatch(/^ {2}missing-failure-log +low to high +what is missing +CWE-778 +A security-relevant failure leaves no record$/m);
  });

  it("lists them for programs", () => {
    const { out, status } = telltale(["rules", "--format", "json"]);
    expect(status).toBe(0);
    const listed: { scan: { id: string }[]; detect: { id: string }[] } = JSON.parse(out);
    expect(listed.scan.find(({ id }) => id === "sensitive-data-in-log")).toMatchObject({
      kind: "unsafe",
      cwe: [532],
      severity: { highest: "critical" },
    });
    expect(listed.detect.map(({ id }) => id)).toContain("credential_stuffing");
    expect(telltale(["rules", "--format", "yaml"])).toMatchObject({ status: 2, out: "" });
  });

  it("explains with code in the languages of the project, and in all on demand", () => {
    const languages = (...flags: string[]): readonly string[] => [
      ...new Set([...telltale(["explain", "missing-failure-log", ...flags]).out.matchAll(/^```(\w+)$/gm)].map(([, language]) => language!)),
    ];
    expect(languages()).toEqual(["js", "yaml"]);
    expect(languages("--all-languages")).toEqual(["js", "elixir", "python", "yaml"]);
    rmSync(join(root, "package.json"));
    write("mix.exs", "");
    expect(languages()).toEqual(["elixir", "yaml"]);
  });

  it("prints the help on standard error where no command is given", () => {
    const { out, err, status } = telltale([]);
    expect(err).toContain("Usage: telltale");
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});
