import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../main.ts";
import { workplace } from "./harness/command.ts";
import { failures } from "./harness/lines.ts";

const { folder, path, run } = workplace();
const home = process.cwd();

afterEach(() => {
  vi.restoreAllMocks();
  process.chdir(home);
});

/** Runs the command in this process: a process of its own for each of so many messages would take a minute. */
async function runHere(args: readonly string[]) {
  process.chdir(folder());
  const said = { out: "", err: "" };
  for (const [name, stream] of [
    ["out", process.stdout],
    ["err", process.stderr],
  ] as const) {
    stream.setMaxListeners(100);
    vi.spyOn(stream, "write").mockImplementation((...written: readonly unknown[]) => {
      said[name] += String(written[0]);
      const done = written.find((one) => typeof one === "function") as (() => void) | undefined;
      done?.();
      return true;
    });
  }
  const status = await main(args);
  vi.restoreAllMocks();
  return { status, ...said };
}

beforeEach(() => {
  writeFileSync(path("a.log"), failures({ count: 1 }));
  writeFileSync(path("broken.yaml"), "title: Broken\ndetection:\n  found: [\n");
  writeFileSync(
    path("wrong.yaml"),
    "title: Wrong\nlogsource: { category: application, product: telltale }\ndetection:\n  found:\n    event|startwith: authn\n  condition: found\n",
  );
  mkdirSync(path("logs"));
});

/** What is given, and what the message must say: the place, what was expected, and the way out. */
const wrong: readonly (readonly [command: string, message: string])[] = [
  ["detect a.log --format jsn", 'TT1105: unknown format "jsn"; formats are auto, telltale, '],
  ["detect a.log --format json --mapping broken.yaml", "--format and --mapping cannot be used together"],
  ["detect a.log --mapping gone.yaml", "TT1501: gone.yaml: the file cannot be read: no such file or directory"],
  ["detect a.log --mapping broken.yaml", "TT1501: broken.yaml:"],
  ["detect a.log --lateness 3", '--lateness takes a number with ms, s, m, h or d, such as 60s, not "3"'],
  ["detect a.log --budget lots", '--budget takes a number with KB, MB or GB, such as 256MB, not "lots"'],
  ["detect a.log --severity hi", '--severity takes informational, low, medium, high, critical, not "hi"; did you mean "high"?'],
  ["detect a.log --to pager", "TT1501: --to: pager is no output; expected -, text, json, ecs, ocsf, FORMAT=FILE, webhook=URL"],
  ["detect a.log --to mailto:ops@example.com", "TELLTALE_SMTP_URL"],
  ["detect gone.log", "TT1501: gone.log: cannot be read: no such file; check the path, or follow it to wait for it"],
  ["detect logs", "TT1501: logs: cannot be read: it is a folder; name the files, or a pattern such as folder/*.log"],
  ["detect a.log ./a.log", "TT1105: ./a.log is named twice"],
  ["detect a.log --from-end", "--from-end needs --follow"],
  ["detect a.log --rules broken.yaml", "TT1501: broken.yaml:4:1: not valid YAML"],
  [
    "detect a.log --rules wrong.yaml",
    'TT1501: wrong.yaml:5:5: detection.found."event|startwith" has the unknown modifier "startwith"; did you mean',
  ],
  ["detect a.log --rules logs", "TT1501: logs: cannot read the rules: no *.yml or *.yaml is in this folder"],
  ["detect a.log --geo a.log", "TT1501: a.log: not a database of addresses"],
  ["detect a.log --score a.log", "TT1501: --score a.log is not what telltale simulate --truth writes"],
  [
    "detect --listen ftp://127.0.0.1",
    '--listen takes http://HOST:PORT, syslog+udp://HOST:PORT or syslog+tcp://HOST:PORT, not "ftp://127.0.0.1"',
  ],
  ["detect --listen http://0.0.0.0:0", "clients must show a token: set one (for the command: TELLTALE_HTTP_TOKEN), or listen on 127.0.0.1"],
  ["detect a.log --state a.log", "TT1501: a.log"],
  ["alerts", "TT1501: .telltale/detect: holds no alerts: expected the folder that `telltale detect --state` was given"],
  ["alerts list --is done --state .", "TT1501: .: holds no alerts"],
  ["rules test wrong.yaml --format xml", '--format takes text, json, not "xml"'],
  ["explain brute", 'TT1106: unknown rule "brute"; rules with that in their names: '],
  ["explain credental_stuffing", 'unknown rule "credental_stuffing"; did you mean "credential_stuffing"?'],
  ["simulate --preset hard", 'unknown preset "hard"; presets are benign, standard, held-out; --scenario names a file'],
  ["simulate --scenario broken.yaml", "TT1501: broken.yaml:4:1: is not valid YAML"],
  ["simulate --seed one", '--seed takes a whole number, not "one"'],
  ["simulate --out gone/e.jsonl", "TT1401: cannot write to gone/e.jsonl: no such file or directory"],
  ["simulate --truth gone/t.json", "TT1401: cannot write to gone/t.json: no such file or directory"],
];

describe("what cannot be done", () => {
  it.each(wrong)("telltale %s", async (command, message) => {
    const { status, out, err } = await runHere(command.split(" "));
    expect(err).toContain(message);
    expect(err).toMatch(/^(?:telltale: \d+ rules; .+\n)?telltale: TT1\d{3}: .+\n {2}\S.+\n$/);
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});

describe("help", () => {
  it("of telltale detect shows examples, defaults and exit statuses", async () => {
    const { status, out } = await run(["detect", "--help"]);
    expect(out).toContain("telltale detect logs/security.log --follow");
    expect(out).toMatch(/Exit status: 0 no alerts/);
    expect(out).toContain("TELLTALE_HTTP_TOKEN");
    expect(out).not.toContain("[]");
    expect(status).toBe(0);
  });
});
