import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edit, mutate } from "../harness/robust.ts";
import { isFailure } from "../language.ts";
import { javascript } from "./index.ts";

/** Texts to mutate: the sources of this folder and the battery, with all syntax between them. */
const texts = ["./", "../battery/"].flatMap((folder) => {
  const url = new URL(folder, import.meta.url);
  return readdirSync(url)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(new URL(file, url), "utf8"));
});

/** Every node that does not lie inside the text, or not inside the node that holds it. */
function strays(node: unknown, start: number, end: number, seen = new Set<unknown>()): string[] {
  if (typeof node !== "object" || node === null) return [];
  let [from, to] = [start, end];
  const found: string[] = [];
  if ("start" in node && "end" in node && typeof node.start === "number" && typeof node.end === "number") {
    if (node.start < start || node.end > end || node.start > node.end)
      found.push(`${"kind" in node ? String(node.kind) : "part"} ${node.start}-${node.end} in ${start}-${end}`);
    [from, to] = [node.start, node.end];
    if (seen.has(node)) return found;
    seen.add(node);
  }
  for (const [key, value] of Object.entries(node)) {
    if (key !== "file" && key !== "container" && key !== "parent") found.push(...strays(value, from, to, seen));
    else if (key === "container" && "kind" in node && node.kind === "container") found.push(...strays(value, from, to, seen));
  }
  return found;
}

function check(path: string, text: string): void {
  const result = javascript.parse(path, text);
  if (!isFailure(result)) expect(strays({ ...result, text: "" }, 0, text.length)).toEqual([]);
  else expect(result.message).not.toBe("");
}

describe("any text", () => {
  test("is checked by something that sees a stray child", () => {
    expect(strays({ kind: "call", start: 0, end: 5, args: [{ kind: "name", start: 3, end: 7 }] }, 0, 10)).toEqual(["name 3-7 in 0-5"]);
  });

  test("of whole programs keeps children inside their parents", () => {
    for (const text of texts) check("a.ts", text);
  });

  test("mutated never throws, and spans stay inside", () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    const paths = fc.constantFrom("a.ts", "a.tsx", "a.js", "a.d.ts");
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, fc.constantFrom("", "\n"), paths, (text, changes, separator, path) => {
        check(path, mutate(text, changes, separator));
      }),
      { numRuns: 400 },
    );
  });

  test("made of syntax never throws, and spans stay inside", () => {
    const words =
      "a b ( ) { } [ ] ; , . => = + ? : ! ... ` ${ 'x' 1 if else switch case default break for of return class extends static get # @ async await function export import from const this new try catch < > / type enum namespace declare\n".split(
        " ",
      );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (tokens) => check("a.tsx", tokens.join(" "))),
      { numRuns: 1500 },
    );
  });
});

describe("what cannot be read", () => {
  test("is a failure that names the line", () => {
    const result = javascript.parse("a.ts", "ok();\n\nlet x = ;\n");
    expect(result).toEqual({ message: "line 3: Unexpected token", offset: 15 });
  });

  test.each(["(", "[", "{", "`${", "()=>{", "a.b("])("%s nested a hundred thousand times is too deep", (open) => {
    expect(javascript.parse("a.ts", `x = ${open.repeat(100_000)}`)).toEqual({ message: "nested too deeply" });
  });

  test("a rule broken beyond the grammar does not stop the lowering", () => {
    const result = javascript.parse("a.js", "let a; let a; return go()");
    expect(isFailure(result)).toBe(false);
  });

  test("thousands of joined strings are one template", () => {
    const result = javascript.parse("a.js", `x = ${"'a' + ".repeat(3000)}b`);
    expect(isFailure(result)).toBe(false);
  });
});
