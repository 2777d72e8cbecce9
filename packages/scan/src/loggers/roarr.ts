import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { objectFirst } from "./message.ts";
import { fieldsThenMessage } from "./write.ts";

export const roarr: Logger = {
  id: "roarr",
  title: "Roarr",
  docs: "https://github.com/gajus/roarr#api",
  languages: ["javascript"],
  enabledBy: { npm: ["roarr"] },
  lineBreaks: "escaped",
  preference: 22,
  record: leveled({
    origins: ["roarr"],
    names: ["Roarr", "roarr"],
    fields: objectFirst,
    levels: { log: null },
  }),
  write: fieldsThenMessage,
};
