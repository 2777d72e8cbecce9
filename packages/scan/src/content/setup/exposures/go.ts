import { BODIES, HEADERS, ROWS, type ExposureReader } from "./exposure.ts";
import { callsOf, exposed, isTrue, textOf } from "./reading.ts";

const clients: ExposureReader = {
  languages: ["go"],
  mayHold: /\.SetDebug\(true\)|LogMode\(logger\.Info\)/,
  read: (view) =>
    callsOf(view, ({ method }) => method === "SetDebug" || method === "LogMode").flatMap((one) => {
      const isResty = /resty/.test(view.file.text) && one.method === "SetDebug" && isTrue(one.call.args[0]);
      if (isResty && !/OnRequestLog|OnDebugLog/.test(view.file.text)) {
        return [
          exposed(one.call, one.fn, {
            name: "SetDebug",
            writes: "every request that is sent, authorization header and body included",
            because: "Resty writes requests and answers whole where it debugs.",
            instead: 'client.OnRequestLog(func(l *resty.RequestLog) error { l.Header.Del("Authorization"); return nil })',
          }),
        ];
      }
      const isGorm = /gorm\.io/.test(view.file.text) && one.method === "LogMode" && textOf(view, one.call).endsWith("LogMode(logger.Info)");
      if (!isGorm || /ParameterizedQueries:\s*true/.test(view.file.text)) return [];
      return [
        exposed(one.call, one.fn, {
          name: "LogMode",
          writes: ROWS,
          because: "GORM writes every statement with its values at this level.",
          instead: "logger.New(writer, logger.Config{LogLevel: logger.Warn, ParameterizedQueries: true})",
        }),
      ];
    }),
};

/** Access logs of Echo and Fiber: https://echo.labstack.com/docs/middleware/logger, https://docs.gofiber.io/api/middleware/logger */
const FORMATS = /\$\{(?:header:(?:Authorization|Cookie)|reqHeader:(?:Authorization|Cookie)|reqHeaders|body)\}/i;

const access: ExposureReader = {
  languages: ["go"],
  mayHold: /\$\{(?:header|reqHeader|body)|BodyDump/,
  read: (view) => [
    ...callsOf(view, ({ names }) => /^(?:middleware\.LoggerWithConfig|logger\.New)$/.test(names.join("."))).flatMap((one) => {
      const written = FORMATS.exec(textOf(view, one.call))?.[0];
      if (written === undefined) return [];
      const writes = written.includes("body") ? BODIES : HEADERS;
      return [
        exposed(one.call, one.fn, {
          name: one.names.join("."),
          writes,
          because: `The format names \`${written}\`.`,
          instead: "Leave it out of the format.",
        }),
      ];
    }),
    ...callsOf(view, ({ method }) => method === "BodyDump" || method === "BodyDumpWithConfig").flatMap((one) => {
      const text = textOf(view, one.call);
      const [body] = /\(\w+ echo\.Context,\s*(\w+)/.exec(text)?.slice(1) ?? [];
      if (body === undefined || !new RegExp(String.raw`\b(?:log|fmt|logger|slog|c\.Logger\(\))\.\w+\([^)]*\b${body}\b`).test(text))
        return [];
      return [
        exposed(one.call, one.fn, {
          name: one.method,
          writes: BODIES,
          because: "What is dumped goes to the log.",
          instead: "Write the fields that you need, one by one.",
        }),
      ];
    }),
  ],
};

export const goExposures: readonly ExposureReader[] = [clients, access];
