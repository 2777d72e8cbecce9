import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { DetectError, messageOf } from "../errors.ts";
import type { RuleText } from "./rules.ts";

const ruleFile = /\.ya?ml$/i;
const sampleFile = /\.samples\.ya?ml$/i;
/** A file that is larger is no rule file. Bytes. */
const largestFile = 8 * 1024 * 1024;

/**
 * Texts of rule files: of each file that is named, and of all `*.yml` and `*.yaml` in each folder and below it, sorted by
 * name; `*.samples.yaml` and what begins with a dot is left out. A file that is reached twice is read once. Throws
 * DetectError for what cannot be read, and for a folder that holds no rules.
 */
export function readRuleFiles(paths: readonly string[]): RuleText[] {
  const seen = new Set<string>();
  return paths.flatMap((path) => {
    const stats = reading(path, () => statSync(path));
    const files = stats.isDirectory() ? filesBelow(path, new Set()) : [path];
    if (files.length === 0) throw unreadable(path, "no *.yml or *.yaml is in this folder");
    return files
      .filter((file) =>
        isNew(
          reading(file, () => realpathSync(file)),
          seen,
        ),
      )
      .map((file) => ({ file, text: readText(file) }));
  });
}

/** The samples beside a rule file: `NAME.samples.yaml` for `NAME.yaml` or `NAME.yml`; undefined where there are none. */
export function readSampleFile(file: string): RuleText | undefined {
  const beside = [".samples.yaml", ".samples.yml"].map((ending) => file.replace(ruleFile, "") + ending).find((path) => existsSync(path));
  return beside === undefined ? undefined : { file: beside, text: readText(beside) };
}

/** `within`: real paths of the folders on the way, so that a link to one of them is not followed round and round. */
function filesBelow(folder: string, within: ReadonlySet<string>): string[] {
  const real = reading(folder, () => realpathSync(folder));
  if (within.has(real)) return [];
  const inside = new Set([...within, real]);
  const names = reading(folder, () => readdirSync(folder)).filter((name) => !name.startsWith("."));
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return filesBelow(path, inside);
    return stats?.isFile() && ruleFile.test(name) && !sampleFile.test(name) ? [path] : [];
  });
}

function isNew(real: string, seen: Set<string>): boolean {
  return !seen.has(real) && seen.add(real) !== undefined;
}

function readText(file: string): string {
  const { size } = reading(file, () => statSync(file));
  if (size > largestFile) throw unreadable(file, `it has more than ${largestFile / 1024 / 1024} MB`);
  return reading(file, () => readFileSync(file, "utf8"));
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw unreadable(path, reasons.get(code ?? "") ?? messageOf(error));
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file or folder"],
  ["EACCES", "permission is denied"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "its links lead in a circle"],
]);

function unreadable(place: string, problem: string): DetectError {
  return new DetectError("RULES_UNREADABLE", { place, problem });
}
