import { entryOf, stringOf } from "../../../ir/literals.ts";
import { comesFrom } from "../../../loggers/leveled.ts";
import type { SetupCall } from "../facts.ts";
import { optionsOf, resolved } from "../reading.ts";
import { BODIES, HEADERS, ROWS, type Exposure, type ExposureReader } from "./exposure.ts";
import { callsOf, exposed, isTrue, settingsText, textOf, textsIn } from "./reading.ts";

/** Middleware that binds the request to its lines with pino's standard serializer, which gives all headers. */
const PINO_HTTP = ["pino-http", "express-pino-logger", "koa-pino-logger", "nestjs-pino"];
/** Settings that take something out, or hand over a logger that may. */
const PINO_PROTECTED = /\bredact\b|\bserializers\b|\blogger\b/;

const pinoHttp: ExposureReader = {
  languages: ["javascript"],
  mayHold: /pino-http|express-pino-logger|koa-pino-logger|nestjs-pino/,
  read: (view) =>
    callsOf(view, (one) => isPinoHttp(one)).flatMap((one) => {
      const settings = settingsText(view, one);
      if (settings === undefined || PINO_PROTECTED.test(settings.replace(/^[\w.]+\(/, ""))) return [];
      // A factory that asks something of the application may be given the rest there.
      if (one.method === "forRootAsync" && !/pinoHttp\s*:\s*[{[]/.test(settings)) return [];
      return [
        exposed(one.call, one.fn, {
          name: one.names.join("."),
          writes: HEADERS,
          because: "pino-http puts the request on every line, and its standard serializer writes all headers.",
          instead: 'redact: ["req.headers.authorization", "req.headers.cookie"]',
        }),
      ];
    }),
};

function isPinoHttp({ call, method, names, origin }: SetupCall): boolean {
  if (!comesFrom(origin, PINO_HTTP)) return false;
  if (names.at(-2) === "LoggerModule") return /^forRoot(?:Async)?$/.test(method);
  return (
    origin !== "nestjs-pino" &&
    (names.length === 1 || /^(?:default|pinoHttp)$/.test(method)) &&
    !(call.callee.kind === "name" && call.callee.name === "require")
  );
}

/** express-winston writes the headers unless it is told which members of the request to write. */
const expressWinston: ExposureReader = {
  languages: ["javascript"],
  mayHold: /express-winston/,
  read: (view) => {
    const isSetForAll = view.assigns.some(({ names }) => names.at(-1) === "requestWhitelist" || names.at(-1) === "headerBlacklist");
    return callsOf(
      view,
      ({ origin, method }) => comesFrom(origin, ["express-winston"]) && /^(?:errorL|l)ogger$|^push$/.test(method),
    ).flatMap((one) => {
      const words = {
        name: one.names.join("."),
        instead: 'requestWhitelist: ["method", "url"], headerBlacklist: ["authorization", "cookie"]',
      };
      if (one.method === "push") return pushed(one, words);
      const options = optionsOf(view, one);
      const settings = settingsText(view, one);
      if (settings === undefined || /meta\s*:\s*false|headerBlacklist|requestFilter|dynamicMeta/.test(settings)) return [];
      const list = entryOf(options, "requestWhitelist");
      if (list === undefined && isSetForAll) return [];
      const written = list === undefined ? ["headers"] : textsIn(list).filter((text) => text === "headers" || text === "body");
      if (written.length === 0 || (list !== undefined && /bodyBlacklist|bodyWhitelist/.test(settings) && !written.includes("headers")))
        return [];
      const because =
        list === undefined
          ? "express-winston writes the headers of every request unless it is told otherwise."
          : `Its list names \`${written[0]}\`.`;
      return [exposed(one.call, one.fn, { ...words, writes: written.includes("headers") ? HEADERS : BODIES, because })];
    });
  },
};

/** `expressWinston.requestWhitelist.push("body")`. */
function pushed(one: SetupCall, words: Pick<Exposure, "name" | "instead">): readonly Exposure[] {
  const [text] = one.call.args.map(stringOf);
  if (one.names.at(-2) !== "requestWhitelist" || (text !== "body" && text !== "headers")) return [];
  return [
    exposed(one.call, one.fn, {
      ...words,
      writes: text === "body" ? BODIES : HEADERS,
      because: `The list of what is written is given \`${text}\`.`,
    }),
  ];
}

/** Formats and tokens of morgan: https://github.com/expressjs/morgan#tokens */
const morgan: ExposureReader = {
  languages: ["javascript"],
  mayHold: /\bmorgan\b/,
  read: (view) =>
    callsOf(view, ({ names }) => /morgan/i.test(names[0] ?? "")).flatMap((one) => {
      const [first, second] = one.call.args;
      const format = first === undefined ? undefined : stringOf(resolved(view, first, one.fn));
      const words = { name: one.names.join("."), instead: ":method :url :status :response-time ms" };
      const header = /:req\[(authorization|cookie|x-api-key|x-auth-token)\]/i.exec(format ?? "")?.[1];
      if (header !== undefined) {
        return [
          exposed(one.call, one.fn, { ...words, writes: `the header \`${header}\` of every request`, because: "The format names it." }),
        ];
      }
      if (one.method !== "token" || second?.kind !== "function") return [];
      const text = textOf(view, second);
      const whole = /JSON\.stringify\(\s*\w+\.(body|headers)\s*\)|=>\s*\w+\.(body|headers)\s*$/.exec(text);
      if (whole === null) return [];
      return [
        exposed(one.call, one.fn, {
          ...words,
          writes: (whole[1] ?? whole[2]) === "body" ? BODIES : HEADERS,
          because: "The token gives them whole.",
          instead: "Write the fields that you need, one by one.",
        }),
      ];
    }),
};

/** Fastify's own serializer writes neither headers nor body; one of the application may. */
const fastify: ExposureReader = {
  languages: ["javascript"],
  mayHold: /[fF]astify\([\s\S]{0,800}serializers/,
  read: (view) =>
    callsOf(view, ({ method }) => /^fastify$/i.test(method)).flatMap((one) => {
      const logger = entryOf(optionsOf(view, one), "logger");
      const settings = logger === undefined ? undefined : resolved(view, logger, one.fn);
      const serializer = entryOf(entryOf(settings, "serializers"), "req");
      if (serializer === undefined || entryOf(settings, "redact") !== undefined) return [];
      const whole = /\b\w+\.(headers|body)\b(?!\s*[.[?])/.exec(textOf(view, serializer))?.[1];
      if (whole === undefined) return [];
      return [
        exposed(serializer, one.fn, {
          name: "serializers.req",
          writes: whole === "headers" ? HEADERS : BODIES,
          because: `The serializer gives \`${whole}\` whole, and nothing is redacted.`,
          instead: 'redact: ["req.headers.authorization", "req.headers.cookie", "req.body.password"]',
        }),
      ];
    }),
};

/** Libraries for databases that print queries with their values where they are told to. */
const queries: ExposureReader = {
  languages: ["javascript"],
  mayHold: /\.set\(\s*["']debug["']|logQueryParameters/,
  read: (view) =>
    callsOf(view, () => true).flatMap((one) => {
      const words = { name: one.names.join("."), writes: ROWS, instead: "Switch it on for development only." };
      if (
        one.method === "set" &&
        /^mongoose$/.test(one.names.at(-2) ?? "") &&
        stringOf(one.call.args[0]) === "debug" &&
        isTrue(one.call.args[1])
      ) {
        return [exposed(one.call, one.fn, { ...words, because: "Mongoose prints every operation with its arguments." })];
      }
      if (one.method === "Sequelize" && isTrue(entryOf(optionsOf(view, one), "logQueryParameters"))) {
        return [exposed(one.call, one.fn, { ...words, because: "Sequelize prints the values that are bound." })];
      }
      return [];
    }),
};

export const javascriptExposures: readonly ExposureReader[] = [pinoHttp, expressWinston, morgan, fastify, queries];
