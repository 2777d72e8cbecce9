import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const consola: Logger = {
  id: "consola",
  title: "consola",
  docs: "https://github.com/unjs/consola#methods",
  languages: ["javascript"],
  enabledBy: { npm: ["consola"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 20,
  // Types with their levels: consola/src/constants.ts. `silent` has a type but writes nothing.
  record: leveled({
    origins: ["consola"],
    names: ["consola"],
    levels: { fail: "error", ready: "info", start: "info", box: "info" },
  }),
  write: messageThenFields,
};
