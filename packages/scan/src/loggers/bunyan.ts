import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { objectFirst } from "./message.ts";
import { fieldsThenMessage } from "./write.ts";

export const bunyan: Logger = {
  id: "bunyan",
  title: "bunyan",
  docs: "https://github.com/trentm/node-bunyan#log-method-api",
  languages: ["javascript"],
  enabledBy: { npm: ["bunyan", "restify", "browser-bunyan"] },
  lineBreaks: "escaped",
  preference: 14,
  record: leveled({
    origins: ["bunyan", "browser-bunyan"],
    fields: objectFirst,
    levels: { log: null },
  }),
  write: fieldsThenMessage,
};
