import { isLoggerReceiver } from "./by-name.ts";
import { DOTNET_LEVELS, template } from "./dotnet-write.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf } from "./message.ts";

const METHODS: Readonly<Record<string, string>> = { info: "Info", warn: "Warn", error: "Error" };

/** NLog and log4net, whose loggers have the same methods. https://logging.apache.org/log4net/manual/introduction.html */
export const nlog: Logger = {
  id: "nlog",
  title: "NLog, log4net",
  docs: "https://github.com/NLog/NLog/wiki/Tutorial",
  languages: ["csharp"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  namedPlaces: true,
  preference: 14,
  record: (view) => {
    const level = levelOf(view);
    return level === undefined ? undefined : factOf(level, view.call.args);
  },
  write: (line) => `${line.logger}.${METHODS[line.level]}(${template(line)})`,
};

function levelOf({ method, receiver, call }: CallView): Level | undefined {
  if (!isLoggerReceiver(receiver)) return undefined;
  const bare = method.replace(/(?<=\w)(?:Format|Exception)$/, "");
  if (/^(?:Trace|Debug|Info|Warn|Error|Fatal|Information|Warning|Critical|Verbose)$/.test(bare)) return DOTNET_LEVELS[bare.toLowerCase()];
  const first = call.args[0];
  if (method !== "Log" || first?.kind !== "member" || first.property === null) return undefined;
  return DOTNET_LEVELS[first.property.toLowerCase()];
}
