import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/parse.ts";
import type { Finding } from "../report/result.ts";
import { scan } from "../scan.ts";

const HEAD = `import express from "express";
import pino from "pino";
const app = express();
const logger = pino();
`;

/** What a scan finds in the routes of an Express application. */
async function findingsIn(routes: string, off: readonly string[] = []): Promise<readonly Finding[]> {
  const root = mkdtempSync(join(tmpdir(), "telltale-records-"));
  try {
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "shop", dependencies: { express: "*", pino: "*" } }));
    writeFileSync(join(root, "app.ts"), HEAD + routes);
    const rules = Object.fromEntries(off.map((rule) => [rule, "off" as const]));
    return (await scan({ root, config: { ...defaultConfig, rules } })).result.findings;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const DELETION = `app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  logger.debug({ event: "user_deleted", actor: req.user.id, target: req.params.id });
  res.sendStatus(204);
});
`;

describe("a line below info", () => {
  it("takes the place of the finding that the outcome leaves no record", async () => {
    const findings = await findingsIn(DELETION);
    expect(findings.map(({ rule }) => rule)).toEqual(["debug-only-security-log"]);
    expect(findings[0]).toMatchObject({
      severity: "high",
      place: { line: 7 },
      message: "This account deletion is written down at debug level only",
      instead: 'logger.info({ event: "user_deleted", actor: req.user.id, target: req.params.id, outcome: "success" }, "user_deleted")',
    });
  });

  it("leaves it where the rule is off", async () => {
    expect((await findingsIn(DELETION, ["debug-only-security-log"])).map(({ rule }) => rule)).toEqual(["missing-security-log"]);
  });

  it("leaves it where another outcome of the gap has no line", async () => {
    const findings = await findingsIn(`app.delete("/users/:id", async (req, res) => {
  if (!req.user.isAdmin) return res.status(403).json({ error: "not allowed" });
  await db.user.delete({ where: { id: req.params.id } });
  logger.debug({ event: "user_deleted", target: req.params.id });
  res.sendStatus(204);
});
`);
    expect(findings.map(({ rule }) => rule)).toEqual(["missing-security-log"]);
  });
});

describe("an incomplete record", () => {
  const messages = async (routes: string): Promise<readonly string[]> =>
    (await findingsIn(routes))
      .filter(({ rule }) => rule === "incomplete-security-log")
      .map(({ severity, message }) => `${severity}: ${message}`);

  it("is one finding with all that it lacks", async () => {
    const login = (line: string): string => `app.post("/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    ${line}
    return res.status(401).json({ error: "wrong password" });
  }
  res.json({ ok: true });
});
`;
    expect(await messages(login('console.log("login failed");'))).toEqual([
      "medium: This record of a failed login is free text and lacks actor, reason and source IP",
    ]);
    const named = login('logger.warn({ event: "authn_login_fail", email: req.body.email, reason: "bad_password" });');
    expect(await messages(named)).toEqual(["low: This record of a failed login lacks source IP"]);
    expect(
      await messages(
        login('logger.warn({ event: "authn_login_fail", email: req.body.email, reason: "bad_password", ip: req.ip, requestId: req.id });'),
      ),
    ).toEqual([]);
  });

  it("is one finding a line, however many handlers write it", async () => {
    const findings = await messages(`function recordDeletion(target) {
  logger.info({ event: "user_deleted", target });
}
app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  recordDeletion(req.params.id);
  res.sendStatus(204);
});
app.post("/users/:id/delete", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  recordDeletion(req.params.id);
  res.sendStatus(204);
});
`);
    expect(findings).toEqual(["medium: This record of an account deletion lacks actor"]);
  });

  it("is not asked for the address of a caller whose request it does not see, nor for an ID that requests do not have", async () => {
    const deletion = (line: string): string => `const logDeletion = (target) => logger.info({ event: "user_deleted", target });
app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  ${line}
  res.sendStatus(204);
});
`;
    expect(await messages(deletion("logDeletion(req.params.id);"))).toEqual(["medium: This record of an account deletion lacks actor"]);
    const own = deletion('logger.info({ event: "user_deleted", actor: req.user.id, target: req.params.id });');
    expect(await messages(own)).toEqual(["low: This record of an account deletion lacks source IP"]);
    expect(await messages(`app.use((req, res, next) => next((req.id = req.get("x-request-id"))));\n${own}`)).toEqual([
      "low: This record of an account deletion lacks source IP and request ID",
    ]);
  });

  it("is told from the one beside it that says all", async () => {
    expect(
      await messages(`app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  console.log("user deleted");
  logger.info({ event: "user_deleted", actor: req.user.id, target: req.params.id, ip: req.ip, requestId: req.id });
  res.sendStatus(204);
});
`),
    ).toEqual([]);
  });
});
