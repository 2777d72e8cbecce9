import type { Logger } from "./logger.ts";
import { macroRecord } from "./rust-levels.ts";
import { messageText, withEvent } from "./write.ts";

/** `info!(user = %id, "signed in")`. Spans and `#[instrument]` alone write nothing. https://docs.rs/tracing */
export const tracing: Logger = {
  id: "tracing",
  title: "tracing",
  docs: "https://docs.rs/tracing/latest/tracing/#recording-fields",
  languages: ["rust"],
  enabledBy: { cargo: ["tracing"] },
  lineBreaks: "kept",
  preference: 10,
  record: macroRecord,
  write: (line) => {
    const fields = withEvent(line).map(({ name, value }) => `${name} = %${value}`);
    return `tracing::${line.level}!(${[...fields, messageText(line)].join(", ")})`;
  },
};
