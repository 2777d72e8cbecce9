import type { CallView, Level, Logger, Proposal, RecordFact } from "./logger.ts";
import { comesFrom } from "./leveled.ts";
import { factOf } from "./message.ts";
import { reportText } from "./write.ts";

/** LogLevel of `@nestjs/common`. `log` is the level that others call info; there is no `info`. */
const LEVELS: Readonly<Record<string, Level>> = {
  log: "info",
  error: "error",
  warn: "warn",
  debug: "debug",
  verbose: "debug",
  fatal: "fatal",
};

const TYPES = ["Logger", "LoggerService", "ConsoleLogger"] as const;

export const nestjsLogger: Logger = {
  id: "nestjs-logger",
  title: "NestJS Logger",
  docs: "https://docs.nestjs.com/techniques/logger",
  languages: ["javascript"],
  enabledBy: { npm: ["@nestjs/common"] },
  lineBreaks: "kept",
  preference: 15,
  record,
  write: (line) => `${line.logger}.${methodOf(line.level)}(${reportText(line)})`,
};

function record({ call, method, origin, receiver }: CallView): RecordFact | undefined {
  if (receiver.length === 0 || !comesFrom(origin, ["@nestjs/common", ...TYPES])) return undefined;
  // Everything else of @nestjs/common that has such a method is no logger: `HttpException`, `Reflector`.
  if (!/log(?:ger)?(?:service)?$/i.test(receiver[0]!)) return undefined;
  return Object.hasOwn(LEVELS, method) ? factOf(LEVELS[method]!, call.args) : undefined;
}

function methodOf(level: Proposal["level"]): string {
  return level === "info" ? "log" : level;
}
