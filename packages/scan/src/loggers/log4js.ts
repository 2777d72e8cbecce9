import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const log4js: Logger = {
  id: "log4js",
  title: "log4js",
  docs: "https://log4js-node.github.io/log4js-node/api.html",
  languages: ["javascript"],
  enabledBy: { npm: ["log4js"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 16,
  // `mark` stands above `fatal` and is always written.
  record: leveled({ origins: ["log4js"], names: ["log4js"], logTakesLevel: true }),
  write: messageThenFields,
};
