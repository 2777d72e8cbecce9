import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { ExposureReader } from "./exposure.ts";
import { callsOf, exposed } from "./reading.ts";

/** `config :phoenix, :filter_parameters`: https://hexdocs.pm/phoenix/Phoenix.Logger.html#module-parameter-filtering */
const parameters: ExposureReader = {
  languages: ["elixir"],
  mayHold: /filter_parameters/,
  read: (view) =>
    callsOf(view, ({ names, call }) => names.join(".") === "config" && stringOf(call.args[0]) === "phoenix").flatMap((one) => {
      const [, key, value] = one.call.args;
      const list = stringOf(key) === "filter_parameters" ? value : entryOf(key, "filter_parameters");
      if (list?.kind !== "list" || list.tuple === true) return [];
      const texts = list.items.map(stringOf);
      // A name is filtered where it holds one of the texts.
      if (texts.some((text) => text === undefined || "password".includes(text))) return [];
      return [
        exposed(one.call, one.fn, {
          name: "filter_parameters",
          writes: "the parameters of every request, passwords included",
          because: "Phoenix writes all parameters but those on the list, and a list of one's own takes the place of `password`.",
          instead: 'config :phoenix, :filter_parameters, ["password", "secret", "token"]',
        }),
      ];
    }),
};

export const elixirExposures: readonly ExposureReader[] = [parameters];
