import type { Project } from "@telltale/scan/analysis";
import type { Refused } from "../../contract.ts";
import { splitTop, wrapped } from "../trees/wrap.ts";
import type { Held, PenAsk, Seat, Spot } from "../writer.ts";
import type { Style } from "../../style/style.ts";

/** Crates whose macros write lines, by the logger. */
const CRATES: Readonly<Record<string, string>> = { tracing: "tracing", "rust-log": "log" };

/** Macros are named by their crate, or as they are where a file or the whole package has them. */
export function hold({ pen, held, project, file }: PenAsk): Held | Refused {
  const { id, title } = pen.logger;
  if (held || id === "rust-console") return { expression: pen.name, edits: [] };
  const crate = Object.hasOwn(CRATES, id) ? CRATES[id]! : undefined;
  if (crate === undefined || !project.has("cargo", crate, file.path))
    return { kind: "no-logger", reason: `${title} is not among the dependencies` };
  const other = Object.values(CRATES).find((one) => one !== crate)!;
  const uses = usesIn(project, file.path);
  if ((uses[crate] ?? 0) === 0 && (uses[other] ?? 0) > 0) return { kind: "no-logger", reason: `the package writes with ${other}` };
  return { expression: pen.name, edits: [] };
}

const known = new WeakMap<Project, Map<string, Readonly<Record<string, number>>>>();

/** How many files of a package name each crate. */
function usesIn(project: Project, path: string): Readonly<Record<string, number>> {
  const folder = project.packagesOf(path)[0]?.folder ?? "";
  const mine = known.get(project) ?? new Map<string, Readonly<Record<string, number>>>();
  known.set(project, mine);
  let uses = mine.get(folder);
  if (uses === undefined) {
    const texts = [...project.texts].filter(([one]) => one.endsWith(".rs") && (folder === "" || one.startsWith(`${folder}/`)));
    const count = (crate: string): number =>
      texts.filter(([, text]) => new RegExp(`\\b(?:extern crate ${crate};|use ${crate}::|${crate}::\\w+!)`).test(text)).length;
    mine.set(folder, (uses = Object.fromEntries(Object.values(CRATES).map((crate) => [crate, count(crate)]))));
  }
  return uses;
}

/** Whether a macro of a crate goes by its own name in a file: imported there, or with all of them in the whole package. */
function isBare(project: Project, path: string, crate: string, macro: string): boolean {
  const text = project.texts.get(path) ?? "";
  if (new RegExp(`\\buse\\s+${crate}::(?:${macro}\\s*;|\\{[^}]*\\b${macro}\\b)`).test(text)) return true;
  const root = project.packagesOf(path)[0]?.folder ?? "";
  return ["main.rs", "lib.rs"].some((name) => {
    const top = project.texts.get(`${root === "" ? "" : `${root}/`}src/${name}`) ?? "";
    return new RegExp(`#\\[macro_use\\]\\s*(?:pub\\s+)?extern\\s+crate\\s+${crate}\\s*;`).test(top);
  });
}

/** A seat whose lines name their macro as the file does. */
export function asNamed(seat: Seat, { project, file }: Spot): Seat {
  return {
    ...seat,
    write: (line) =>
      seat.write(
        line.replace(/^(tracing|log)::(\w+)!/, (whole, crate: string, macro: string) =>
          isBare(project, file.path, crate, macro) ? `${macro}!` : whole,
        ),
      ),
  };
}

/** A line as rustfmt would have it: plain texts are no expressions, and plain names stand in their places. */
export function lineOf(text: string, style: Style, room: number): string {
  const own =
    text.startsWith("log::") || /^e?println!/.test(text)
      ? inlined(text)
      : text.replaceAll(/= %("(?:[^"\\]|\\.)*")/g, "= $1").replaceAll("= %?", "= ?");
  return `${wrapped(own, room - 1, { unit: style.unit, trailing: true, hugs: false })};`;
}

/** `"actor={}", id` becomes `"actor={id}"`, and what is known stands in the text itself. */
function inlined(text: string): string {
  const open = text.indexOf("(");
  const [format, ...values] = splitTop(text.slice(open + 1, -1));
  if (format === undefined || !/^".*"$/.test(format)) return text;
  const left: string[] = [];
  let i = 0;
  const filled = format.replaceAll(/\{\}/g, () => {
    const value = values[i++];
    if (value === undefined) return "{}";
    if (/^"[\w ]*"$/.test(value)) return /\s/.test(value) ? `'${value.slice(1, -1)}'` : value.slice(1, -1);
    if (/^[a-z_]\w*$/.test(value) && value !== "self") return `{${value}}`;
    const debugged = value.startsWith("?");
    left.push(debugged ? value.slice(1) : value);
    return debugged ? "{:?}" : "{}";
  });
  return `${text.slice(0, open + 1)}${[filled, ...left].join(", ")})`;
}
