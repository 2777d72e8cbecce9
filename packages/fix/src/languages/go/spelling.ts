import { paramNames, type Project } from "@telltale/scan/analysis";
import type { Seat, Spot, Values } from "../writer.ts";
import { ownNames } from "../trees/values.ts";
import { splitTop } from "../trees/wrap.ts";

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

/** What is known beforehand stands in the text: `outcome=success`, and not `outcome=%v` with it behind. */
export function plainText(text: string): string {
  const open = text.indexOf("(");
  const [format, ...values] = splitTop(text.slice(open + 1, -1));
  if (format === undefined || !/^"[^"]*%v/.test(format)) return text;
  const left: string[] = [];
  let i = 0;
  const filled = format.replaceAll("%v", () => {
    const value = values[i++];
    if (value === undefined) return "%v";
    if (/^"\w+"$/.test(value)) return value.slice(1, -1);
    left.push(value);
    return value.startsWith('"') ? "%q" : "%v";
  });
  return `${text.slice(0, open)}(${[filled, ...left, ...values.slice(i)].join(", ")})`;
}

/** Who acts, where the function has read it from the context before: a user that may be missing is never asked. */
function actingUser({ spot: { fn, file }, seat }: Values): string | undefined {
  if (fn === undefined) return undefined;
  const before = file.text.slice(fn.body[0]?.start ?? fn.start, seat.offset);
  const read = /(?<![\w.])(c|ctx|context)\.(?:User|CurrentUser|Doer|Auth)\.I[dD]\b(?!\()/.exec(before);
  if (read === null || !paramNames(fn).includes(read[1]!)) return undefined;
  const user = read[0].slice(0, read[0].lastIndexOf("."));
  return new RegExp(`${user.replace(".", "\\.")}\\s*[!=]=\\s*nil`).test(before) || /(?:&&|\|\|)[^\n]*$/.test(lineBefore(before, read.index))
    ? undefined
    : read[0];
}

/** What stands before an offset on its line. */
const lineBefore = (text: string, offset: number): string => text.slice(text.lastIndexOf("\n", offset) + 1, offset);

/** A request of the standard library has a field where those of frameworks have a method. */
export function values(given: Values): Values["details"] {
  const { fn } = given.spot;
  const text = fn === undefined ? "" : fn.file.text.slice(fn.start, fn.end);
  const acting = given.details.some(({ name }) => name === "actor") ? undefined : actingUser(given);
  const own = [...(acting === undefined ? [] : [{ name: "actor", value: acting }]), ...ownNames(given)];
  return own.map(({ name, value }) => {
    const request = /^(\w+)\.RemoteAddr\(\)$/.exec(value)?.[1];
    const isStandard = request !== undefined && new RegExp(`\\b${request}\\s+\\*http\\.Request\\b`).test(text);
    return { name, value: isStandard ? `${request}.RemoteAddr` : value };
  });
}
