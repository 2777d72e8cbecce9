import { isLoggerReceiver } from "./by-name.ts";
import { DOTNET_LEVELS, template } from "./dotnet-write.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf } from "./message.ts";

const METHODS: Readonly<Record<string, string>> = { info: "Information", warn: "Warning", error: "Error" };

/** Serilog's `Log` and its loggers: `Log.Information(…)`, `Log.ForContext<X>().Warning(…)`. */
export const serilog: Logger = {
  id: "serilog",
  title: "Serilog",
  docs: "https://github.com/serilog/serilog/wiki/Writing-Log-Events",
  languages: ["csharp"],
  enabledBy: { nuget: [/^Serilog\b/], imports: ["Serilog"] },
  lineBreaks: "kept",
  textArgs: true,
  namedPlaces: true,
  preference: 12,
  record: (view) => {
    const level = levelOf(view);
    return level === undefined ? undefined : factOf(level, view.call.args);
  },
  write: (line) => `${line.logger}.${METHODS[line.level]}(${template(line)})`,
};

function levelOf({ method, receiver, call }: CallView): Level | undefined {
  const plain = receiver.filter((name) => name !== "ForContext");
  if (plain.length === 0 || !isLoggerReceiver(plain.map((name) => name.replace(/^_/, "")))) return undefined;
  if (/^(?:Verbose|Debug|Information|Warning|Error|Fatal)$/.test(method)) return DOTNET_LEVELS[method.toLowerCase()];
  const first = call.args[0];
  if (method !== "Write" || first?.kind !== "member" || first.property === null) return undefined;
  return DOTNET_LEVELS[first.property.toLowerCase()];
}
