import { levelWritten } from "./java-console.ts";
import type { Logger } from "./logger.ts";
import { bracesText } from "./rust-levels.ts";

/** `println!`, `eprintln!`: lines without level or structure. */
export const rustConsole: Logger = {
  id: "rust-console",
  title: "println! and eprintln!",
  docs: "https://doc.rust-lang.org/std/macro.eprintln.html",
  languages: ["rust"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  preference: 90,
  record: ({ call, method }) => {
    if (!/^e?println!$/.test(method) || call.args.length === 0) return undefined;
    return { level: levelWritten(call.args[0]) ?? (method === "eprintln!" ? "error" : "info"), says: call.args, unstructured: true };
  },
  write: (line) => {
    const text = bracesText(line);
    return line.level === "info" ? `println!(${text})` : `eprintln!(${line.level === "warn" ? text.replace(/^"/, '"WARN ') : text})`;
  },
};
