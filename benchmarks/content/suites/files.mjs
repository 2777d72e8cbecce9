/** Reading the files of a suite. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LANGUAGES = {
  js: "JavaScript",
  mjs: "JavaScript",
  jsx: "JavaScript",
  ts: "TypeScript",
  tsx: "TypeScript",
  py: "Python",
  rb: "Ruby",
  go: "Go",
  java: "Java",
  kt: "Kotlin",
  php: "PHP",
  cs: "C#",
  rs: "Rust",
  ex: "Elixir",
};

/** The language of a file by its ending; undefined for what is no source file. */
export const languageOf = (path) => LANGUAGES[path.slice(path.lastIndexOf(".") + 1)];

/** Files of a folder and what lies below it, as paths with `/` relative to `root`, in a stable order. A folder that is not there has none. */
export function filesUnder(root, folder = "") {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === "vendor" ? [] : filesUnder(root, path);
      return entry.isFile() ? [path] : [];
    });
}

/** Source files of a folder with their text. */
export function sourcesUnder(root, folder) {
  return filesUnder(root, folder)
    .filter((path) => languageOf(path) !== undefined)
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export const readText = (root, path) => readFileSync(join(root, path), "utf8");

export const linesOf = (text) => text.split(/\r?\n/);
