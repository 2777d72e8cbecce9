import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { stuffing } from "../store/harness/alerts.ts";
import { createOutput } from "./create-output.ts";
import type { OutputSpec } from "./create-output.ts";
import { json } from "./json.ts";
import { alertText } from "./text.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function printed(spec: string | OutputSpec, color = false): Promise<string> {
  const stdout = new PassThrough();
  const output = createOutput(spec, { stdout, color, env: {} });
  await output.deliver(stuffing);
  await output.close();
  return String(stdout.read());
}

describe("on standard output", () => {
  test.each(["-", "stdout", "text", "text=-"])("%s is text, with an empty line after it", async (spec) => {
    expect(await printed(spec)).toBe(`${alertText(stuffing)}\n\n`);
    expect(await printed(spec, true)).toBe(`${alertText(stuffing, { color: true })}\n\n`);
  });

  test("a format is one line", async () => {
    expect(await printed("json", true)).toBe(`${json.render(stuffing)}\n`);
    expect(await printed({ type: "stdout", format: "ocsf" })).toMatch(/^\{"metadata".*\}\n$/);
  });

  test("a reader that is gone is no error: nobody waits for the rest", async () => {
    const stdout = new PassThrough();
    const output = createOutput("-", { stdout });
    stdout.destroy(new Error("EPIPE"));
    await expect(output.deliver(stuffing)).resolves.toBeUndefined();
  });
});

test("FORMAT=FILE appends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "telltale-output-"));
  folders.push(folder);
  const path = join(folder, "a=b.jsonl");
  const output = createOutput(`ecs=${path}`);
  await output.deliver(stuffing);
  await output.close();
  expect(readFileSync(path, "utf8")).toMatch(/^\{"@timestamp":.*\}\n$/);
});

describe("what is left out comes from the environment", () => {
  test.each([
    ["webhook", { TELLTALE_WEBHOOK_URL: "https://a.example/x" }, /^webhook https:\/\/a\.example [0-9a-f]{8}$/],
    ["slack", { TELLTALE_SLACK_URL: "https://hooks.slack.com/services/x" }, /^slack https:\/\/hooks\.slack\.com [0-9a-f]{8}$/],
    ["mailto:a@example.com,b@example.com", { TELLTALE_SMTP_URL: "smtp://relay" }, /^mail a@example\.com, b@example\.com$/],
    ["mailto:a+b@example.com?from=c+d@example.com", { TELLTALE_SMTP_URL: "smtp://relay" }, /^mail a\+b@example\.com$/],
    [
      { type: "mail", to: "a@example.com" },
      { TELLTALE_SMTP_URL: "smtp://relay", TELLTALE_MAIL_FROM: "t@example.com" },
      /^mail a@example\.com$/,
    ],
  ] as const)("%j", async (spec, env, name) => {
    const output = createOutput(spec, { env });
    expect(output.name).toMatch(name);
    await output.close();
  });
});

describe("what is no output", () => {
  test.each([
    ["jsno", "--to: jsno is no output; expected -, text, json, ecs, ocsf, FORMAT=FILE, webhook=URL, slack=URL, mailto:ADDRESS"],
    ["alerts.jsonl", "--to: alerts.jsonl is no output; expected"],
    ["json=", "--to: json= lacks what stands behind it"],
    ["webhook", "--to: expected the URL, there or in TELLTALE_WEBHOOK_URL"],
    ["webhook=s3cret", "--to webhook: expected a URL that begins with"],
    ["mailto:a@example.com", "--to: expected a mail server: set TELLTALE_SMTP_URL"],
    ["mailto:a@example.com?bcc=b@example.com", "--to: mailto: bcc is not known; expected from or to"],
    ["mailto:%zz", "--to: mailto: the address is not percent-encoded"],
    ["\u001b[2J", "--to: \\x1b[2J is no output"],
    [{ type: "stdout", format: "xml" }, "--to: xml is no format; expected text, json, ecs, ocsf"],
    [{ type: "pager" }, "--to: pager is no type of output"],
    [{ type: "file" }, "--to: expected path"],
    [{ type: "webhook", url: 5 }, "--to: expected the URL"],
  ])("%j", (spec, message) => {
    expect(() => createOutput(spec as OutputSpec, { env: {} })).toThrow(message);
  });
});
