import type { ContainerIR, ExportIR, FileIR } from "../ir/nodes.ts";
import type { Walk } from "./walk.ts";

const wholes = new WeakMap<ContainerIR, ContainerIR>();

/**
 * A type with all its members, where a package of several files declares it in one and adds to it in others (Go). The parts
 * bear one name; the one with the fields says what the types of the fields mean.
 */
export function wholeOf(walk: Walk, container: ContainerIR): ContainerIR {
  const known = wholes.get(container);
  if (known !== undefined) return known;
  const linking = walk.project.languageOf(container.file.path)?.linking;
  const own = linking?.by === "finder" ? linking.own : undefined;
  const named = linking?.by === "name" && linking.partial?.test(headOf(container)) ? walk.project.containers(container.name) : [];
  const parts = own === undefined ? named : partsOf(walk, container, own);
  const main = parts.find((one) => one.fields.length > 0 || one.extends.length > 0) ?? parts[0];
  const whole =
    main === undefined || parts.length < 2
      ? container
      : {
          ...main,
          fields: parts.flatMap((one) => one.fields),
          functions: parts.flatMap((one) => one.functions),
          extends: parts.flatMap((one) => one.extends),
        };
  for (const part of [container, whole, ...parts]) wholes.set(part, whole);
  return whole;
}

/** The text before the name of a container, with its decorators. */
const headOf = ({ file, start, end }: ContainerIR): string => file.text.slice(start, Math.min(end, file.text.indexOf("{", start)));

function partsOf(walk: Walk, container: ContainerIR, own: string): readonly ContainerIR[] {
  const all = walk.project.open(container.file, own)?.containers ?? [];
  return all.filter((one) => one.name === container.name && one.parent === undefined);
}

interface Exports {
  readonly named: ReadonlyMap<string, readonly ExportIR[]>;
  readonly stars: readonly ExportIR[];
}

const exported = new WeakMap<FileIR, Exports>();

/** What a file exports, by name: a whole package exports hundreds of names, and each is asked for again and again. */
export function exportsOf(file: FileIR): Exports {
  const known = exported.get(file);
  if (known !== undefined) return known;
  const named = new Map<string, ExportIR[]>();
  for (const one of file.exports) {
    const list = named.get(one.exported);
    if (list === undefined) named.set(one.exported, [one]);
    else list.push(one);
  }
  const made: Exports = { named, stars: (named.get("*") ?? []).filter((one) => one.source !== undefined) };
  exported.set(file, made);
  return made;
}
