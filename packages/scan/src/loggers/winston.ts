import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const winston: Logger = {
  id: "winston",
  title: "winston",
  docs: "https://github.com/winstonjs/winston#using-logging-levels",
  languages: ["javascript"],
  enabledBy: { npm: ["winston", "nest-winston", "express-winston"] },
  lineBreaks: "escaped",
  preference: 12,
  // `http`, `verbose`, `debug` and `silly` lie below the default level; syslog levels are a set of their own.
  record: leveled({
    origins: ["winston", "nest-winston"],
    names: ["winston"],
    logTakesLevel: true,
  }),
  write: messageThenFields,
};
