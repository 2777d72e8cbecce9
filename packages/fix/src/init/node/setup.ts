import type { Analysis, FileIR } from "@telltale/scan/analysis";
import { edited } from "../../apply/texts.ts";
import type { Edit } from "../../contract.ts";
import { indentAt, lineEnd } from "../../places/text.ts";
import type { SettingsOf } from "../../plan.ts";
import type { Change } from "../../contract.ts";
import { styleOf } from "../../style/read.ts";
import type { Style } from "../../style/style.ts";
import type { Created, Setup } from "../contract.ts";
import { entriesOf, type Entry } from "./entry.ts";
import { nodeFrameworks, type NodeFramework } from "./frameworks.ts";
import { withDependency } from "./manifest.ts";

type Package = Analysis["project"]["packages"][number];

const PACKAGE = "@telltale/log";
const RANGE = "^0.1.0";

/** A log for security events in one file, its middleware where the application is made, and the dependency. */
export function setUpNode(analysis: Analysis, one: Package, settingsOf: SettingsOf): Setup | undefined {
  const framework = nodeFrameworks.find(({ dependency }) => one.dependencies.has(dependency));
  if (framework === undefined || one.dependencies.has(PACKAGE)) return undefined;
  const entries = entriesOf(analysis, one.folder, framework);
  const entry = entries.length === 1 ? entries[0]! : undefined;
  const manifest = manifestChange(analysis, one);
  const placed = place(analysis, one, entry, settingsOf);
  const installed = entry === undefined || placed.created === undefined ? undefined : install(framework, entry, placed);
  const changes = [manifest, installed].filter((change) => change !== undefined);
  return {
    folder: one.folder,
    framework: framework.title,
    created: placed.created === undefined ? [] : [placed.created],
    changes,
    did: [
      ...(placed.created === undefined ? [] : [`${placed.path} is the log: redaction is on, records go to standard output`]),
      ...(installed === undefined ? [] : [`${installed.file} puts it into every request: who, from where, which request`]),
      ...(manifest === undefined ? [] : [`${manifest.file} depends on ${PACKAGE}`]),
    ],
    left: leftOver(framework, entries, placed, installed !== undefined, manifest === undefined),
    next: ["npm install", "telltale fix --dry-run"],
  };
}

interface Placed {
  readonly path: string;
  /** Absent where a file of that name is there already: it is never overwritten. */
  readonly created: Created | undefined;
  readonly style: Style;
  readonly modules: boolean;
}

/** The new file: beside the one that makes the application, in its language and its kind of module. */
function place(analysis: Analysis, one: Package, entry: Entry | undefined, settingsOf: SettingsOf): Placed {
  const { project } = analysis;
  const sample =
    entry?.file ??
    project.paths
      .map((path) => (path.startsWith(one.folder) && /\.[cm]?[jt]s$/.test(path) ? project.file(path) : undefined))
      .find((file) => file !== undefined);
  const ending = /\.[cm]?[jt]s$/.exec(sample?.path ?? "")?.[0] ?? ".js";
  const folder = entry === undefined ? folderOf(project.paths, one.folder) : entry.file.path.slice(0, entry.file.path.lastIndexOf("/") + 1);
  const path = `${folder}security-log${ending}`;
  const style = styleFor(sample, settingsOf, one.folder);
  const modules = sample === undefined ? isModule(one) : usesModules(sample, one);
  const exists = project.paths.includes(path) || project.read(path) !== undefined;
  const name = one.name?.replace(/^@[^/]*\//, "") ?? (one.folder.replace(/\/$/, "").split("/").at(-1) || "app");
  return { path, created: exists ? undefined : { file: path, text: logFile(name, proxyOf(entry), style, modules) }, style, modules };
}

function styleFor(sample: FileIR | undefined, settingsOf: SettingsOf, folder: string): Style {
  const settings = settingsOf(folder.replace(/\/$/, ""));
  if (sample !== undefined) return styleOf(sample, settings, undefined);
  return { unit: "  ", eol: "\n", quote: '"', semicolons: true, width: 100, commas: "all", spaced: true };
}

const isModule = ({ data }: Package): boolean => data?.["type"] === "module";

function usesModules({ path, text }: FileIR, one: Package): boolean {
  if (/\.(?:mjs|[cm]?ts)$/.test(path)) return !path.endsWith(".cts");
  return !path.endsWith(".cjs") && (/^\s*(?:import|export)\b/m.test(text) || isModule(one));
}

function folderOf(paths: readonly string[], folder: string): string {
  return paths.some((path) => path.startsWith(`${folder}src/`)) ? `${folder}src/` : folder;
}

/** The proxies that the application trusts itself, where it says so in plain values. https://expressjs.com/en/guide/behind-proxies.html */
function proxyOf(entry: Entry | undefined): string | undefined {
  const value =
    entry === undefined ? undefined : /\.set\(\s*["']trust proxy["']\s*,\s*(true|\d+|["'][^"'\n]*["'])\s*\)/.exec(entry.file.text)?.[1];
  return value === undefined || !/^["']/.test(value)
    ? value
    : `[${value
        .slice(1, -1)
        .split(",")
        .map((part) => JSON.stringify(part.trim()))
        .join(", ")}]`;
}

function logFile(service: string, proxy: string | undefined, { eol, unit, quote, semicolons }: Style, modules: boolean): string {
  const end = semicolons ? ";" : "";
  const text = [
    modules ? `import { createSecurityLog } from "${PACKAGE}"${end}` : `const { createSecurityLog } = require("${PACKAGE}")${end}`,
    "",
    "/** Security events: who did what, how it ended, from where. What is secret is redacted before it is written. */",
    `${modules ? "export " : ""}const security = createSecurityLog({`,
    `${unit}service: ${JSON.stringify(service)},`,
    ...(proxy === undefined ? [] : [`${unit}// The same proxies as the application itself trusts.`, `${unit}trustProxy: ${proxy},`]),
    `})${end}`,
    ...(modules ? [] : ["", `module.exports = { security }${end}`]),
    "",
  ];
  const joined = text.join(eol);
  return quote === "'" ? joined.replaceAll(/"([^"'\\\n]*)"/g, "'$1'") : joined;
}

/** Two imports, and the middleware right behind the application: before whatever answers. */
function install(
  { adapter, install: write }: NodeFramework,
  { file, made, app }: Entry,
  { path, style, modules }: Placed,
): Change | undefined {
  const { text } = file;
  if (write === undefined || /securityContext\b/.test(text)) return undefined;
  const { eol, quote, semicolons } = style;
  const end = semicolons ? ";" : "";
  const source = `./${path.slice(path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]s$/, endingOf(file, modules, path))}`;
  const bring = (name: string, from: string): string =>
    modules ? `import { ${name} } from ${quote}${from}${quote}${end}` : `const { ${name} } = require(${quote}${from}${quote})${end}`;
  const lines = [bring("securityContext", adapter), bring("security", source)].map((line) => `${eol}${line}`).join("");
  const at = importEnd(file, modules);
  const behind = lineEnd(text, made.end);
  const edits: readonly Edit[] = [
    at === undefined ? { start: 0, end: 0, text: `${lines.slice(eol.length)}${eol}${eol}` } : { start: at, end: at, text: lines },
    { start: behind, end: behind, text: `${eol}${indentAt(text, made.start)}${write(app)}${end}` },
  ];
  return { file: file.path, before: text, after: edited(text, edits) };
}

/** How the file's own imports end: `./routes.js`, `./routes.ts`, `./routes`. */
function endingOf({ text }: FileIR, modules: boolean, path: string): string {
  const own = /(?:from|require\()\s*["']\.{1,2}\/[^"']*?(\.[cm]?[jt]s)?["']/.exec(text);
  if (own !== null) return own[1] ?? "";
  return modules && /\.m?js$/.test(path) ? /\.m?js$/.exec(path)![0] : "";
}

/** The end of the last import at the top. */
function importEnd({ text }: FileIR, modules: boolean): number | undefined {
  const pattern = modules ? /^import\b[^;'"]*["'][^"'\n]*["'];?[^\n]*$/gm : /^(?:const|var|let)\b[^;=]*=\s*require\([^)\n]*\)[^\n]*$/gm;
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? undefined : lineEnd(text, last.index + last[0].trimEnd().length);
}

function manifestChange({ project }: Analysis, { folder }: Package): Change | undefined {
  const file = `${folder}package.json`;
  const before = project.read(file);
  const after = before === undefined ? undefined : withDependency(before, PACKAGE, RANGE);
  return before === undefined || after === undefined ? undefined : { file, before, after };
}

function leftOver(
  framework: NodeFramework,
  entries: readonly Entry[],
  { path, created }: Placed,
  installed: boolean,
  noManifest: boolean,
): readonly string[] {
  const left: string[] = [];
  if (created === undefined) left.push(`${path} is there already, and was left as it is`);
  if (framework.byHand !== undefined) left.push(framework.byHand);
  else if (!installed) left.push(...byHand(framework, entries));
  if (noManifest) left.push(`add "${PACKAGE}": "${RANGE}" to the dependencies`);
  return left;
}

function byHand({ adapter, install: write, title }: NodeFramework, entries: readonly Entry[]): readonly string[] {
  const files = entries.map(({ file }) => file.path).join(", ");
  const where = entries.length === 0 ? `where ${title} is made was not found` : `${title} is made in ${files}`;
  return [`${where}; add behind it: import { securityContext } from "${adapter}"; ${write?.("app") ?? ""}`];
}
