import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createLeftOut, type LeftOut } from "./left-out.ts";

/** What a formatter was told, as far as it says so in plain values. */
export interface Settings {
  readonly width?: number;
  readonly tabs?: boolean;
  readonly step?: number;
  readonly single?: boolean;
  readonly semi?: boolean;
  readonly commas?: "all" | "es5" | "none";
  readonly spaced?: boolean;
}

/**
 * Files in which formatters find their settings, the first wins. They are read as text: `printWidth: 100` says the same in
 * JSON, YAML, TOML and JavaScript. https://prettier.io/docs/configuration, https://biomejs.dev/reference/configuration
 */
const FILES = [
  ".prettierrc",
  ".prettierrc.json",
  ".prettierrc.json5",
  ".prettierrc.yaml",
  ".prettierrc.yml",
  ".prettierrc.toml",
  ".prettierrc.js",
  ".prettierrc.cjs",
  ".prettierrc.mjs",
  ".prettierrc.ts",
  "prettier.config.js",
  "prettier.config.cjs",
  "prettier.config.mjs",
  "prettier.config.ts",
  "biome.json",
  "biome.jsonc",
  ".oxfmtrc.json",
  ".oxfmtrc.jsonc",
  "package.json",
] as const;

/**
 * Settings for the files of a folder of `root`: those of the nearest folder that has some, above the root as far as the
 * repository goes, as formatters look for them. Remembered by folder. With it comes a look at what the scan leaves out.
 */
export function createSettings(root: string): ((folder: string) => Settings) & { readonly leftOut: LeftOut } {
  const known = new Map<string, Settings>();
  const of = (folder: string): Settings => {
    let mine = known.get(folder);
    if (mine === undefined)
      known.set(folder, (mine = settingsIn(join(root, folder)) ?? (folder === "" ? above(root) : of(parentOf(folder)))));
    return mine;
  };
  return Object.assign(of, { leftOut: createLeftOut(root) });
}

function parentOf(folder: string): string {
  return folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
}

/** Those of the folders around, up to that of the repository. */
function above(root: string): Settings {
  const around = dirname(root);
  if (around === root || existsSync(join(root, ".git"))) return {};
  return settingsIn(around) ?? above(around);
}

function settingsIn(folder: string): Settings | undefined {
  for (const name of FILES) {
    const text = read(join(folder, name));
    const settings = text === undefined ? undefined : name === "package.json" ? inManifest(text) : inText(withShared(text, folder));
    if (settings !== undefined) return settings;
  }
  const config = read(join(folder, ".editorconfig"));
  return config === undefined ? undefined : inEditorConfig(config);
}

/** How deep a configuration is followed that is made of others. */
const DEEPEST = 3;

/** `require("./packages/config/prettier")`, `import base from "./base.js"`: what it is made of, behind what it says itself. */
function withShared(text: string, folder: string, depth = DEEPEST): string {
  const shared = [...text.matchAll(/(?:\brequire\(\s*|\bfrom\s+)["'](\.{1,2}\/[^"']+)["']/g)].map(([, path]) => join(folder, path!));
  if (depth === 0) return text;
  const texts = shared.flatMap((path) => {
    const found = ["", ".js", ".cjs", ".mjs", ".json"].map((ending) => read(path + ending)).find((one) => one !== undefined);
    return found === undefined ? [] : [withShared(found, dirname(path), depth - 1)];
  });
  return [text, ...texts].join("\n");
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The object under `prettier` of a package.json. */
function inManifest(text: string): Settings | undefined {
  const start = /"prettier"\s*:\s*\{/.exec(text);
  if (start === null) return undefined;
  return inText(text.slice(start.index, text.indexOf("}", start.index)));
}

function inText(text: string): Settings {
  const value = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => new RegExp(`["']?\\b${key}["']?\\s*[:=]\\s*["']?([\\w-]+)`).exec(text)?.[1]).find((found) => found !== undefined);
  const number = (text: string | undefined): number | undefined => (text === undefined || !/^\d+$/.test(text) ? undefined : Number(text));
  const yes = (text: string | undefined): boolean | undefined => (text === undefined ? undefined : text === "true");
  const commas = value("trailingComma", "trailingCommas");
  const quotes = value("quoteStyle");
  const style = value("indentStyle");
  const settings = {
    width: number(value("printWidth", "lineWidth")),
    tabs: yes(value("useTabs")) ?? (style === undefined ? undefined : style === "tab"),
    step: number(value("tabWidth", "indentWidth")),
    single: yes(value("singleQuote")) ?? (quotes === undefined ? undefined : quotes === "single"),
    semi: yes(value("semi")) ?? (value("semicolons") === undefined ? undefined : value("semicolons") === "always"),
    commas: commas === "all" || commas === "es5" || commas === "none" ? commas : undefined,
    spaced: yes(value("bracketSpacing")),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, one]) => one !== undefined)) as Settings;
}

/** https://editorconfig.org: of the sections only the one for all files is read. */
function inEditorConfig(text: string): Settings | undefined {
  const section = /\[\*\]([^[]*)/.exec(text)?.[1];
  if (section === undefined) return undefined;
  const value = (key: string): string | undefined => new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)`, "m").exec(section)?.[1];
  const [width, step, tabs] = [value("max_line_length"), value("indent_size"), value("indent_style")];
  return {
    ...(width !== undefined && /^\d+$/.test(width) ? { width: Number(width) } : {}),
    ...(step !== undefined && /^\d+$/.test(step) ? { step: Number(step) } : {}),
    ...(tabs === undefined ? {} : { tabs: tabs === "tab" }),
  };
}
