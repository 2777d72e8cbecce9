import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { Expr, FunctionIR } from "../../../ir/nodes.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import { comesFrom } from "../../../loggers/leveled.ts";
import type { SetupCall, SetupFact, SetupReader, SetupView } from "../facts.ts";
import { levelIn } from "../levels.ts";
import { factAt, JSON_LIKE, optionsOf, parts, REDACTING, resolved, said, stringsIn, type LineBreaks } from "../reading.ts";

/**
 * Formats of winston that write the line in the end. https://github.com/winstonjs/logform#formats
 * `printf` writes what its function gives; `simple` and `cli` write the message as it is.
 */
const WINSTON_FORMATS: Readonly<Record<string, LineBreaks>> = {
  json: "escaped",
  logstash: "escaped",
  ecsFormat: "escaped",
  prettyPrint: "escaped",
  simple: "kept",
  cli: "kept",
  nestLike: "kept",
};
/** What makes one line of a text: `JSON.stringify`, `inspect`, a replacement of line breaks. */
const ONE_LINE = /JSON\.stringify|stringify\(|inspect\(|\\n|\\r/;

const winston: SetupReader = {
  loggers: ["winston"],
  languages: ["javascript"],
  mayHold: /createLogger|WinstonModule|winston\.(?:configure|add|loggers)|addColors|new winston/,
  read: (view) =>
    view.calls.flatMap((one) => {
      const makes =
        one.method === "createLogger" || (one.method === "add" && one.names.includes("loggers")) || isModule(one, "WinstonModule");
      const configures = one.method === "configure" && one.names.includes("winston");
      if (!configures && !(makes && (comesFrom(one.origin, ["winston", "nest-winston"]) || one.names.includes("WinstonModule")))) return [];
      const options = optionsOf(view, one);
      if (options === undefined) return [];
      const from = levelIn(entryOf(options, "level"), view, one.fn) ?? (entryOf(options, "level") === undefined ? "info" : undefined);
      const format = entryOf(options, "format");
      const transports = entryOf(options, "transports");
      const breaks = [
        ...(format === undefined ? [] : formats(view, format, one.fn)),
        ...(transports === undefined ? [] : formats(view, transports, one.fn)),
      ];
      return [
        factAt(
          one,
          said({ from, redacts: redactsIn(view, format, one.fn), lineBreaks: breaks.length === 0 ? ("escaped" as const) : undefined }),
        ),
        ...breaks.map((fact) => ({ ...factAt(one, {}), ...fact })),
      ];
    }),
};

function isModule(one: SetupCall, name: string): boolean {
  return one.names.includes(name) && /^(?:forRoot(?:Async)?|createLogger)$/.test(one.method);
}

function formats(view: SetupView, expr: Expr, fn: FunctionIR | null): SetupFact[] {
  const facts: SetupFact[] = [];
  parts(view, expr, fn, (part, stage) => {
    if (part.kind !== "call") return;
    const method = namesOf(part).at(-1) ?? "";
    const lineBreaks =
      method === "printf" ? ofPrintf(view, part.args[0], fn) : Object.hasOwn(WINSTON_FORMATS, method) ? WINSTON_FORMATS[method] : undefined;
    if (lineBreaks !== undefined) facts.push({ lineBreaks, ...(stage === undefined ? {} : { stage }) });
  });
  return facts;
}

function ofPrintf(view: SetupView, arg: Expr | undefined, fn: FunctionIR | null): LineBreaks {
  const value = arg === undefined ? undefined : resolved(view, arg, fn);
  return value !== undefined && ONE_LINE.test(view.file.text.slice(value.start, value.end)) ? "escaped" : "kept";
}

/** A format of the application's own that takes something out says so by its name. */
function redactsIn(view: SetupView, format: Expr | undefined, fn: FunctionIR | null): "unknown" | undefined {
  let found = false;
  if (format !== undefined) parts(view, format, fn, (part) => void (found ||= part.kind === "name" && REDACTING.test(part.name)));
  return found ? "unknown" : undefined;
}

const pino: SetupReader = {
  loggers: ["pino", "fastify-log"],
  languages: ["javascript"],
  mayHold: /pino|[Ff]astify\(/,
  read: (view) =>
    view.calls.flatMap((one) => {
      const isPino = /pino|LoggerModule/i.test(one.names[0] ?? "") || comesFrom(one.origin, PINO);
      const isFastify = /^fastify$/i.test(one.method);
      if (!isPino && !isFastify) return [];
      const options = optionsOf(view, one);
      const inner =
        options === undefined ? undefined : (entryOf(options, isFastify ? "logger" : "pinoHttp") ?? (isFastify ? undefined : options));
      const own = inner === undefined ? undefined : resolved(view, inner, one.fn);
      if (own?.kind !== "record") return isPino && makesPino(one) ? [factAt(one, { from: "info" })] : [];
      const level = entryOf(own, "level");
      return [
        factAt(one, said({ from: level === undefined ? ("info" as const) : levelIn(level, view, one.fn), redacts: redactOf(own) })),
        ...pretty(view, own, one.fn).map((fact) => ({ ...factAt(one, {}), ...fact })),
      ];
    }),
};

const PINO = ["pino", "pino-http", "nestjs-pino", "express-pino-logger", "koa-pino-logger", "hapi-pino", "hono-pino"];

function makesPino({ method }: SetupCall): boolean {
  return /^(?:pino|pinoHttp|PinoHttp|pinoLogger)$/.test(method);
}

/** `redact: ["req.headers.authorization"]`, `redact: { paths: […] }`; serializers take out what they do not give. */
function redactOf(options: Expr): SetupFact["redacts"] {
  const redact = entryOf(options, "redact");
  if (redact === undefined) {
    const serializers = entryOf(options, "serializers");
    return serializers === undefined ? undefined : "unknown";
  }
  return stringsIn(entryOf(redact, "paths") ?? redact);
}

/** `transport: { target: "pino-pretty" }` writes messages as they are. */
function pretty(view: SetupView, options: Expr, fn: FunctionIR | null): SetupFact[] {
  const facts: SetupFact[] = [];
  const transport = entryOf(options, "transport", "prettyPrint");
  if (transport === undefined) return facts;
  if (transport.kind === "literal" && transport.value === true) return [{ lineBreaks: "kept" }];
  parts(view, transport, fn, (part, stage) => {
    if (stringOf(part) === "pino-pretty") facts.push({ lineBreaks: "kept", ...(stage === undefined ? {} : { stage }) });
  });
  return facts;
}

/** Libraries whose factory takes one record: the key of the level, and the entry that says how lines are written. */
const FACTORIES: readonly { readonly logger: string; readonly calls: RegExp; readonly level: string }[] = [
  { logger: "bunyan", calls: /^(?:bunyan\.createLogger|createLogger)$/, level: "level" },
  { logger: "consola", calls: /^(?:createConsola|consola\.create)$/, level: "level" },
  { logger: "nestjs-logger", calls: /^(?:ConsoleLogger|Logger)$/, level: "logLevel" },
  { logger: "tslog", calls: /^(?:\w+\.)?(?:Logger|ILogObj)$/, level: "minLevel" },
];

const factories: readonly SetupReader[] = FACTORIES.map(({ logger, calls, level }) => ({
  loggers: [logger],
  languages: ["javascript"],
  mayHold: /createLogger|[cC]onsola|ConsoleLogger|tslog/,
  read: (view) =>
    view.calls.flatMap((one) => {
      const options = calls.test(one.names.join(".")) ? optionsOf(view, one) : undefined;
      if (options === undefined) return [];
      const isJson = isTrue(entryOf(options, "json")) || stringOf(entryOf(options, "type")) === "json";
      const serializers = logger === "bunyan" ? entryOf(options, "serializers") : undefined;
      return [
        factAt(
          one,
          said({
            lineBreaks: isJson ? ("escaped" as const) : undefined,
            from: levelIn(entryOf(options, level), view, one.fn),
            redacts: serializers === undefined ? undefined : ("unknown" as const),
          }),
        ),
      ];
    }),
}));

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === "literal" && expr.value === true;
}

/** Layouts of log4js: https://log4js-node.github.io/log4js-node/layouts.html. `logger.level = "warn"` sets the threshold. */
const log4js: SetupReader = {
  loggers: ["log4js"],
  languages: ["javascript"],
  mayHold: /log4js/,
  read: (view) =>
    view.calls.flatMap((one) => {
      const options = one.method === "configure" && one.names.includes("log4js") ? optionsOf(view, one) : undefined;
      if (options === undefined) return [];
      const types: string[] = [];
      parts(view, options, one.fn, (part) => {
        const type = stringOf(entryOf(entryOf(part, "layout"), "type"));
        if (type !== undefined) types.push(type);
      });
      const level = entryOf(entryOf(entryOf(options, "categories"), "default"), "level");
      const isJson = types.length > 0 && types.every((type) => JSON_LIKE.test(type));
      return [factAt(one, said({ lineBreaks: isJson ? ("escaped" as const) : undefined, from: levelIn(level, view, one.fn) }))];
    }),
};

export const javascriptSetups: readonly SetupReader[] = [winston, pino, log4js, ...factories];
