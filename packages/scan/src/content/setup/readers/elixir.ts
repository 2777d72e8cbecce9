import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { Expr } from "../../../ir/nodes.ts";
import type { SetupCall, SetupFact, SetupReader, SetupView } from "../facts.ts";
import { levelIn } from "../levels.ts";
import { factAt, said, stringsIn } from "../reading.ts";

/** `config :logger, …` of config/*.exs. https://hexdocs.pm/logger/Logger.html#module-configuration */
const logger: SetupReader = {
  loggers: ["elixir-logger"],
  languages: ["elixir"],
  mayHold: /config\s*\(?\s*:(?:logger|phoenix)\b/,
  read: (view) => view.calls.flatMap((one) => (one.names.join(".") === "config" ? ofConfig(view, one) : [])),
};

function ofConfig(view: SetupView, one: SetupCall): SetupFact[] {
  const [app, ...rest] = one.call.args;
  const name = stringOf(app);
  if (name === "phoenix") return filtered(one, rest);
  if (name !== "logger") return [];
  const isHandler = stringOf(rest[0]) !== undefined;
  const options = rest.at(-1);
  const from = isHandler ? undefined : levelIn(entryOf(options, "level"), view, one.fn);
  return [factAt(one, said({ from, lineBreaks: formatOf(view, options) }))];
}

/** A formatter of a library for JSON quotes; a formatter of the application's own does what it likes. */
function formatOf(view: SetupView, options: Expr | undefined): SetupFact["lineBreaks"] {
  const handler = entryOf(options, "default_handler");
  const formatter = entryOf(options, "formatter", "format") ?? entryOf(handler, "formatter", "format");
  const backends = entryOf(options, "backends");
  const text = [formatter, backends].map((one) => (one === undefined ? "" : view.file.text.slice(one.start, one.end))).join(" ");
  if (/json|logfmt|ecs|gelf|stackdriver|google_?cloud|datadog/i.test(text)) return "escaped";
  return formatter === undefined || stringOf(formatter) !== undefined || formatter.kind === "literal" ? undefined : "unknown";
}

/** `config :phoenix, :filter_parameters, ["password"]`. */
function filtered(one: SetupCall, [key, value]: readonly Expr[]): SetupFact[] {
  const list = stringOf(key) === "filter_parameters" ? value : entryOf(key, "filter_parameters");
  return list === undefined ? [] : [factAt(one, { redacts: stringsIn(list) })];
}

export const elixirSetups: readonly SetupReader[] = [logger];
