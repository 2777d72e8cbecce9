import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const signale: Logger = {
  id: "signale",
  title: "signale",
  docs: "https://github.com/klaudiosinani/signale#default-loggers",
  languages: ["javascript"],
  enabledBy: { npm: ["signale"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 26,
  record: leveled({
    origins: ["signale"],
    names: ["signale"],
    levels: {
      note: "info",
      complete: "info",
      pending: "info",
      start: "info",
      star: "info",
      fav: "info",
      await: "info",
      watch: "info",
    },
  }),
  write: messageThenFields,
};
