import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { fieldsText, messageText } from "./write.ts";

export const npmlog: Logger = {
  id: "npmlog",
  title: "npmlog",
  docs: "https://github.com/npm/npmlog#loglevelprefix-message-",
  languages: ["javascript"],
  enabledBy: { npm: ["npmlog"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 28,
  // Levels below the default `info`: silly, verbose. `timing` and `http` write at info, but say nothing of an action.
  record: leveled({ origins: ["npmlog"], names: ["npmlog"], logTakesLevel: true }),
  // The first argument is a prefix.
  write: (line) => `${line.logger}.${line.level}("security", ${messageText(line)}, ${fieldsText(line)})`,
};
