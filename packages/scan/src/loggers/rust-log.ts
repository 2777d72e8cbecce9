import type { Logger } from "./logger.ts";
import { bracesText, macroRecord } from "./rust-levels.ts";

/** `log::warn!("login of {} failed", name)`. https://docs.rs/log */
export const rustLog: Logger = {
  id: "rust-log",
  title: "log",
  docs: "https://docs.rs/log/latest/log/",
  languages: ["rust"],
  enabledBy: { cargo: ["log"] },
  lineBreaks: "kept",
  preference: 20,
  record: macroRecord,
  write: (line) => `log::${line.level}!(${bracesText(line)})`,
};
