import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

// Every test starts the command several times.
vi.setConfig({ testTimeout: 60_000 });

const bin = fileURLToPath(new URL("../bin/telltale.js", import.meta.url));

interface Log {
  readonly runs: readonly [{ readonly results: readonly SarifResult[]; readonly artifacts: readonly { location: { uri: string } }[] }];
}

interface SarifResult {
  readonly partialFingerprints: { readonly "telltale/v1": string };
  readonly suppressions: readonly unknown[];
  readonly fixes?: readonly { readonly description: { readonly text: string }; readonly artifactChanges: readonly ArtifactChange[] }[];
}

interface ArtifactChange {
  readonly artifactLocation: { readonly uri: string };
  readonly replacements: readonly {
    readonly deletedRegion: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
    readonly insertedContent: { readonly text: string };
  }[];
}

/** A byte order mark, CRLF, signs of two units, no import of the logger, a refusal in a service, one gap only with --unsafe. */
const files: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ type: "module", dependencies: { express: "5", pino: "9" } }),
  "src/logger.js": 'import pino from "pino";\n\nexport const logger = pino();\n',
  "src/users.js": `export async function changePassword(req, res) {
  const user = await db.users.get(req.params.id);
  if (!(await verifyPassword(req.body.old, user.passwordHash))) {
    return res.status(403).json({ error: "😀 wrong password" });
  }
  await db.users.update(user.id, { passwordHash: await hash(req.body.next) });
  res.status(204).end();
}
export function removeUser(id) {
  return db.users.delete({ where: { id } });
}
`,
  "src/app.js": `\uFEFFimport express from "express";
import { changePassword, removeUser } from "./users.js";

const app = express();

app.post("/login", async (req, res) => {
  const user = await db.users.findByEmail(req.body.email);
  if (!user || !(await verifyPassword(req.body.password, user.passwordHash))) /* 😀 */ return res.status(401).json({ error: "😀" });
  res.json({ token: signToken(user) });
});

app.put("/users/:id/password", async (req, res) => {
  await changePassword(req, res);
});

app.delete("/users/:id", (req, res) => {
  return removeUser(req.params.id);
});
`.replaceAll("\n", "\r\n"),
};

let root: string;

const read = (path: string): string => readFileSync(join(root, path), "utf8");

function restore(): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function telltale(args: readonly string[], { input = "", cwd = root } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8", input });
  return { status, out: stdout, err: stderr };
}

function sarif(...args: readonly string[]): Log {
  return JSON.parse(telltale(["fix", "--format", "sarif", ...args]).out) as Log;
}

/** What a reader of the log makes of a file: the replacements by line and column, the last first. */
function applied({ artifactLocation, replacements }: ArtifactChange): string {
  const mark = /^\uFEFF?/.exec(read(artifactLocation.uri))![0];
  const text = read(artifactLocation.uri).slice(mark.length);
  const lines = text.split(/(?<=\n)/);
  const offset = (line: number, column: number): number => lines.slice(0, line - 1).join("").length + column - 1;
  return (
    mark +
    [...replacements].reverse().reduce((done, { deletedRegion: at, insertedContent }) => {
      return done.slice(0, offset(at.startLine, at.startColumn)) + insertedContent.text + done.slice(offset(at.endLine, at.endColumn));
    }, text)
  );
}

beforeAll(() => {
  const built = fileURLToPath(new URL("../dist/main.js", import.meta.url));
  if (!existsSync(built)) throw new Error("these tests run the built command: npm run build");
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-cli-sarif-"));
  restore();
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("telltale fix --format sarif", () => {
  it("keeps the official schema, and writes nothing", () => {
    const { status, out, err } = telltale(["fix", "--format", "sarif", "--unsafe"]);
    expect([err, status]).toEqual(["", 1]);
    for (const [path, text] of Object.entries(files)) expect(read(path), path).toBe(text);

    const path = new URL("../../scan/src/report/fixtures/sarif-schema-2.1.0.json", import.meta.url);
    // The schema is draft 4; what it uses means the same in draft 7 but for the name of its id.
    const { $schema: _, id: __, ...body } = JSON.parse(readFileSync(path, "utf8"));
    const validate = addFormats.default(new Ajv({ strict: false, unicodeRegExp: false })).compile(body);
    const log = JSON.parse(out) as Log;
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].results.flatMap(({ fixes = [] }) => fixes).length).toBe(3);
    const broken = out.replaceAll('"startLine"', '"firstLine"');
    expect(validate(JSON.parse(broken))).toBe(false);
  });

  it("offers for each finding what fix writes where only this one is wanted", () => {
    const order = (JSON.parse(telltale(["fix", "--dry-run", "--format", "json", "--unsafe"]).out) as { fixed: { fingerprint: string }[] })
      .fixed;
    const results = sarif("--unsafe").runs[0].results.filter(({ fixes }) => fixes !== undefined);
    expect(results.map((one) => one.partialFingerprints["telltale/v1"]).sort()).toEqual(order.map((one) => one.fingerprint).sort());
    const changed = new Set<string>();
    for (const { fixes, partialFingerprints } of results) {
      const { artifactChanges } = fixes![0]!;
      const expected = { ...files, ...Object.fromEntries(artifactChanges.map((one) => [one.artifactLocation.uri, applied(one)])) };
      for (const { artifactLocation } of artifactChanges) changed.add(artifactLocation.uri);
      const answers = order.map(({ fingerprint }) => (fingerprint === partialFingerprints["telltale/v1"] ? "y" : "n"));
      telltale(["fix", "--interactive", "--unsafe"], { input: `${answers.join("\n")}\n` });
      expect(Object.fromEntries(Object.keys(files).map((path) => [path, read(path)]))).toEqual(expected);
      expect(expected).not.toEqual(files);
      restore();
    }
    expect([...changed].sort()).toEqual(["src/app.js", "src/users.js"]);
  });

  it("offers what may change the code only with --unsafe, and says so", () => {
    const texts = (log: Log): readonly string[] =>
      log.runs[0].results.flatMap(({ fixes = [] }) => fixes.map(({ description }) => description.text));
    const [safe, all] = [texts(sarif()), texts(sarif("--unsafe"))];
    expect(safe.filter((text) => text.startsWith("Unsafe, may change what the code does: "))).toEqual([]);
    expect(all.filter((text) => !safe.includes(text))).toEqual([
      expect.stringMatching(/^Unsafe, may change what the code does: Record user_deleted/),
    ]);
  });

  it("is the log of the whole scan, with fixes for the rules that were asked for", () => {
    const scanned = JSON.parse(telltale(["scan", "--format", "sarif"]).out) as Log;
    const count = (rule: string): number => {
      const { results } = sarif("--rule", rule).runs[0];
      expect(results.map((one) => ({ ...one, fixes: undefined }))).toEqual(scanned.runs[0].results);
      return results.filter(({ fixes }) => fixes !== undefined).length;
    };
    expect([count("missing-security-log") > 0, count("unprotected-logger")]).toEqual([true, 0]);
  });

  it("offers nothing for what a comment accepts", () => {
    writeFileSync(
      join(root, "src/app.js"),
      read("src/app.js").replace("app.post(", "// telltale-ignore missing-security-log: behind a proxy\r\napp.post("),
    );
    const [accepted] = sarif().runs[0].results.filter(({ suppressions }) => suppressions.length > 0);
    expect(accepted).toBeDefined();
    expect(accepted).not.toHaveProperty("fixes");
  });

  it("names files from where the command was run, and each among the artifacts", () => {
    const log = JSON.parse(telltale(["fix", root, "--format", "sarif"], { cwd: dirname(root) }).out) as Log;
    const [{ results, artifacts }] = log.runs;
    const named = results.flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.artifactChanges.map((one) => one.artifactLocation.uri)));
    expect(named.length).toBeGreaterThan(0);
    for (const uri of named) {
      expect(uri.startsWith(`${root.split("/").at(-1)}/src/`)).toBe(true);
      expect(artifacts.map(({ location }) => location.uri)).toContain(uri);
    }
  });

  it("cannot ask", () => {
    const { status, err } = telltale(["fix", "--interactive", "--format", "sarif"]);
    expect(err).toContain("TT1109");
    expect(status).toBe(2);
  });
});
