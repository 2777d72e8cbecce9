/** Reads labels and says what is wrong with them. The form is told in PROTOCOL.md. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const VERDICTS = ["missing", "partial", "adequate", "not_sensitive"];
const SETS = ["development", "second"];
/** What is wrong with the input: the person who called can mend it. */
export class BadInput extends Error {}

/** `owner/name` as the name of a folder or file: `owner__name`. */
export const folderOf = (repo) => repo.replace("/", "__");

/** All label files of a folder, or one file, sorted by repository. Throws BadInput where there is none or one is malformed. */
export function readLabels(path) {
  const files = listed(path);
  if (files.length === 0) throw new BadInput(`no label files (*.json) in ${path}`);
  return files.map((file) => parseLabels(text(file), file)).sort((a, b) => (a.repo < b.repo ? -1 : 1));
}

function listed(path) {
  try {
    if (!statSync(path).isDirectory()) return [path];
  } catch {
    throw new BadInput(`no labels at ${path}`);
  }
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(path, name));
}

function text(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${error.code}`, { cause: error });
  }
}

/** One label file. `name` stands in messages. Throws BadInput, which names the first label that is malformed and why. */
export function parseLabels(source, name) {
  let set;
  try {
    set = JSON.parse(source);
  } catch (error) {
    throw new BadInput(`${name} is not JSON: ${error.message}`, { cause: error });
  }
  if (!/^[^/\s]+\/[^/\s]+$/.test(set?.repo ?? "")) throw new BadInput(`${name}: repo must be owner/name`);
  if (!/^([0-9a-f]{40}|npm:.+@[^@]+)$/.test(set.commit ?? "")) {
    throw new BadInput(`${name}: commit must be 40 hex digits, or npm:PACKAGE@VERSION`);
  }
  if (typeof set.language !== "string") throw new BadInput(`${name}: language is missing`);
  if (!SETS.includes(set.set)) throw new BadInput(`${name}: set must be one of ${SETS.join(", ")}`);
  if (!Array.isArray(set.labels) || set.labels.length === 0) throw new BadInput(`${name}: there are no labels`);
  for (const [index, label] of set.labels.entries()) {
    const problem = problemOf(label);
    if (problem !== undefined) throw new BadInput(`${name}: label ${index + 1} (${label?.file}:${label?.line}): ${problem}`);
  }
  return set;
}

function problemOf(label) {
  if (typeof label?.file !== "string" || label.file.startsWith("/") || label.file.split("/").includes("..")) {
    return "file must be a path in the application";
  }
  if (!Number.isInteger(label.line) || label.line < 1) return "line must be a number from 1";
  if (!Number.isInteger(label.end_line) || label.end_line < label.line) return "end_line must be a number from line";
  if (!VERDICTS.includes(label.verdict)) return `verdict must be one of ${VERDICTS.join(", ")}`;
  if (label.sensitive !== (label.verdict !== "not_sensitive")) return "sensitive and verdict contradict each other";
  if (typeof label.action !== "string") return "action is missing";
  if (typeof label.why !== "string" || label.why === "") return "why is missing";
  return undefined;
}
