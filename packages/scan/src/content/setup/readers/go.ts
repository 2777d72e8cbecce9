import { entryOf } from "../../../ir/literals.ts";
import type { Expr } from "../../../ir/nodes.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import type { SetupCall, SetupFact, SetupReader, SetupView } from "../facts.ts";
import { levelIn } from "../levels.ts";
import { factAt, said, type LineBreaks } from "../reading.ts";

/** What a constructor makes of line breaks in messages, by the dotted name of what is called or created. */
type Makers = Readonly<Record<string, { readonly lineBreaks: LineBreaks; readonly from?: "debug" | "info" }>>;

/** https://pkg.go.dev/log/slog#Handler: both handlers quote; tint and its like write the message as it is. */
const SLOG: Makers = {
  "slog.NewJSONHandler": { lineBreaks: "escaped" },
  "slog.NewTextHandler": { lineBreaks: "escaped" },
  "tint.NewHandler": { lineBreaks: "kept" },
};
/** https://pkg.go.dev/go.uber.org/zap#hdr-Configuring_Zap: the console encoder writes the message as it is. */
const ZAP: Makers = {
  "zap.NewProduction": { lineBreaks: "escaped", from: "info" },
  "zap.NewProductionConfig": { lineBreaks: "escaped", from: "info" },
  "zap.NewDevelopment": { lineBreaks: "kept", from: "debug" },
  "zap.NewDevelopmentConfig": { lineBreaks: "kept", from: "debug" },
  "zapcore.NewJSONEncoder": { lineBreaks: "escaped" },
  "zapcore.NewConsoleEncoder": { lineBreaks: "kept" },
};
/** https://pkg.go.dev/github.com/rs/zerolog#ConsoleWriter */
const ZEROLOG: Makers = {
  "zerolog.ConsoleWriter": { lineBreaks: "kept" },
  "zerolog.NewConsoleWriter": { lineBreaks: "kept" },
};
/** https://pkg.go.dev/github.com/sirupsen/logrus#JSONFormatter; the text formatter quotes where it writes to no terminal. */
const LOGRUS: Makers = { "logrus.JSONFormatter": { lineBreaks: "escaped" }, "log.JSONFormatter": { lineBreaks: "escaped" } };

const reader = (logger: string, mayHold: RegExp, makers: Makers, more: (view: SetupView, one: SetupCall) => SetupFact[]): SetupReader => ({
  loggers: [logger],
  languages: ["go"],
  mayHold,
  read: (view) =>
    view.calls.flatMap((one) => {
      const name = one.names.join(".");
      const made = Object.hasOwn(makers, name) ? makers[name] : undefined;
      return [...(made === undefined ? [] : [factAt(one, made)]), ...more(view, one)];
    }),
});

/** The first record among the arguments, behind `&` or not, that has a key. */
function optionIn(args: readonly Expr[], key: string): Expr | undefined {
  for (const arg of args) {
    const record = arg.kind === "record" ? arg : arg.kind === "call" ? arg.args.find((one) => one.kind === "record") : undefined;
    const found = entryOf(record, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const slog = reader("slog", /slog\.New|slog\.SetDefault|tint\.NewHandler|SetLogLoggerLevel/, SLOG, (view, one) => {
  if (!/^slog\.New(?:JSON|Text)Handler$/.test(one.names.join("."))) return [];
  const level = optionIn(one.call.args, "Level");
  return [factAt(one, said({ from: level === undefined ? ("info" as const) : levelIn(level, view, one.fn) }))];
});

const zap = reader("zap", /zap\.New|zapcore\.New|zap\.Config/, ZAP, (view, one) => {
  if (one.names.join(".") !== "zap.Config") return [];
  const encoding = optionIn([one.call, ...one.call.args], "Encoding");
  const lineBreaks = encoding?.kind === "literal" ? (encoding.value === "console" ? ("kept" as const) : ("escaped" as const)) : undefined;
  return [factAt(one, said({ lineBreaks, from: levelIn(optionIn(one.call.args, "Level"), view, one.fn) }))];
});

const zerolog = reader("zerolog", /ConsoleWriter|SetGlobalLevel/, ZEROLOG, (view, one) =>
  one.method === "SetGlobalLevel" ? [factAt(one, said({ from: levelIn(one.call.args[0], view, one.fn) }))] : [],
);

const logrus = reader("logrus", /JSONFormatter|SetLevel|TextFormatter|SetFormatter/, LOGRUS, (view, one) => {
  if (one.method === "SetLevel") return [factAt(one, said({ from: levelIn(one.call.args[0], view, one.fn) }))];
  const isText = namesOf(one.call.callee).at(-1) === "TextFormatter";
  const unquoted = isText && ["ForceColors", "DisableQuote"].some((key) => isTrue(optionIn([one.call, ...one.call.args], key)));
  return unquoted ? [factAt(one, { lineBreaks: "kept" })] : [];
});

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === "literal" && expr.value === true;
}

export const goSetups: readonly SetupReader[] = [slog, zap, zerolog, logrus];
