import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const electronLog: Logger = {
  id: "electron-log",
  title: "electron-log",
  docs: "https://github.com/megahertz/electron-log#log-levels",
  languages: ["javascript"],
  enabledBy: { npm: ["electron-log"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 30,
  record: leveled({ origins: ["electron-log"] }),
  write: messageThenFields,
};
