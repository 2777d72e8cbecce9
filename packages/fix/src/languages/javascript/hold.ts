import type { Refused } from "../../contract.ts";
import { sourceOf } from "../../imports/sources.ts";
import type { Held, PenAsk } from "../writer.ts";
import { classField } from "./field.ts";
import { importEdits } from "./imports.ts";
import { madeInFile } from "./made.ts";

/** Brings a logger into scope, as the other files of the project do. */
export function hold(ask: PenAsk): Held | Refused {
  const { pen, held, file, style } = ask;
  const root = /^[A-Za-z_$][\w$]*/.exec(pen.name)?.[0];
  if (root === undefined) return { kind: "no-logger", reason: `${pen.name} is no name that a line could use` };
  if (root === "this") return classField(ask);
  if (held || root === "console") return { expression: pen.name, edits: [] };
  const made = madeInFile(ask, root);
  if (made !== undefined) return made;
  const source = sourceOf(ask.project, ask.files(), file, root, () => true);
  if (source === undefined) return { kind: "no-logger", reason: `no file shows where ${root} comes from` };
  const home = source.source.startsWith(".") ? ask.project.open(file, source.source) : undefined;
  const hasDefault = home !== undefined && /^export\b|["']default["']/m.test(home.text);
  return { expression: pen.name, edits: importEdits(file, { local: root, ...source }, style, hasDefault) };
}
