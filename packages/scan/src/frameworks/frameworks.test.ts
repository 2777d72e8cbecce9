import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { languages } from "../languages/index.ts";
import { viewOf } from "../project/view.ts";
import type { Framework } from "./framework.ts";
import { endProblems, handlerProblems } from "./harness/compare.ts";
import { fixturesOf, type Fixtures } from "./harness/fixtures.ts";
import { labelsOf } from "./harness/labels.ts";
import { frameworks } from "./index.ts";

const FOLDER = import.meta.dirname;
/** Files of this folder that are no framework. */
const BESIDE = new Set(["enabled.ts", "framework.ts", "index.ts", "reading.ts"]);

beforeAll(async () => {
  for (const language of languages) await language.load?.();
});

describe("index", () => {
  const units = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !BESIDE.has(name));
  const ids = frameworks.map((framework) => framework.id);

  it("has a line for each file, with the file's name as id", () => {
    const absent = units.map((name) => name.replace(/\.ts$/, "")).filter((id) => !ids.includes(id));
    expect(absent, "add these to frameworks/index.ts").toEqual([]);
  });

  it("has an id once, and a file for each", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !existsSync(join(FOLDER, `${id}.ts`)))).toEqual([]);
  });

  it("has fixtures for known frameworks only", () => {
    expect(readdirSync(join(FOLDER, "fixtures")).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe.each(frameworks.map((framework) => [framework.id, framework] as const))("%s", (id, framework: Framework) => {
  let fixtures: Fixtures;
  beforeAll(() => {
    fixtures = fixturesOf(framework, join(FOLDER, "fixtures", id), languages);
  });

  it("has a title, https docs and languages that exist", () => {
    expect(framework.title).not.toBe("");
    expect(framework.docs).toMatch(/^https:\/\//);
    expect(framework.languages).not.toEqual([]);
    expect(languages.map((language) => language.id)).toEqual(expect.arrayContaining([...framework.languages]));
  });

  it("finds the labelled handlers and no others", () => {
    expect(handlerProblems(framework, fixtures.files, fixtures.project)).toEqual([]);
  });

  it("reads the labelled ends", () => {
    expect(fixtures.files.flatMap((file) => endProblems(framework, file, fixtures.project))).toEqual([]);
  });

  it("has a fixture with a handler and one with a near miss", () => {
    const labels = fixtures.files.map((file) => labelsOf(file.text));
    expect(labels.some((some) => some.some((label) => label.word === "handler"))).toBe(true);
    const nearMiss = fixtures.files.some((file) => /near.?miss/i.test(file.path) || /(?:\/\/|#) near miss/i.test(file.text));
    expect(nearMiss, `fixtures/${id} needs a file named near-miss or a comment that begins with "near miss"`).toBe(true);
  });

  it("opens every file that holds a handler", () => {
    const { mayHold, mayHoldPath } = framework;
    expect([mayHold.global, mayHold.sticky]).toEqual([false, false]);
    const shut = fixtures.files.filter((file) => {
      const opened = mayHold.test(file.text) || mayHoldPath?.test(file.path);
      return !opened && framework.handlers(viewOf(file, fixtures.project)).length > 0;
    });
    expect(shut.map((file) => file.path)).toEqual([]);
  });

  it("has handlers with a place in a fixture and a name", () => {
    for (const file of fixtures.files) {
      for (const found of framework.handlers(viewOf(file, fixtures.project))) {
        expect(fixtures.files).toContain(found.file);
        expect(found.at.start).toBeLessThan(found.at.end);
        expect(found.at.end).toBeLessThanOrEqual(found.file.text.length);
        expect(found.name).not.toBe("");
      }
    }
  });
});

describe("labels", () => {
  it("refuses words that are none", () => {
    expect(() => labelsOf("f() //~ handlr POST /x")).toThrow(/line 1: unknown label/);
    expect(() => labelsOf("f() //~ handler POST /x rout")).toThrow(/is no kind/);
    expect(() => labelsOf("f() //~ end 401 send")).toThrow(/is no end/);
  });

  it("counts carets upwards and takes several labels of a line", () => {
    expect(labelsOf("a\nb\n//~^^ end none //~^ end sent").map((label) => label.line)).toEqual([1, 2]);
  });
});
