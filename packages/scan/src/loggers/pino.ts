import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { objectFirst } from "./message.ts";
import { fieldsThenMessage } from "./write.ts";

export const pino: Logger = {
  id: "pino",
  title: "pino",
  docs: "https://getpino.io/#/docs/api?id=logger",
  languages: ["javascript"],
  enabledBy: {
    npm: ["pino", "pino-http", "nestjs-pino", "hono-pino", "express-pino-logger", "koa-pino-logger"],
  },
  lineBreaks: "escaped",
  preference: 10,
  record: leveled({
    origins: ["pino", "nestjs-pino", "PinoLogger"],
    // An object counts only as the first argument: `info("x", { a })` drops what no `%o` takes.
    fields: objectFirst,
    // `silent` writes nothing; there is no `log`.
    levels: { log: null },
  }),
  write: fieldsThenMessage,
};
