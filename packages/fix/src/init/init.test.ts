import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@telltale/scan";
import { analysisOf } from "@telltale/scan/analysis";
import { afterEach, describe, expect, test } from "vitest";
import { createSettings } from "../style/settings.ts";
import { init } from "./init.ts";
import { withDependency } from "./node/manifest.ts";
import { writeSetup } from "./write.ts";

const EXPRESS = fileURLToPath(new URL("fixtures/express/before", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "telltale-init-"));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const setupsOf = async (root: string) => init(await analysisOf({ root, config: defaultConfig }), createSettings(root));

/** Starts a server that tells its port, logs in wrongly, and gives what it printed. */
async function wrongLogin(root: string): Promise<string> {
  const server = spawn(process.execPath, ["src/server.js"], { cwd: root, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  let printed = "";
  server.stdout!.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  try {
    const port = await new Promise<number>((resolve, reject) => {
      server.once("message", (message) => resolve(Number(message)));
      server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const answer = await fetch(`http://127.0.0.1:${port}/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "ada@example.com", password: "wrong" }),
    });
    expect(answer.status).toBe(401);
    for (let i = 0; i < 50 && !printed.includes("authn_login_fail"); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    return printed;
  } finally {
    server.kill();
  }
}

describe("telltale init", () => {
  test("sets an Express application up, which then runs and records", async () => {
    const root = project();
    cpSync(EXPRESS, root, { recursive: true });
    const [setup, ...others] = await setupsOf(root);
    expect(others).toEqual([]);
    expect(setup).toMatchObject({ framework: "Express", left: [] });
    expect(writeSetup(root, setup!)).toEqual([]);
    expect(readFileSync(join(root, "src/security-log.js"), "utf8")).toContain("trustProxy: 1");

    symlinkSync(MODULES, join(root, "node_modules"));
    const server = join(root, "src/server.js");
    const text = readFileSync(server, "utf8");
    writeFileSync(
      server,
      text.replace(
        "if (!check",
        'if (req.body.password === "wrong") security.record("authn_login_fail", { userid: req.body.email });\n  if (!check',
      ),
    );
    expect(await wrongLogin(root)).toContain('"event":"authn_login_fail"');
    // Once is enough.
    expect(await setupsOf(root)).toEqual([]);
  });

  test("never overwrites a file that is there", async () => {
    const root = project();
    cpSync(EXPRESS, root, { recursive: true });
    const [setup] = await setupsOf(root);
    writeFileSync(join(root, "src/security-log.js"), "mine");
    expect(writeSetup(root, setup!)).toEqual([{ file: "src/security-log.js", reason: "it is there already" }]);
    expect(readFileSync(join(root, "src/security-log.js"), "utf8")).toBe("mine");
    const [again] = await setupsOf(root);
    expect(again!.created).toEqual([]);
    expect(again!.left[0]).toBe("src/security-log.js is there already, and was left as it is");
  });

  test("writes a module on Logger for Phoenix, and the plug before the router", async () => {
    const root = project({
      "mix.exs": 'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, deps: [{:phoenix, "~> 1.7"}]]\nend\n',
      "lib/shop_web/endpoint.ex":
        "defmodule ShopWeb.Endpoint do\n  use Phoenix.Endpoint, otp_app: :shop\n\n  plug Plug.RequestId\n  plug ShopWeb.Router\nend\n",
      "lib/shop/application.ex": "defmodule Shop.Application do\nend\n",
      "lib/shop_web/ip.ex": 'defmodule ShopWeb.Ip do\n  def of(conn), do: get_req_header(conn, "fly-client-ip")\nend\n',
    });
    const [setup] = await setupsOf(root);
    expect(writeSetup(root, setup!)).toEqual([]);
    expect(readFileSync(join(root, "lib/shop_web/endpoint.ex"), "utf8")).toContain("  plug Shop.SecurityLog\n  plug ShopWeb.Router\n");
    const module = readFileSync(join(root, "lib/shop/security_log.ex"), "utf8");
    expect(module).toContain("defmodule Shop.SecurityLog do");
    expect(module).toContain('@client_ip_header "fly-client-ip"');
    expect(existsSync(join(root, "lib/security_log.ex"))).toBe(false);
  });

  test("says what is left to people where there is no one place", async () => {
    const root = project({ "package.json": '{ "name": "shop", "dependencies": { "next": "15.0.0" } }' });
    const [setup] = await setupsOf(root);
    expect(setup!.left[0]).toContain("withSecurityContext(security, handler");
    expect(setup!.changes.map(({ file }) => file)).toEqual(["package.json"]);
  });
});

describe("a dependency in a package.json", () => {
  test.each([
    [
      '{\n  "dependencies": {\n    "express": "5"\n  }\n}\n',
      '{\n  "dependencies": {\n    "@telltale/log": "1",\n    "express": "5"\n  }\n}\n',
    ],
    ['{\n\t"dependencies": {\n\t\t"@a/b": "5"\n\t}\n}\n', '{\n\t"dependencies": {\n\t\t"@a/b": "5",\n\t\t"@telltale/log": "1"\n\t}\n}\n'],
    ['{ "dependencies": { "express": "5" } }', '{ "dependencies": { "@telltale/log": "1", "express": "5" } }'],
    ['{\n  "name": "a"\n}\n', '{\n  "name": "a",\n  "dependencies": {\n    "@telltale/log": "1"\n  }\n}\n'],
  ])("%j", (before, after) => {
    expect(withDependency(before, "@telltale/log", "1")).toBe(after);
  });

  test("is left alone where it is there, or the text is no data", () => {
    expect(withDependency('{ "dependencies": { "@telltale/log": "1" } }', "@telltale/log", "1")).toBeUndefined();
    expect(withDependency("{", "@telltale/log", "1")).toBeUndefined();
  });
});
