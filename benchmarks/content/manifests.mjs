/**
 * Manifests for files that have none. A tool that asks a project for its dependencies finds those that the files' own imports
 * name, and nothing else. Java, Kotlin, C# and PHP need none: their files name libraries by namespace.
 */
import { languageOf } from "./suites/files.mjs";

/** Manifests as `{ path, text }` for the files of one case; those that the case brings itself are kept. */
export function manifestsFor(files) {
  const sources = files.map(({ path, text }) => ({ language: languageOf(path), text }));
  const of = (...languages) => sources.filter(({ language }) => languages.includes(language)).map(({ text }) => text);
  return [...npm(of("JavaScript", "TypeScript")), ...pypi(of("Python")), ...rubygems(of("Ruby")), ...go(of("Go")), ...cargo(of("Rust"))];
}

const distinct = (values) => [...new Set(values)].sort();
const found = (texts, pattern) =>
  distinct(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match.slice(1).find((one) => one !== undefined))));

function npm(texts) {
  if (texts.length === 0) return [];
  const names = found(texts, /(?:require\(\s*|from\s+|import\s+|import\(\s*)["']([^"']+)["']/g)
    .filter((name) => !/^(?:\.|\/|node:)/.test(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return [
    {
      path: "package.json",
      text: JSON.stringify({ name: "suite", dependencies: Object.fromEntries(distinct(names).map((name) => [name, "*"])) }),
    },
  ];
}

/** A module's name is its package's name more often than not; a package that is named otherwise is known by its import. */
function pypi(texts) {
  if (texts.length === 0) return [];
  return [{ path: "requirements.txt", text: found(texts, /^\s*(?:import|from)\s+(\w+)/gm).join("\n") }];
}

function rubygems(texts) {
  if (texts.length === 0) return [];
  const rails = texts.some((text) => /\bApplicationController\b|\bRails\./.test(text)) ? ["rails"] : [];
  const names = distinct([...found(texts, /^\s*require\s+["']([\w-]+)/gm), ...rails]);
  return [{ path: "Gemfile", text: names.map((name) => `gem "${name}"`).join("\n") }];
}

function go(texts) {
  if (texts.length === 0) return [];
  // A path whose first part has a dot is a module's; packages of one module share it as their beginning.
  const names = found(texts, /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w-]+(?:\.[\w-]+)+\/[^"\s]+)"\s*$/gm);
  return [{ path: "go.mod", text: `module suite\n\ngo 1.22\n\nrequire (\n${names.map((name) => `\t${name} v1.0.0\n`).join("")})\n` }];
}

/** Names of the standard library and of the crate itself. */
const NO_CRATES = new Set(["std", "core", "alloc", "crate", "self", "super"]);

function cargo(texts) {
  if (texts.length === 0) return [];
  const modules = new Set(found(texts, /^\s*(?:pub\s+)?mod\s+(\w+)/gm));
  const names = found(texts, /^\s*(?:pub\s+)?use\s+(?:::)?([a-z]\w*)|\b([a-z]\w*)::[a-z]\w*(?:::\w+)*[!(]/gm)
    .filter((name) => !NO_CRATES.has(name) && !modules.has(name))
    .map((name) => name.replaceAll("_", "-"));
  const dependencies = distinct(names).map((name) => `${name} = "1"`);
  return [{ path: "Cargo.toml", text: `[package]\nname = "suite"\nversion = "1.0.0"\n\n[dependencies]\n${dependencies.join("\n")}\n` }];
}
