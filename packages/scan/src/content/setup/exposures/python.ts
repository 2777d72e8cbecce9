import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { SetupView } from "../facts.ts";
import { BODIES, ROWS, type Exposure, type ExposureReader } from "./exposure.ts";
import { assignsOf, callsOf, exposed, isTrue } from "./reading.ts";

/** SQLAlchemy: https://docs.sqlalchemy.org/en/20/core/engines.html#sqlalchemy.create_engine.params.hide_parameters */
const engine: ExposureReader = {
  languages: ["python"],
  mayHold: /create_(?:async_)?engine[\s\S]{0,400}echo\s*=\s*(?:True|["']debug)/,
  read: (view) =>
    callsOf(view, ({ method }) => /^create_(?:async_)?engine$/.test(method)).flatMap((one) => {
      const options = one.call.args.at(-1);
      const echo = entryOf(options, "echo");
      if ((!isTrue(echo) && stringOf(echo) !== "debug") || isTrue(entryOf(options, "hide_parameters"))) return [];
      return [
        exposed(one.call, one.fn, {
          name: one.method,
          writes: ROWS,
          because: "An engine that echoes writes the parameters of each statement.",
          instead: "echo=False, or hide_parameters=True",
        }),
      ];
    }),
};

/** Wire logs: of http.client, and of botocore, whose documentation warns of what they hold. */
const wire: ExposureReader = {
  languages: ["python"],
  mayHold: /debuglevel\s*=|set_debuglevel|set_stream_logger/,
  read: (view) => [...wireLevels(view), ...streams(view)],
};

function wireLevels(view: SetupView): readonly Exposure[] {
  const words = {
    writes: "the headers of every request that is sent, authorization included",
    because: "http.client prints what goes over the wire.",
    instead: "Leave the level at 0 outside of development.",
  };
  const isOn = (expr: { kind: string; value?: unknown } | undefined): boolean =>
    expr?.kind === "literal" && typeof expr.value === "number" && expr.value > 0;
  return [
    ...assignsOf(
      view,
      ({ names, assign }) => names.at(-1) === "debuglevel" && /^HTTPS?Connection$/.test(names.at(-2) ?? "") && isOn(assign.value),
    ).map((one) => exposed(one.assign, one.fn, { ...words, name: "debuglevel" })),
    ...callsOf(view, ({ method, call }) => method === "set_debuglevel" && isOn(call.args[0])).map((one) =>
      exposed(one.call, one.fn, { ...words, name: "set_debuglevel" }),
    ),
  ];
}

function streams(view: SetupView): readonly Exposure[] {
  return callsOf(
    view,
    ({ names, call }) => names.join(".") === "boto3.set_stream_logger" && ["", "botocore"].includes(stringOf(call.args[0]) ?? "boto3"),
  ).map((one) =>
    exposed(one.call, one.fn, {
      name: "boto3.set_stream_logger",
      writes: BODIES,
      because: "The logger of botocore writes the full wire trace.",
      instead: 'boto3.set_stream_logger("boto3.resources")',
    }),
  );
}

export const pythonExposures: readonly ExposureReader[] = [engine, wire];
