import type { CallExpr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Shown } from "./shown.ts";
import type { Status } from "./status.ts";

/** What a function of the project does with its parameters. */
export interface Helper {
  readonly name: string;
  readonly file: FileIR;
  readonly fn: FunctionIR;
  /** What it gives back of a parameter. */
  readonly gives: { readonly place: number; readonly what: Shown["what"]; readonly told: boolean }[];
  /** What it gives back of errors that it catches itself. */
  readonly own: Shown[];
  /** What it sends of a parameter to the client. */
  readonly sends: { readonly place: number; readonly what: Shown["what"]; readonly told: boolean; readonly status: Status }[];
}

/** The functions of the project that carry errors on, by the names under which they are called. */
export interface Helpers {
  readonly add: (file: FileIR, fn: FunctionIR) => Helper;
  /** The function of the project that a call leads to; undefined where it is none, or none of the files that are read. */
  readonly of: (call: CallExpr, file: FileIR) => Helper | undefined;
}

export function createHelpers(): Helpers {
  const byName = new Map<string, Helper[]>();
  return {
    add: (file, fn) => {
      const list = byName.get(fn.name) ?? [];
      byName.set(fn.name, list);
      const known = list.find((one) => one.fn === fn);
      if (known !== undefined) return known;
      const helper: Helper = { name: fn.name, file, fn, gives: [], own: [], sends: [] };
      list.push(helper);
      return helper;
    },
    of: (call, file) => {
      const names = namesOf(call.callee);
      const name = names.at(-1);
      const known = name === undefined ? undefined : byName.get(name);
      if (known === undefined || call.creates === true) return undefined;
      const here = known.find((one) => one.file === file);
      if (here !== undefined) return reaches(names, here) ? here : undefined;
      const imported =
        file.imports.some((one) => one.local === names[0]) || names[0] === "this" || file.imports.some((one) => one.local === "*");
      return imported && known.length === 1 && known[0]!.file.language === file.language ? known[0] : undefined;
    },
  };
}

/** A plain function is called by its name; a method on something. */
function reaches(names: readonly string[], { fn }: Helper): boolean {
  return names.length === 1 || names[0] === "this" || fn.container !== undefined || names.length === 2;
}
