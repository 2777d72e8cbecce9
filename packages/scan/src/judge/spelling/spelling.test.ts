import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { actions, events, resolveEvent, type ActionName, type EventName } from "@telltale/vocabulary";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultConfig } from "../../config/defaults.ts";
import { tellsOf } from "../../content/record/about.ts";
import { inStyle, spelledLike, type Style } from "../../content/record/event-names.ts";
import { polarityOf } from "../../outcomes/topics.ts";
import type { Record } from "../../outcomes/way.ts";
import { scan } from "../../scan.ts";
import { sentenceFor } from "./sentences.ts";

const STYLES: readonly Style[] = ["snake", "dot", "kebab", "camel", "pascal", "upper", "colon"];

it.each(STYLES)("every event is still known by its name in the style %s", (style) => {
  for (const event of Object.keys(events) as EventName[]) expect(resolveEvent(inStyle(event, style)), event).toBe(event);
});

describe("a sentence", () => {
  const told = (Object.keys(actions) as ActionName[]).flatMap((action) =>
    (["success", "failure"] as const).flatMap((kind) => {
      const event = actions[action][kind] ?? (kind === "failure" ? "authz_fail" : null);
      const sentence = event === null ? undefined : sentenceFor({ action, kind, event });
      return sentence === undefined ? [] : [{ action, kind, sentence }];
    }),
  );

  it.each(told)("$sentence: the scan takes it for a record of $kind of $action", ({ action, kind, sentence }) => {
    const file = { path: "", text: sentence } as Record["file"];
    const level = kind === "failure" ? "warn" : "info";
    const record: Record = { file, span: { start: 0, end: 0 }, by: "log", level, texts: [sentence], fields: ["outcome"], via: [] };
    expect(tellsOf(record, action, kind)).toBe(true);
    expect(polarityOf(record)).toBe(kind);
  });
});

describe("the name that others give an event", () => {
  it("is taken as it is, else the vocabulary's is put in their style", () => {
    expect(spelledLike("authn_login_fail", ["LOGIN_FAILED", "LOGIN_OK"])).toBe("LOGIN_FAILED");
    expect(spelledLike("user_deleted", ["LOGIN_FAILED", "LOGIN_OK"])).toBe("USER_DELETED");
    expect(spelledLike("user_deleted", ["user.created", "role.granted"])).toBe("user.deleted");
    expect(spelledLike("user_deleted", ["UserCreated"])).toBe("UserDeleted");
  });

  it("is not that of one thing among several that an event stands for, nor of another's", () => {
    expect(spelledLike("authz_change", ["role.granted", "role.revoked"])).toBe("authz.change");
    expect(spelledLike("authn_login_fail", ["admin_login_failed"])).toBe("authn_login_fail");
    expect(spelledLike("user_deleted", ["deleted", "Somebody went away"])).toBeUndefined();
  });
});

describe("a proposed line", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "telltale-spelling-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const linesIn = async (files: Readonly<globalThis.Record<string, string>>): Promise<readonly string[]> => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return (await scan({ root, config: defaultConfig })).result.findings.flatMap(({ write }) => write.map(({ line }) => line));
  };

  const app = (deletion: string, records: readonly string[], made = "pino()"): string => `import express from "express";
import pino from "pino";
const app = express();
const logger = ${made};
app.post("/logout", async (req, res) => {
  await endSession(req);
  ${records[0]}
  res.end();
});
app.post("/users", async (req, res) => {
  const user = await db.user.create({ data: req.body });
  ${records[1]}
  res.end();
});
app.put("/users/:id/password", async (req, res) => {
  await changePassword(req.params.id, req.body.password);
  ${records[2]}
  res.end();
});
app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  ${deletion}
  res.sendStatus(204);
});
`;
  const manifest = { "package.json": JSON.stringify({ dependencies: { express: "*", pino: "*" } }) };
  const dotted = [
    'logger.info({ action: "session.logout", actorId: req.user.id, ipAddress: req.ip });',
    'logger.info({ action: "user.created", actorId: req.user.id, targetId: user.id, ipAddress: req.ip });',
    'logger.info({ action: "password.changed", actorId: req.user.id, ipAddress: req.ip });',
  ];

  it("names event and details as the records beside it do", async () => {
    expect(await linesIn({ ...manifest, "app.js": app("", dotted) })).toEqual([
      'logger.info({ action: "user.deleted", actorId: req.user?.id, targetId: req.params.id, outcome: "success", ipAddress: req.ip, requestId: req.get("x-request-id") })',
    ]);
  });

  it("has the names of the vocabulary where two records are all there is", async () => {
    const lines = await linesIn({ ...manifest, "app.js": app("", [dotted[0]!, dotted[1]!, "logger.debug('changed');"]) });
    expect(lines.at(-1)).toMatch(/^logger\.info\(\{ event: "user_deleted", actorId: .*\}, "user_deleted"\)$/);
  });

  it("leaves out what the logger is told to hide", async () => {
    const made = 'pino({ redact: ["actorId", "ipAddress"] })';
    expect(await linesIn({ ...manifest, "app.js": app("", dotted, made) })).toEqual([
      'logger.info({ action: "user.deleted", targetId: req.params.id, outcome: "success", requestId: req.get("x-request-id") })',
    ]);
  });

  it("is not spelled as the records of another package", async () => {
    const lines = await linesIn({
      "shop/package.json": manifest["package.json"],
      "shop/app.js": app("", dotted),
      "admin/package.json": manifest["package.json"],
      "admin/app.js": app("", ["", "", ""]),
    });
    expect(lines.find((line) => line.includes('"user_deleted"'))).toContain('event: "user_deleted", actor: req.user?.id');
  });
});
