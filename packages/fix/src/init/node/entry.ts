import { listsOf } from "../../places/statement.ts";
import type { Analysis, FileIR, LetStmt, Stmt } from "@telltale/scan/analysis";
import type { NodeFramework } from "./frameworks.ts";

/** Where an application is made, and under which name. */
export interface Entry {
  readonly file: FileIR;
  readonly made: LetStmt;
  readonly app: string;
}

const SOURCE = /\.[cm]?[jt]s$/;
/** Code that serves nobody. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|e2e|spec|fixtures|examples?|benchmarks?|scripts|node_modules|dist|build)\/|\.(?:test|spec|bench)\.[cm]?[jt]s$|\.d\.ts$/;

/** Every place in a package where its code makes an application of the framework. */
export function entriesOf({ project }: Analysis, folder: string, { dependency, makes }: NodeFramework): readonly Entry[] {
  if (makes === undefined) return [];
  return project.paths.flatMap((path) => {
    if (!SOURCE.test(path) || ASIDE.test(path.slice(folder.length)) || project.packagesOf(path)[0]?.folder !== folder) return [];
    if (!project.texts.get(path)!.includes(dependency)) return [];
    const file = project.file(path);
    return file === undefined ? [] : madeIn(file, dependency, makes);
  });
}

function madeIn(file: FileIR, dependency: string, makes: (name: string) => RegExp): readonly Entry[] {
  const patterns = namesOf(file, dependency).map(makes);
  const lets = [file.body, ...file.functions.map(({ body }) => body)].flatMap(letsIn);
  return lets.flatMap((made) => {
    if (made.target.kind !== "bind" || made.value === null) return [];
    const value = file.text.slice(made.value.start, made.value.end);
    return patterns.some((pattern) => pattern.test(value)) ? [{ file, made, app: made.target.name }] : [];
  });
}

function letsIn(body: readonly Stmt[]): readonly LetStmt[] {
  return body.flatMap((stmt) => (stmt.kind === "let" ? [stmt] : listsOf(stmt).flatMap(letsIn)));
}

/** What a package is called in a file: imported or required. */
function namesOf(file: FileIR, dependency: string): readonly string[] {
  const imported = file.imports.filter(({ source, typeOnly }) => source === dependency && typeOnly !== true).map(({ local }) => local);
  const quoted = dependency.replaceAll(/[/.]/g, "\\$&");
  const required = [...file.text.matchAll(new RegExp(`\\b(\\w+)\\s*=\\s*require\\(["']${quoted}["']\\)`, "g"))].map((match) => match[1]!);
  const taken = [...file.text.matchAll(new RegExp(`\\{([^{}]*)\\}\\s*=\\s*require\\(["']${quoted}["']\\)`, "g"))].flatMap(
    (match) => match[1]!.match(/\w+/g) ?? [],
  );
  return [...new Set([...imported, ...required, ...taken])];
}
