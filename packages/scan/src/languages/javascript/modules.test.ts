import { describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printExpr } from "../../ir/print.ts";
import { fileOf } from "../harness/reading.ts";
import { javascript } from "./index.ts";

function lowered(text: string, path = "a.ts"): FileIR {
  const file = fileOf(javascript, path, text);
  return file;
}

/** `local=imported@source`. */
function imports(text: string): string[] {
  return lowered(text).imports.map(({ local, imported, source, typeOnly }) => `${typeOnly ? "type " : ""}${local}=${imported}@${source}`);
}

/** `exported=local@source`, or the value in brackets. */
function exports(text: string): string[] {
  return lowered(text).exports.map(
    ({ exported, local, value, source }) =>
      `${exported}=${value ? `(${printExpr(value)})` : local}${source === undefined ? "" : `@${source}`}`,
  );
}

describe("ES modules", () => {
  test("imports", () => {
    expect(
      imports(
        "import a, { b as c, type D } from 'm'; import * as n from './n'; import type E from 'e'; import './effect'; import f = require('f')",
      ),
    ).toEqual(["a=default@m", "c=b@m", "type D=D@m", "n=*@./n", "type E=default@e", "=*@./effect", "f=*@f"]);
  });

  test("exports of declarations", () => {
    expect(
      exports("export const { a, b: [c] } = x, d = 1; export function e() {} export class F {} export enum G {} export type H = 1"),
    ).toEqual(["a=a", "c=c", "d=d", "e=e", "F=F", "G=G"]);
  });

  test("export lists and re-exports", () => {
    expect(
      exports(
        "export { a as b, type T }; export { c as default } from 'm'; export * from 'n'; export * as o from 'p'; export type { Q } from 'q'",
      ),
    ).toEqual(["b=a", "default=c@m", "*=*@n", "o=*@p"]);
  });

  test("default exports", () => {
    expect(exports("export default function login() {}")).toEqual(["default=login"]);
    expect(exports("const x = 1; export default x as Y")).toEqual(["default=x"]);
    expect(exports("export default wrap(f)")).toEqual(["default=(wrap(f))"]);
    expect(lowered("export default wrap(f)").body).toHaveLength(1);
    expect(exports("export default class {}")).toEqual(["default=(class default {})"]);
  });

  test("a declaration starts at its export", () => {
    expect(lowered("x();\nexport const a = 1;").body[1]?.start).toBe(5);
  });
});

describe("CommonJS", () => {
  test("require binds names like an import", () => {
    const text =
      "const a = require('m'); const { b, c: d } = require('n'); const e = require('o').f; require('./effect'); const { g } = await import('p')";
    expect(imports(text)).toEqual(["a=*@m", "b=b@n", "d=c@n", "e=f@o", "=*@./effect", "g=g@p"]);
    expect(lowered(text).body.map((stmt) => stmt.kind)).toEqual(["expr"]);
  });

  test("what is called or computed stays a value", () => {
    const text = "const a = require('m')(); const b = require(name); const c = other('m')";
    expect(imports(text)).toEqual([]);
    expect(lowered(text).body).toHaveLength(3);
  });

  test("exports by assignment", () => {
    expect(exports("exports.a = f; module.exports.b = g(1); exports.c = exports.d = h")).toEqual(["a=f", "b=(g(1))", "d=h", "c=h"]);
    expect(exports("foo.exports.a = 1; exports[x] = 2; exports.__esModule = true")).toEqual([]);
  });

  test("an object is the default export and one export for each entry", () => {
    expect(exports("module.exports = { a, b: c, d() {}, ...require('./e'), f: require('./g').h }")).toEqual([
      'default=({a: a, b: c, d: fn() {}, ...require("./e"), f: require("./g").h})',
      "a=a",
      "b=c",
      "d=(fn() {})",
      "*=*@./e",
      "f=h@./g",
    ]);
  });

  test("a module that hands on another one", () => {
    expect(exports("module.exports = require('./x')")).toEqual(["default=*@./x", "*=*@./x"]);
    expect(exports("export = class A {}")).toEqual(["default=(class A {})"]);
  });

  test("export = in an assignment chain", () => {
    expect(exports("exports = module.exports = router")).toEqual(["default=router"]);
  });
});
