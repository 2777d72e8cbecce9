import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Expr } from "../ir/nodes.ts";
import { callsIn, loadLanguages } from "./harness/calls.ts";
import { fits, labelsOf, type Label } from "./harness/labels.ts";
import { loggers } from "./index.ts";
import type { CallView, Level, Logger, Proposal, RecordFact } from "./logger.ts";

const FOLDER = import.meta.dirname;

beforeAll(loadLanguages);

/** Every file of this folder that exports a logger, with what it exports. */
async function unitFiles(): Promise<readonly { name: string; unit: Logger }[]> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "index.ts");
  const modules = await Promise.all(names.map(async (name) => [name, (await import(join(FOLDER, name))) as object] as const));
  return modules.flatMap(([name, module]) => Object.values(module).flatMap((unit) => (isLogger(unit) ? [{ name, unit }] : [])));
}

function isLogger(value: unknown): value is Logger {
  return typeof value === "object" && value !== null && "record" in value && "write" in value;
}

interface Fixture {
  readonly name: string;
  readonly text: string;
}

function fixturesOf(id: string): readonly Fixture[] {
  const folder = join(FOLDER, "fixtures", id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

interface Found {
  readonly line: number;
  readonly view: CallView;
  readonly fact: RecordFact;
}

function recordsIn(unit: Logger, { name, text }: Fixture): readonly Found[] {
  return callsIn(name, text).flatMap((view) => {
    const fact = unit.record(view);
    return fact === undefined ? [] : [{ line: lineOf(text, view.call.start), view, fact }];
  });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Missing, Noisy and Wrong lines of a fixture, in words; nothing where all labels hold. */
function complaints(unit: Logger, fixture: Fixture): readonly string[] {
  const open = [...recordsIn(unit, fixture)];
  const said: string[] = [];
  const take = (label: Label, test: (found: Found) => boolean): Found | undefined => {
    const at = open.findIndex((found) => found.line === label.line && test(found));
    return at === -1 ? undefined : open.splice(at, 1)[0];
  };
  for (const label of labelsOf(fixture.text)) {
    const place = `${fixture.name}:${label.line}`;
    const found = take(label, label.known === "noise" ? () => true : ({ fact }) => fits(fact, label));
    if (label.known === "right" && found === undefined) said.push(`Missing ${place} record ${label.words.join(" ")}`);
    if (label.known === "missing" && found !== undefined) said.push(`Mended ${place}: take "wrong:" away`);
    if (label.known === "noise" && found === undefined) said.push(`Mended ${place}: take "wrong: noise" away`);
  }
  return [
    ...said,
    ...open.map(({ line, view, fact }) => `Noisy ${fixture.name}:${line} ${view.path} at ${fact.level} (origin "${view.origin}")`),
  ];
}

test("every logger file stands in the index under its file name, with documentation and fixtures", async () => {
  const files = await unitFiles();
  const indexed: readonly Logger[] = loggers;
  for (const { name, unit } of files) {
    expect(indexed, `add ${name} to index.ts`).toContain(unit);
    expect(unit.id, `the id of ${name} is its file name`).toBe(name.replace(/\.ts$/, ""));
  }
  for (const unit of indexed) {
    expect(
      files.map((file) => file.unit),
      `${unit.id} needs a file of its own`,
    ).toContain(unit);
    // Our own library has its pages here.
    expect(unit.docs, `${unit.id}: docs`).toMatch(/^(?:https:\/\/|packages\/\w+\/README\.md$)/);
    expect(Object.keys(unit.enabledBy), `${unit.id}: enabledBy`).not.toHaveLength(0);
    expect(existsSync(join(FOLDER, "fixtures", unit.id)), `add fixtures/${unit.id}/`).toBe(true);
  }
  expect(new Set(indexed.map((unit) => unit.id)).size).toBe(indexed.length);
});

test("what is found by name is asked last", () => {
  const ids = loggers.map((unit) => unit.id);
  expect(ids.indexOf("generic")).toBe(ids.length - 1);
});

/** An error tracker keeps errors, a security log every event, whatever the level of the line that they stand in for. */
const ONE_LEVEL: Readonly<Record<string, Level>> = {
  "audit-net": "audit",
  carbonite: "audit",
  "django-admin-log": "audit",
  "error-trackers": "error",
  "telltale-log": "audit",
  "go-log": "info",
  "go-sentry": "info",
  "laravel-activitylog": "audit",
  "php-error-log": "error",
  "php-trackers": "info",
};

/** What a library knows of the request by itself, so that its line does not say it. */
const KNOWN_TO: Readonly<Record<string, readonly string[]>> = { "telltale-log": ["ip"] };

describe.each(loggers.map((unit: Logger) => [unit.id, unit] as const))("%s", (id, unit) => {
  const fixtures = fixturesOf(id);

  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", (_, fixture) => {
    expect(complaints(unit, fixture)).toEqual([]);
  });

  test("the fixtures show a record and a near miss", () => {
    const labelled = fixtures.flatMap((fixture) => labelsOf(fixture.text)).filter((label) => label.known === "right");
    const misses = fixtures.flatMap((fixture) => callsIn(fixture.name, fixture.text)).filter((view) => unit.record(view) === undefined);
    expect(labelled).not.toHaveLength(0);
    expect(misses).not.toHaveLength(0);
  });

  test.each(["info", "warn", "error"] as const)("reads what it writes at %s", (level) => {
    const sample = sampleOf(unit, fixtures);
    const line = proposal(sample.logger, level);
    const text = unit.write(line);
    const views = callsIn(`written${sample.extension}`, sample.around(text)).map((view) => ({
      ...view,
      origin: sample.origin,
    }));
    const facts = views.flatMap((view) => unit.record(view) ?? []);
    expect(
      facts.map((fact) => fact.level),
      text,
    ).toEqual([ONE_LEVEL[unit.id] ?? level]);
    const said = line.details.map((detail) => detail.name).filter((name) => !(KNOWN_TO[unit.id] ?? []).includes(name));
    const names = namesIn(facts[0]!.says);
    // Where details have no place of their own, they stand in the text: `user_id=…`.
    const inText = (name: string): boolean => names.some((one) => one.includes(`${name}=`) || one.includes(`=${name} `));
    expect(
      [line.event, ...said].filter((name) => !names.includes(name) && !inText(name)),
      text,
    ).toEqual([]);
  });
});

/** Names and values that both JavaScript and Elixir can write. */
function proposal(logger: string, level: Proposal["level"]): Proposal {
  return {
    logger,
    level,
    event: "authn_login_fail",
    details: [
      { name: "user_id", value: "user.id" },
      { name: "ip", value: "ip" },
      { name: "source.port", value: "12" },
      { name: "reason", value: '"bad_password"' },
    ],
  };
}

/** How the fixtures of a logger call it: its name in scope, where it comes from, and the file around a line. */
function sampleOf(unit: Logger, fixtures: readonly Fixture[]) {
  for (const fixture of fixtures) {
    for (const { view } of recordsIn(unit, fixture)) {
      const { callee } = view.call;
      if (callee.kind !== "member" || callee.object.kind === "call") continue;
      const logger = fixture.text.slice(callee.object.start, callee.object.end);
      const extension = extname(fixture.name);
      return {
        logger,
        origin: view.origin,
        extension,
        around: AROUND[extension] ?? inFunction,
      };
    }
  }
  // Written by functions alone: no name of a logger is asked for.
  const [fixture, only] = fixtures.flatMap((one) => recordsIn(unit, one).map(({ view }) => [one, view] as const))[0] ?? [];
  if (fixture === undefined || only === undefined) throw new Error(`the fixtures of ${unit.id} show no record`);
  const extension = extname(fixture.name);
  return { logger: "logger", origin: only.origin, extension, around: AROUND[extension] ?? inFunction };
}

function inFunction(line: string): string {
  return `async function handle(user, ip) {\n  ${line}\n}\n`;
}

/** A line in a function, by the ending of the file. */
const AROUND: Readonly<Record<string, (line: string) => string>> = {
  ".ex": inElixir,
  ".go": inGo,
  ".php": inPhp,
  ".py": inPython,
  ".cs": inCsharp,
  ".java": inJava,
  ".kt": inKotlin,
};

function inPhp(line: string): string {
  return `<?php\n\nfunction handle($user, $ip)\n{\n    ${line};\n}\n`;
}

function inGo(line: string): string {
  return `package sample\n\nfunc handle(user User, ip string) {\n\t${line}\n}\n`;
}

function inCsharp(line: string): string {
  return `class Sample\n{\n    async Task Handle(User user, string ip)\n    {\n        ${line};\n    }\n}\n`;
}

function inKotlin(line: string): string {
  return `fun handle(user: User, ip: String) {\n    ${line}\n}\n`;
}

function inJava(line: string): string {
  return `class Sample {\n  void handle(User user, String ip) {\n    ${line};\n  }\n}\n`;
}

function inPython(line: string): string {
  return `def handle(user, ip):\n    ${line}\n`;
}

function inElixir(line: string): string {
  return `defmodule Sample do\n  def handle(user, ip) do\n    ${line}\n  end\nend\n`;
}

/** Texts and keys that the expressions say, at every depth. */
function namesIn(exprs: readonly Expr[]): readonly string[] {
  const names: string[] = [];
  const read = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(read);
    if (typeof value !== "object" || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === "file" || key === "container" || key === "parent") continue;
      if ((key === "key" || key === "value" || key === "property") && typeof part === "string") names.push(part);
      else if (key === "parts" && Array.isArray(part))
        part.forEach((one: unknown) => (typeof one === "string" ? names.push(one) : read(one)));
      else read(part);
    }
  };
  exprs.forEach(read);
  return names;
}
