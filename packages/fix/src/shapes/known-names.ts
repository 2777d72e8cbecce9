import type { ContainerIR, FileIR, FunctionIR, Project } from "@telltale/scan/analysis";
import type { Mark } from "./contract.ts";

/** The members of an enum, or of an object that stands for one; undefined where it is not found. */
export function membersOf(project: Project, files: readonly FileIR[], file: FileIR, name: string): ReadonlySet<string> | undefined {
  const local = name.slice(name.lastIndexOf(".") + 1);
  const places = [file, openImport(project, file, local)].filter((one) => one !== undefined);
  for (const place of [...places, ...files.filter((one) => one.language === file.language)]) {
    const container = place.containers.find((one) => one.name.split(".").at(-1) === local && one.sort === "enum");
    if (container !== undefined) return fieldsOf(container);
    const object = objectIn(place, local);
    if (object !== undefined) return object;
  }
  return undefined;
}

const fieldsOf = ({ fields }: ContainerIR): ReadonlySet<string> => new Set(fields.map(({ name }) => name));

function objectIn({ body }: FileIR, local: string): ReadonlySet<string> | undefined {
  for (const stmt of body) {
    if (stmt.kind !== "let" || stmt.target.kind !== "bind" || stmt.target.name !== local) continue;
    const value = stmt.value?.kind === "call" ? stmt.value.args[0] : stmt.value;
    if (value?.kind === "record") return new Set(value.entries.flatMap(({ key }) => (key === null ? [] : [key])));
  }
  return undefined;
}

export function openImport(project: Project, file: FileIR, local: string): FileIR | undefined {
  const one = file.imports.find((each) => each.local === local);
  return one === undefined ? undefined : project.open(file, one.source);
}

/** The function that a name stands for in a file, in the file itself or where it is imported from. */
export function functionNamed(project: Project, file: FileIR, root: string, name: string): FunctionIR | undefined {
  const from = openImport(project, file, root) ?? file;
  const imported = file.imports.find(({ local }) => local === root)?.imported;
  const wanted = name === root && imported !== undefined && !/^(?:\*|default)$/.test(imported) ? imported : name;
  const direct = functionIn(from, wanted);
  if (direct !== undefined) return direct;
  for (const { exported, source } of from.exports) {
    if (source === undefined || (exported !== "*" && exported !== wanted)) continue;
    const next = project.open(from, source);
    const found = next === undefined ? undefined : functionIn(next, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

const functionIn = ({ functions }: FileIR, name: string): FunctionIR | undefined => functions.find((fn) => fn.name === name);

/** The function of the project that a mark calls. */
export function definitionOf(project: Project, { root, file, key }: Mark): FunctionIR | undefined {
  const name = key.slice(key.indexOf(":") + 1);
  return root === undefined ? undefined : functionNamed(project, file, root, name.slice(name.lastIndexOf(".") + 1));
}
