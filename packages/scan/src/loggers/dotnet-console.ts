import { interpolated } from "./dotnet-write.ts";
import { levelWritten } from "./java-console.ts";
import type { Logger } from "./logger.ts";

/** The console and the trace listeners: lines without structure. */
const WRITERS: ReadonlyMap<string, "info" | "error"> = new Map([
  ["Console", "info"],
  ["Console.Out", "info"],
  ["Console.Error", "error"],
  ["System.Console", "info"],
]);
const TRACES: ReadonlyMap<string, "info" | "warn" | "error"> = new Map([
  ["TraceInformation", "info"],
  ["TraceWarning", "warn"],
  ["TraceError", "error"],
]);

export const dotnetConsole: Logger = {
  id: "dotnet-console",
  title: "System.Console, System.Diagnostics.Trace",
  docs: "https://learn.microsoft.com/dotnet/api/system.console",
  languages: ["csharp"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 90,
  record: ({ call, method, receiver }) => {
    if (call.args.length === 0) return undefined;
    const traced = receiver.join(".") === "Trace" ? TRACES.get(method) : undefined;
    if (traced !== undefined) return { level: traced, says: call.args, unstructured: true };
    const level = /^Write(?:Line)?(?:Async)?$/.test(method) ? WRITERS.get(receiver.join(".")) : undefined;
    return level === undefined ? undefined : { level: levelWritten(call.args[0]) ?? level, says: call.args, unstructured: true };
  },
  write: (line) =>
    line.level === "warn"
      ? `Console.Error.WriteLine("WARN " + ${interpolated(line)})`
      : `Console.${line.level === "info" ? "" : "Error."}WriteLine(${interpolated(line)})`,
};
