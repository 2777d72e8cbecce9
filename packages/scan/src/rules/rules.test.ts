import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultConfig } from "../config/parse.ts";
import { scan } from "../scan.ts";
import { problemsOf } from "./harness/compare.ts";
import { labelsOf } from "./harness/labels.ts";

const FOLDER = join(import.meta.dirname, "fixtures");
const topics = readdirSync(FOLDER).toSorted();

describe.each(topics)("%s", (topic) => {
  const root = join(FOLDER, topic);

  it("is judged as labelled", async () => {
    const { result } = await scan({ root, config: defaultConfig });
    expect(result.notAnalysed, "a fixture that is not analysed would pass every test about noise").toEqual([]);
    const texts = textsOf(root);
    expect(problemsOf(result, texts)).toEqual([]);
    expect(
      [...texts.values()].some((text) => labelsOf(text).length > 0),
      "a fixture needs labels",
    ).toBe(true);
  });
});

/** Every source below a folder by its path in it, as the scan names it. */
function textsOf(root: string): ReadonlyMap<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(?:[cm]?[jt]sx?|exs?|py|rb|go|java|kts?|php|cs|rs)$/.test(path),
  );
  return new Map(paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(root, path), "utf8")]));
}

describe("labels", () => {
  it("fail on words that are none", () => {
    expect(() => labelsOf("f() //~ handelr POST /x none not_sensitive")).toThrow(/unknown label "handelr"/);
    expect(() => labelsOf("f() //~ handler POST /x authn_logn missing")).toThrow(/is no action/);
    expect(() => labelsOf("f() //~ handler POST /x authn_login mising")).toThrow(/is no verdict/);
    expect(() => labelsOf("f() //~ success")).toThrow(/is no state/);
    expect(() => labelsOf("f() //~ failure unrecorded [missing-log]")).toThrow(/is no rule/);
    expect(() => labelsOf("f() //~ record actr")).toThrow(/is no detail/);
    expect(() => labelsOf("f() //~ no record")).toThrow(/needs no label/);
    expect(() => labelsOf("f() //~ wrong: no recrd")).toThrow(/unknown label/);
  });

  it("count carets upwards and take several of a line", () => {
    expect(labelsOf("a\nb\n//~^^ record //~^ success recorded").map(({ line, kind }) => `${line} ${kind}`)).toEqual([
      "1 record",
      "2 success",
    ]);
  });
});

describe("the harness", () => {
  const SOURCE = `import express from "express";
const app = express();
app.post("/logout", (req, res) => {
  req.session.destroy();
  res.sendStatus(204);
});
`;
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "telltale-labels-"));
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "sample", dependencies: { express: "*" } }));
    writeFileSync(join(root, "app.ts"), SOURCE);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const labelled = async (...labels: readonly [line: number, label: string][]): Promise<readonly string[]> => {
    const { result } = await scan({ root, config: defaultConfig });
    const lines = SOURCE.split("\n").map((line, i) =>
      [line, ...labels.filter(([at]) => at === i + 1).map(([, label]) => `//~ ${label}`)].join(" "),
    );
    return problemsOf(result, new Map([["app.ts", lines.join("\n")]]));
  };
  const handler: [number, string] = [3, "handler POST /logout authn_logout missing"];
  const outcome: [number, string] = [5, "success unrecorded [missing-security-log]"];

  it("agrees with true labels", async () => {
    expect(await labelled(handler, outcome)).toEqual([]);
  });

  it("says what is missing, noisy or wrong, with the line", async () => {
    expect(await labelled(outcome)).toEqual(["Noisy app.ts:3: handler POST /logout authn_logout missing"]);
    expect(await labelled(handler, outcome, [4, "record"])).toEqual(["Missing app.ts:4: record"]);
    expect(await labelled(handler, [5, "success unrecorded"])).toEqual([
      "Wrong app.ts:5: success unrecorded [missing-security-log], labelled success unrecorded",
    ]);
  });

  it("keeps a pinned error quiet, and fails once it is mended", async () => {
    expect(await labelled(handler, [5, "wrong: success recorded"])).toEqual([]);
    expect(await labelled(handler, [5, "wrong: no success"])).toEqual([]);
    expect(await labelled(handler, [5, "wrong: success unrecorded [missing-security-log]"])).toHaveLength(1);
    expect(await labelled(handler, outcome, [4, "wrong: no record"])).toEqual(['Mended app.ts:4: no record is right now; drop "wrong:"']);
  });
});
