import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

// What a new user does: take the example, fix it, start it, sign in with a wrong password, and look at what it says.

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const bin = join(repository, "packages/cli/bin/telltale.js");

/** Compiling, starting a database and hashing passwords take their time on a small machine. */
const PATIENCE = 180_000;

let shop: string;
let server: ChildProcess | undefined;

beforeEach(() => {
  if (!existsSync(join(repository, "packages/cli/dist/main.js"))) throw new Error("this test runs the built command: npm run build");
  shop = mkdtempSync(join(tmpdir(), "telltale-shop-"));
  cpSync(join(repository, "examples/shop"), shop, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
  symlinkSync(join(repository, "node_modules"), join(shop, "node_modules"));
});

afterEach(() => {
  server?.kill();
  rmSync(shop, { recursive: true, force: true });
});

function run(args: readonly string[]): { readonly status: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: shop, encoding: "utf8" });
  return { status, out: stdout + stderr };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

interface Shop {
  readonly url: string;
  /** Everything that it has printed, as soon as that holds a text. */
  readonly saying: (text: string) => Promise<string>;
}

async function open(): Promise<Shop> {
  const port = await freePort();
  const started = spawn(process.execPath, ["--import", "tsx", "src/server.ts"], { cwd: shop, env: { ...process.env, PORT: String(port) } });
  server = started;
  let said = "";
  started.stdout.on("data", (chunk: Buffer) => (said += String(chunk)));
  started.stderr.on("data", (chunk: Buffer) => (said += String(chunk)));
  const saying = async (text: string): Promise<string> => {
    while (!said.includes(text)) {
      if (started.exitCode !== null) throw new Error(`the shop closed: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return said;
  };
  await saying("shop is open");
  return { url: `http://127.0.0.1:${port}`, saying };
}

it(
  "writes lines that compile, and that tell of a wrong password when the application runs",
  async () => {
    const fixed = run([bin, "fix"]);
    expect(fixed.out).toContain("fixed  src/routes/partner.ts");
    const compiled = run([join(repository, "node_modules/typescript/bin/tsc"), "-p", "."]);
    expect(compiled.out).toBe("");

    const { url, saying } = await open();
    const guess = { code: "acme", password: "no-such-anvil" };
    const answer = await fetch(`${url}/partner/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(guess),
    });
    expect(answer.status).toBe(401);
    const said = await saying("authn_login_fail");
    const event = JSON.parse(said.split("\n").find((line) => line.includes("authn_login_fail"))!) as Record<string, unknown>;
    expect(event).toMatchObject({ event: "authn_login_fail", outcome: "failure", reason: "wrong code or password" });
    expect(String(event["ip"])).toContain("127.0.0.1");
    expect(said).not.toContain(guess.password);
  },
  PATIENCE,
);
