import type { Project } from "@telltale/scan/analysis";
import type { Seat, Spot, Values } from "../writer.ts";
import { ownNames } from "../trees/values.ts";

const known = new WeakMap<Project, Map<string, boolean>>();

/** Loggers whose `Warn` takes a format have no `Warnf`: as the project writes it elsewhere. */
export function asWritten(seat: Seat, { project }: Spot): Seat {
  return {
    ...seat,
    write: (line) =>
      seat.write(
        line.replace(/^(\w+)\.(Info|Warn|Error)f\(/, (whole, name: string, level: string) =>
          isPlain(project, name) ? `${name}.${level}(` : whole,
        ),
      ),
  };
}

/** Whether the project gives formats to the methods without `f`, and never calls those with it. */
function isPlain(project: Project, name: string): boolean {
  let mine = known.get(project);
  if (mine === undefined) known.set(project, (mine = new Map()));
  let is = mine.get(name);
  if (is === undefined) {
    const texts = [...project.texts].filter(([path]) => path.endsWith(".go")).map(([, text]) => text);
    const some = (pattern: string): boolean => texts.some((text) => new RegExp(pattern).test(text));
    mine.set(name, (is = !some(`\\b${name}\\.(?:Info|Warn|Error)f\\(`) && some(`\\b${name}\\.(?:Info|Warn|Error|Trace)\\("[^"\\n]*%`)));
  }
  return is;
}

/** A request of the standard library has a field where those of frameworks have a method. */
export function values(given: Values): Values["details"] {
  const { fn } = given.spot;
  const text = fn === undefined ? "" : fn.file.text.slice(fn.start, fn.end);
  return ownNames(given).map(({ name, value }) => {
    const request = /^(\w+)\.RemoteAddr\(\)$/.exec(value)?.[1];
    const isStandard = request !== undefined && new RegExp(`\\b${request}\\s+\\*http\\.Request\\b`).test(text);
    return { name, value: isStandard ? `${request}.RemoteAddr` : value };
  });
}
