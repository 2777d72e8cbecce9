import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach } from "vitest";

/** A line as the format `json` writes it. */
export function lineOf(id: string | number, filler = ""): string {
  return `{"level":30,"time":"2026-11-21T23:10:05.123Z","id":"${id}","msg":"event ${id}${filler}"}`;
}

/** The ids of all whole lines in a folder, past files and packed ones included, and the number of lines that are not whole. */
export function idsIn(folder: string): readonly [ids: string[], torn: number] {
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  const lines = names.flatMap((name) => textOf(join(folder, name)).split("\n")).filter((line) => line !== "");
  const whole = lines.filter((line) => line.endsWith("}"));
  return [idsOf(whole.join("\n")), lines.length - whole.length];
}

export function idsOf(text: string): string[] {
  return [...text.matchAll(/"id":"([^"]*)"/g)].map((match) => match[1]!);
}

export function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
}

const folders: string[] = [];

/** A folder for one test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "telltale-log-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const pair = generateKeyPairSync("ed25519");
export const privateKey = pair.privateKey;
export const publicKey = pair.publicKey;
