import { stringOf } from "../../../ir/literals.ts";
import type { SetupFact, SetupReader } from "../facts.ts";
import { levelIn, levelOfWord } from "../levels.ts";
import { factAt, said } from "../reading.ts";

/** https://docs.rs/tracing-subscriber/latest/tracing_subscriber/fmt/format/struct.Json.html; others write the message as it is. */
const tracing: SetupReader = {
  loggers: ["tracing", "rust-log"],
  languages: ["rust"],
  mayHold: /tracing_subscriber|env_logger|EnvFilter/,
  read: (view) =>
    view.calls.flatMap((one): SetupFact[] => {
      if (one.method === "json" && one.call.args.length === 0 && /fmt|layer|subscriber/i.test(one.names.join("."))) {
        return [factAt(one, { lineBreaks: "escaped" })];
      }
      if (one.method === "with_max_level") return [factAt(one, said({ from: levelIn(one.call.args[0], view, one.fn) }))];
      if (!/^(?:default_filter_or|with_default_directive)$/.test(one.method)) return [];
      const text = stringOf(one.call.args[0]);
      return text === undefined ? [] : [factAt(one, said({ from: levelOfWord(text) }))];
    }),
};

export const rustSetups: readonly SetupReader[] = [tracing];
