import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const tslog: Logger = {
  id: "tslog",
  title: "tslog",
  docs: "https://tslog.js.org/",
  languages: ["javascript"],
  enabledBy: { npm: ["tslog"] },
  lineBreaks: "kept",
  preference: 18,
  // `log(levelId, levelName, …)` takes a number first.
  record: leveled({
    origins: ["tslog"],
    says: (args) => (args[0]?.kind === "literal" && typeof args[0].value === "number" ? args.slice(1) : args),
  }),
  write: messageThenFields,
};
