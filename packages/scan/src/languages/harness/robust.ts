import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { walkStmts } from "../../ir/walk.ts";
import { isFailure, type Language } from "../language.ts";

/** Programs of the battery in one language, by the ending of their files. */
export function batteryPrograms(ending: string): string[] {
  const battery = new URL("../battery/", import.meta.url);
  return readdirSync(battery)
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(new URL(file, battery), "utf8"));
}

/** Nodes that do not lie inside the text, and functions without a file. */
export function strays(file: FileIR): string[] {
  const found: string[] = [];
  const seen = new Set<unknown>([file]);
  const open: unknown[] = [file.body, file.containers, file.functions, file.imports, file.exports, file.comments];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (
      "start" in node &&
      "end" in node &&
      !(Number(node.start) >= 0 && Number(node.start) <= Number(node.end) && Number(node.end) <= file.text.length)
    ) {
      found.push(`${"kind" in node ? String(node.kind) : "part"} ${String(node.start)}-${String(node.end)}`);
    }
    open.push(...Object.values(node));
  }
  return [...found, ...file.functions.filter((fn) => fn.file !== file).map((fn) => `unlinked ${fn.name}`)];
}

/** One change of a text: some of its pieces are taken away, written twice, or moved. */
export type Edit = readonly [at: number, from: number, length: number, how: "delete" | "duplicate" | "move"];
export const edit = fc.tuple(
  fc.nat(),
  fc.nat(),
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom<Edit[3][]>("delete", "duplicate", "move"),
);

/** The text after all edits; its pieces are what `separator` parts, single characters where that is empty. */
export function mutate(text: string, edits: readonly Edit[], separator: string): string {
  let pieces = text.split(separator);
  for (const [at, from, length, how] of edits) {
    const start = from % pieces.length;
    const slice = pieces.slice(start, start + (separator === "" ? length : 1 + (length % 4)));
    const rest = how === "duplicate" ? pieces : pieces.toSpliced(start, slice.length);
    pieces = how === "delete" ? rest : rest.toSpliced(at % (rest.length + 1), 0, ...slice);
  }
  return pieces.join(separator);
}

/** Takes any text: it is read with every node inside it and walked to its end, or refused with a message. */
export type Check = (text: string) => void;

export function checkOf(language: Language, path: string): Check {
  return (text) => {
    const result = language.parse(path, text);
    if (isFailure(result)) {
      expect(result.message).not.toBe("");
    } else {
      expect(strays(result)).toEqual([]);
      walkStmts(result.body, () => undefined);
    }
  };
}

/** Programs whose characters, lines and words are taken away, written twice and moved. */
export function checkMutated(texts: readonly string[], check: Check, numRuns = 400): void {
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...texts), edits, fc.constantFrom("", "\n", " "), (text, changes, separator) =>
      check(mutate(text, changes, separator)),
    ),
    { numRuns },
  );
}

const splice = fc.tuple(fc.nat(), fc.nat(12), fc.string({ maxLength: 6 }));

/** Programs in which some characters are replaced by others. */
export function checkSpliced(texts: readonly string[], check: Check): void {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(splice, { maxLength: 6 }), (text, splices) => {
      let edited = text;
      for (const [at, length, put] of splices) {
        const start = at % (edited.length + 1);
        edited = edited.slice(0, start) + put + edited.slice(start + length);
      }
      check(edited);
    }),
    { numRuns: 300 },
  );
}
