import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const loglevel: Logger = {
  id: "loglevel",
  title: "loglevel",
  docs: "https://github.com/pimterry/loglevel#logging-methods",
  languages: ["javascript"],
  enabledBy: { npm: ["loglevel"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 24,
  // `log.log` is another name of `log.debug`.
  record: leveled({ origins: ["loglevel"], names: ["loglevel"], levels: { log: "debug" } }),
  write: messageThenFields,
};
