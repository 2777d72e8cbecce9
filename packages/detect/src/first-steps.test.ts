import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, vi } from "vitest";

/** The examples of the README, run as they stand there by a new user: as a file, with the built packages. */
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const home = fileURLToPath(new URL("..", import.meta.url));

const left: (() => void)[] = [];
afterEach(() => {
  for (const clean of left.splice(0).toReversed()) clean();
});

it("the throttle of the README holds an account after the tenth wrong password", async () => {
  const port = await freePort();
  const application = start("throttle", { PORT: String(port) });
  const tryOnce = async (password: string) => {
    const body = JSON.stringify({ email: "ada@example.com", password });
    const headers = { "content-type": "application/json" };
    return (await fetch(`http://127.0.0.1:${port}/login`, { method: "POST", headers, body })).status;
  };
  await vi.waitFor(() => tryOnce("correct horse"), 20_000);
  for (let tries = 0; tries < 10; tries += 1) expect(await tryOnce("guess")).toBe(401);
  expect(await tryOnce("correct horse")).toBe(429);
  await vi.waitFor(() => expect(application.err()).toContain(printedAfter("prints\n")), 20_000);
});

it("the rules of one's own of the README print what it says", async () => {
  const example = start("rules");
  await example.ended;
  expect(example.err()).toBe("");
  expect(example.out()).toBe(printedAfter("\nprints\n"));
});

function printedAfter(words: string): string {
  const from = readme.indexOf("```\n", readme.indexOf(`${words}\n\`\`\``)) + 4;
  return readme.slice(from, readme.indexOf("```", from));
}

function start(example: string, environment: Readonly<Record<string, string>> = {}) {
  const text = new RegExp(`<!-- example ${example} -->\\n\`\`\`js\\n([^]*?)\`\`\``).exec(readme)?.[1];
  if (text === undefined) throw new Error(`README.md has no example ${example}`);
  // Inside the package, so that its dependencies and the package itself are found.
  const folder = mkdtempSync(join(home, ".tmp-first-steps-"));
  left.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "example.mjs"), text);
  const child = spawn(process.execPath, ["example.mjs"], { cwd: folder, env: { ...process.env, ...environment } });
  left.push(() => child.kill("SIGKILL"));
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return { out: () => out, err: () => err, ended: new Promise((done) => child.on("close", done)) };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
