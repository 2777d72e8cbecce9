import { entryOf } from "../frameworks/reading.ts";
import { elixirLevel, keywordText, LEVEL_NAMES } from "./elixir-write.ts";
import type { Level, Logger } from "./logger.ts";
import { messageText } from "./write.ts";

/** What reports → its level where the options name none. */
const REPORTS: Readonly<Record<string, Level>> = { capture_exception: "error", capture_message: "error", send_event: "error" };

export const elixirSentry: Logger = {
  id: "elixir-sentry",
  title: "Sentry for Elixir",
  docs: "https://hexdocs.pm/sentry/Sentry.html",
  languages: ["elixir"],
  enabledBy: { hex: ["sentry"], imports: ["Sentry"] },
  preference: 95,
  record: ({ call, method, receiver }) => {
    if (receiver.join(".") !== "Sentry" || !Object.hasOwn(REPORTS, method) || call.args.length === 0) return undefined;
    const options = call.args[1];
    const written = entryOf(options, "level");
    const level = (written?.kind === "literal" ? elixirLevel(String(written.value)) : undefined) ?? REPORTS[method]!;
    const fields = entryOf(options, "extra") ?? options;
    return fields === undefined ? { level, says: call.args } : { level, says: call.args, fields };
  },
  write: (line) =>
    `${line.logger}.capture_message(${messageText(line)}, level: :${LEVEL_NAMES[line.level]}, extra: %{${keywordText(line)}})`,
};
