import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../ir/nodes.ts";
import { printer } from "../ir/print.ts";
import { languages } from "./index.ts";
import { isFailure, type Language } from "./language.ts";

/**
 * Programs that say the same in every language lower to the same IR. A language takes part by a file of the program's
 * name in `battery/`; add no second `.ir`, and an exception only with the reason why the languages mean different things.
 */
const EXCEPTIONS: readonly { readonly file: string; readonly reason: string }[] = [];

const folder = new URL("./battery/", import.meta.url);
const files = readdirSync(folder).sort();
const names = files.filter((file) => file.endsWith(".ir")).map((file) => file.slice(0, -".ir".length));
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");

/** `userId` and `user_id` are one name, `:ok` and `"ok"` one value. Names of classes and modules stay. */
const { method, container, imported } = printer({
  name: (name) => name.replace(/(?<=^[a-z][A-Za-z0-9]*)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  symbol: (value) => JSON.stringify(value),
});

/** Imports, functions and classes. A module around all of it, and what is exported, is a matter of the language. */
function printProgram(file: FileIR): string {
  const imports = [...file.imports, ...file.containers.filter(isModule).flatMap((module) => module.imports)];
  const shared = imports.filter((one) => one.local !== "*" || one.source !== "./");
  const classes = file.containers.filter((one) => !isModule(one) && one.sort !== "interface");
  const functions = file.functions.filter((fn) => !fn.parent && (!fn.container || isModule(fn.container)));
  return [...shared.map(imported), ...classes.map(container), ...functions.map(method)].map((text) => `${text}\n`).join("");
}

function isModule({ sort }: { readonly sort: string }): boolean {
  return sort === "module";
}

function lowered(language: Language, file: string): string {
  const result = language.parse(`battery/${file}`, read(file));
  if (isFailure(result)) throw new Error(`${file} does not parse: ${result.message}`);
  return printProgram(result);
}

beforeAll(async () => {
  for (const language of languages) await language.load?.();
});

describe.each(names)("%s", (name) => {
  const programs = files.filter((file) => file.startsWith(`${name}.`) && !file.endsWith(".ir"));
  test.each(programs)("%s lowers to the shared IR", (file) => {
    const language = languages.find((one) => one.extensions.includes(extname(file)));
    if (language === undefined) throw new Error(`No language reads ${file}: add its language to languages/index.ts`);
    const exception = EXCEPTIONS.find((one) => one.file === file);
    if (exception === undefined) expect(lowered(language, file)).toBe(read(`${name}.ir`));
    else expect(lowered(language, file), `${file} passes now: remove its exception`).not.toBe(read(`${name}.ir`));
  });
});

test("every program has its IR, every IR a program, and every exception a file", () => {
  const written = new Set(files.filter((file) => !file.endsWith(".ir")).map((file) => file.slice(0, file.indexOf("."))));
  expect([...written].sort()).toEqual(names);
  for (const { file, reason } of EXCEPTIONS) {
    expect(files).toContain(file);
    expect(reason.length).toBeGreaterThan(20);
  }
});
