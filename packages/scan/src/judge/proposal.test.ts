import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultConfig } from "../config/defaults.ts";
import type { Finding } from "../report/result.ts";
import { scan } from "../scan.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-proposal-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

async function findingsIn(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return (await scan({ root, config: defaultConfig })).result.findings;
}

async function linesIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await findingsIn(files)).flatMap(({ write }) => write.map(({ line }) => line));
}

const manifest = (...dependencies: readonly string[]): Readonly<Record<string, string>> => ({
  "package.json": JSON.stringify({ name: "sample", dependencies: Object.fromEntries(dependencies.map((name) => [name, "*"])) }),
});

/** An Express login without a record; `before` stands at the top, `first` at the beginning of the handler. */
const login = (before: string, first = "", params = "req, res"): string => `import express from "express";
${before}
const app = express();
app.post("/login", async (${params}) => {
  ${first}
  const user = await db.users.find(${params.split(",")[0]}.body.email);
  if (!user || !(await verifyPassword(${params.split(",")[0]}.body.password, user.hash))) {
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  res.json({ token: openSession(user.id) });
});
`;

describe("the logger of a proposal", () => {
  it.each([
    [
      "pino, made in another file",
      "pino",
      'import pino from "pino";\nexport const logger = pino();',
      'logger.warn({ event: "authn_login_fail"',
    ],
    [
      "pino, whose methods an object passes on",
      "pino",
      'import pino from "pino";\nconst base = pino();\nconst own = { info: base.info.bind(base), debug: base.debug.bind(base) };\nexport const logger: Own = own;',
      'logger.warn({ event: "authn_login_fail"',
    ],
    [
      "pino, made by a factory",
      "pino",
      'import pino from "pino";\nfunction make() {\n  return pino();\n}\nexport const logger = make();',
      'logger.warn({ event: "authn_login_fail"',
    ],
    [
      "winston, made in another file",
      "winston",
      'import winston from "winston";\nexport const logger = winston.createLogger({});',
      'logger.warn("authn_login_fail", { event: "authn_login_fail"',
    ],
    [
      "a class of the project",
      "pino",
      "export class Log {\n  info(message: string, fields: object) {}\n}\nexport const logger = new Log();",
      'logger.warn("authn_login_fail", { event: "authn_login_fail"',
    ],
  ])("is %s", async (_name, dependency, logger, expected) => {
    const lines = await linesIn({
      ...manifest("express", dependency),
      "log.ts": logger,
      "app.ts": login('import { logger } from "./log.ts";', 'logger.debug("login");'),
    });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(expected);
  });

  it("is the one of the project where the file has none, and of its package before that of others", async () => {
    const lines = await linesIn({
      ...manifest(),
      "api/package.json": JSON.stringify({ dependencies: { express: "*", pino: "*" } }),
      "api/log.ts": 'import pino from "pino";\nexport const serverLog = pino();',
      "api/mail.ts": 'import { serverLog } from "./log.ts";\nexport const mail = () => serverLog.info("sent");',
      "api/app.ts": login('import { mail } from "./mail.ts";', "mail();"),
      "web/log.ts": 'export const Log = { info() {} };\nLog.info("a");',
    });
    expect(lines[1]).toMatch(/^serverLog\.warn\(\{/);
  });

  it("is the library that the package depends on, where nothing is written yet", async () => {
    expect((await linesIn({ ...manifest("express", "winston"), "app.ts": login("") }))[1]).toMatch(/^logger\.warn\("authn_login_fail", \{/);
    expect((await linesIn({ ...manifest("express"), "app.ts": login("") }))[1]).toMatch(/^console\.warn\(/);
  });

  it("is not one that the handler cannot reach", async () => {
    const lines = await linesIn({
      ...manifest("express", "pino"),
      "app.ts": login(
        'import pino from "pino";\nfunction other() {\n  const inner = pino();\n  inner.info("x");\n}\nconst outer = pino();\nouter.debug("y");',
      ),
    });
    expect(lines[1]).toMatch(/^outer\.warn/);
  });
});

describe("the details of a proposal", () => {
  it("are expressions in the handler's own names", async () => {
    const [success, failure] = await linesIn({ ...manifest("express", "pino"), "app.ts": login("", "", "request, res") });
    expect(success).toBe(
      'logger.info({ event: "authn_login_success", actor: user.id, outcome: "success", ip: request.ip, request_id: request.get("x-request-id") }, "authn_login_success")',
    );
    expect(failure).toContain('outcome: "failure", reason: "Wrong e-mail or password", ip: request.ip');
    expect(failure).not.toContain("actor");
  });

  it("leave out what is not in scope", async () => {
    const lines = await linesIn({
      ...manifest("next"),
      "app/actions.ts": `"use server";
export async function deleteUser(id: string) {
  await db.users.delete(id);
  return { ok: true };
}
`,
    });
    expect(lines).toEqual(['console.info(JSON.stringify({ event: "user_deleted", outcome: "success" }))']);
  });

  it("name who acts as the handler does, and what is acted on", async () => {
    const handler = (inside: string): string => `import express from "express";
const app = express();
app.delete("/users/:id", async (req, res) => {
  ${inside}
  await db.users.deleteUser(req.params.id);
  res.sendStatus(204);
});
`;
    const one = { ...manifest("express"), "app.ts": handler("touch(req.session.user.id);") };
    expect(await linesIn(one)).toEqual([expect.stringContaining("actor: req.session.user.id, target: req.params.id")]);
    expect(await linesIn({ "app.ts": handler("") })).toEqual([expect.not.stringContaining("actor")]);
  });

  it("use what a macro gives its block", async () => {
    const lines = await linesIn({
      "mix.exs": 'defmodule A.MixProject do\n  defp deps, do: [{:plug, "~> 1.0"}]\nend\n',
      "lib/users.ex": `defmodule A.Users do
  def delete_user(id), do: A.Repo.delete(id)
end
`,
      "lib/router.ex": `defmodule A.Router do
  use Plug.Router
  plug :match
  plug :dispatch

  delete "/users/:id" do
    {:ok, _} = A.Users.delete_user(id)
    send_resp(conn, 204, "")
  end
end
`,
    });
    expect(lines).toEqual([
      expect.stringMatching(
        /^Logger\.info\(event: "user_deleted", target: id, outcome: "success", ip: to_string\(:inet\.ntoa\(conn\.remote_ip\)\)/,
      ),
    ]);
  });
});

describe("findings", () => {
  it("say why once, and have a fingerprint each", async () => {
    const twice = `import express from "express";
const a = express();
a.post("/logout", (req, res) => { req.session.destroy(); res.end(); });
const b = express();
b.post("/logout", (req, res) => { req.session.destroy(); res.end(); });
`;
    const findings = await findingsIn({ ...manifest("express"), "app.ts": twice });
    expect(findings).toHaveLength(2);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    const said = findings[0]!.because.split("; ");
    expect(new Set(said).size).toBe(said.length);
  });

  it("keep their fingerprints when lines move", async () => {
    const text = login("");
    const before = await findingsIn({ ...manifest("express"), "app.ts": text });
    const after = await findingsIn({ "app.ts": `// a\n\n${text}` });
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
  });
});
