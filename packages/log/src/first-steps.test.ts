import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

/** The examples of the README, run as they stand there by a new user: as a file, with the built package, on the real framework. */
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const home = fileURLToPath(new URL("..", import.meta.url));

const left: (() => void)[] = [];
afterEach(() => {
  for (const clean of left.splice(0)) clean();
});

test.each(["express", "fastify"])("the three lines of the README for %s put events on the screen", async (framework) => {
  const { url, output } = await start(exampleOf(framework));
  await fetch(`${url}/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "first-steps", "x-request-id": "try-1" },
    body: JSON.stringify({ email: "ada@example.com", password: "guess" }),
  });
  const [line] = await output.withEvent("authn_login_fail");
  expect(line).toMatchObject({
    level: 40,
    service: "shop",
    event: "authn_login_fail",
    outcome: "failure",
    reason: "bad_password",
    actor: { id: "ada@example.com" },
    source: { ip: "127.0.0.1", via: "peer" },
    user_agent: "first-steps",
    request: { id: "try-1", method: "POST", route: "/login" },
  });

  await fetch(`${url}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ada@example.com", password: "correct horse" }),
  });
  await output.withEvent("authn_login_success");
  expect(output.text()).not.toContain("correct horse");
});

function exampleOf(framework: string): string {
  const found = new RegExp(`<!-- example ${framework} -->\\n\`\`\`js\\n([^]*?)\`\`\``).exec(readme)?.[1];
  if (found === undefined) throw new Error(`README.md has no example for ${framework}`);
  return found;
}

async function start(program: string) {
  // Inside the package, so that its dependencies and the package itself are found.
  const folder = mkdtempSync(join(home, ".tmp-first-steps-"));
  left.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "server.mjs"), program);
  const port = await freePort();
  const child = spawn(process.execPath, ["server.mjs"], { cwd: folder, env: { ...process.env, PORT: String(port) } });
  left.push(() => child.kill("SIGKILL"));
  const output = reader(child);
  await output.withEvent("sys_startup");
  const url = `http://127.0.0.1:${port}`;
  await listening(url, child);
  return { url, output };
}

function reader(child: ChildProcess) {
  let text = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const lines = () => text.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));
  return {
    text: () => text,
    withEvent: async (event: string) => {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = lines().filter((line) => line["event"] === event);
        if (found.length > 0) return found;
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no ${event} in:\n${text}\n${errors}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
  };
}

async function listening(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await new Promise((done) => setTimeout(done, 20));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
