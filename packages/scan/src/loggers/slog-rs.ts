import type { Logger } from "./logger.ts";
import { macroRecord } from "./rust-levels.ts";
import { messageText, quoted, withEvent } from "./write.ts";

/** `info!(log, "signed in"; "user" => id)`. https://docs.rs/slog */
export const slogRs: Logger = {
  id: "slog-rs",
  title: "slog (Rust)",
  docs: "https://docs.rs/slog/latest/slog/",
  languages: ["rust"],
  enabledBy: { cargo: ["slog"] },
  preference: 15,
  record: macroRecord,
  write: (line) => {
    const pairs = withEvent(line).map(({ name, value }) => `${quoted(name)} => %${value}`);
    return `slog::${line.level}!(${line.logger}, ${messageText(line)}${pairs.length === 0 ? "" : `; ${pairs.join(", ")}`})`;
  },
};
