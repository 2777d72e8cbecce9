import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageThenFields } from "./write.ts";

export const logtape: Logger = {
  id: "logtape",
  title: "LogTape",
  docs: "https://logtape.org/manual/start",
  languages: ["javascript"],
  enabledBy: { npm: [/^@logtape\//] },
  lineBreaks: "kept",
  preference: 11,
  // Tagged templates (logger.info`…`) are calls in the IR. There is no `log`.
  record: leveled({ origins: [/^@logtape\//], levels: { log: null } }),
  write: messageThenFields,
};
