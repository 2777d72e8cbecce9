import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "../../formats/json.ts";
import { createFileSink } from "../../sinks/file.ts";
import { lineOf, privateKey, publicKey } from "../../sinks/harness/lines.ts";
import type { VerifyReport } from "../report.ts";
import { readSealed, sealHash } from "../seal.ts";
import type { Sealed } from "../seal.ts";
import { createSealer } from "../sealer.ts";
import { verifyFiles } from "../verify.ts";
import type { VerifyOptions } from "../verify.ts";

/** Lines of several files, oldest file first, without their ends. */
export type Files = readonly (readonly string[])[];

/** A real log: `count` lines over rotated files, with a checkpoint every 7 lines and a restart in the middle. */
export async function produce(count: number): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), "telltale-tamper-"));
  const path = join(folder, "security.log");
  let number = 0;
  for (const lines of [Math.floor(count / 2), Math.ceil(count / 2)]) {
    const sealer = createSealer({ signWith: privateKey, checkpointEvery: { lines: 7 } }, { field: "chain", format: json });
    const sink = createFileSink({ path, maxSize: 4096, fsync: "off" }, { field: "file", sealer });
    for (let i = 0; i < lines; i += 1) sink.write(lineOf((number += 1), "é".repeat(number % 40)), 30);
    await sink.close();
  }
  // The file without a date is the newest.
  const [newest, ...past] = readdirSync(folder).sort();
  const files = [...past, newest!].map((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1));
  rmSync(folder, { recursive: true });
  return files;
}

/** Verifies files with such lines, given in another order than they were written; `ending` is that of the last. */
export async function check(files: Files, ending = "\n", options: Partial<VerifyOptions> = {}, shift = 1): Promise<VerifyReport> {
  return checkBytes(
    files.map((lines, index) => Buffer.from(lines.length === 0 ? "" : lines.join("\n") + (index === files.length - 1 ? ending : "\n"))),
    options,
    shift,
  );
}

export async function checkBytes(files: readonly Buffer[], options: Partial<VerifyOptions> = {}, shift = 1): Promise<VerifyReport> {
  const folder = mkdtempSync(join(tmpdir(), "telltale-tamper-"));
  try {
    const paths = files.map((bytes, index) => {
      const path = join(folder, `${index}`);
      writeFileSync(path, bytes);
      return path;
    });
    const given = paths.map((_, index) => paths[(index + shift) % paths.length]!);
    return await verifyFiles(given, { formats: [json], publicKeys: [publicKey], fromStart: true, checkpointEvery: 7, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Index of a file and of a line in it. */
export type At = readonly [file: number, line: number];

/** Where the nth line of all stands. */
export function placeOf(files: Files, nth: number): At {
  let rest = nth;
  for (const [file, lines] of files.entries()) {
    if (rest < lines.length) return [file, rest];
    rest -= lines.length;
  }
  throw new Error("no such line");
}

export function lineAt(files: Files, [file, line]: At): string {
  return files[file]![line]!;
}

/** The files with `count` lines at a place replaced by others. */
export function splice(files: Files, [file, line]: At, count: number, ...instead: readonly string[]): Files {
  return files.map((lines, index) => (index === file ? lines.toSpliced(line, count, ...instead) : lines));
}

export function sealedOf(text: string): Sealed {
  return readSealed(text, [json])!;
}

/** What someone without the key can do: a line of any content, sealed after any other. */
export function forge(line: string, seq: number, prev: string, chain: string): string {
  const place = { chain, seq, prev };
  return json.seal(line, { ...place, hash: sealHash(place, line) });
}
