/** PHP, C# and Rust: one or two libraries each. */
import { stringOf } from "../../../ir/literals.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import { BODIES, HEADERS, ROWS, type ExposureReader } from "./exposure.ts";
import { assignsOf, callsOf, exposed, isTrue, textOf } from "./reading.ts";

/** Guzzle's formats: https://docs.guzzlephp.org/en/stable/handlers-and-middleware.html */
const guzzle: ExposureReader = {
  languages: ["php"],
  mayHold: /MessageFormatter/,
  read: (view) =>
    callsOf(view, ({ method, call }) => method === "MessageFormatter" && call.creates === true).flatMap((one) => {
      const [format] = one.call.args;
      const text = format === undefined ? "" : (stringOf(format) ?? textOf(view, format));
      const written = /MessageFormatter::DEBUG|\{(?:request|req_headers|req_body|req_header_authorization)\}/i.exec(text)?.[0];
      if (written === undefined) return [];
      return [
        exposed(one.call, one.fn, {
          name: "MessageFormatter",
          writes: "every request that is sent, authorization header and body included",
          because: `The format is \`${written}\`.`,
          instead: "new MessageFormatter('{method} {uri} {code}')",
        }),
      ];
    }),
};

/** https://learn.microsoft.com/aspnet/core/fundamentals/http-logging/: headers are redacted unless they are listed, bodies are not. */
const httpLogging: ExposureReader = {
  languages: ["csharp"],
  mayHold: /HttpLoggingFields|AddHttpLogging/,
  read: (view) => [
    ...assignsOf(
      view,
      ({ names, assign }) =>
        names.at(-1) === "LoggingFields" && /HttpLoggingFields\.(?:All|Request|RequestBody)\b/.test(textOf(view, assign.value)),
    ).map((one) =>
      exposed(one.assign, one.fn, {
        name: "LoggingFields",
        writes: BODIES,
        because: "HTTP logging writes bodies as they are.",
        instead: "logging.LoggingFields = HttpLoggingFields.RequestPropertiesAndHeaders | HttpLoggingFields.ResponseStatusCode;",
      }),
    ),
    ...callsOf(
      view,
      ({ names, call }) =>
        names.at(-1) === "Add" && names.at(-2) === "RequestHeaders" && /^(?:authorization|cookie)$/i.test(stringOf(call.args[0]) ?? ""),
    ).map((one) =>
      exposed(one.call, one.fn, {
        name: `RequestHeaders.${stringOf(one.call.args[0])}`,
        writes: `the header \`${stringOf(one.call.args[0])}\` of every request`,
        because: "A header that is listed is written in full.",
        instead: "Leave it off the list.",
      }),
    ),
  ],
};

/** https://learn.microsoft.com/ef/core/logging-events-diagnostics/extensions-interception: the values of parameters. */
const sensitive: ExposureReader = {
  languages: ["csharp"],
  mayHold: /EnableSensitiveDataLogging|ShowPII/,
  read: (view) => [
    ...callsOf(view, ({ method, call }) => method === "EnableSensitiveDataLogging" && (call.args.length === 0 || isTrue(call.args[0]))).map(
      (one) =>
        exposed(one.call, one.fn, {
          name: one.method,
          writes: ROWS,
          because: "Entity Framework writes the values of parameters and keys where this is on.",
          instead: "if (environment.IsDevelopment()) options.EnableSensitiveDataLogging();",
        }),
    ),
    ...assignsOf(view, ({ names, assign }) => names.join(".").endsWith("IdentityModelEventSource.ShowPII") && isTrue(assign.value)).map(
      (one) =>
        exposed(one.assign, one.fn, {
          name: "ShowPII",
          writes: "tokens and claims that do not pass validation",
          because: "The messages of the identity libraries hold them where this is on.",
          instead: "IdentityModelEventSource.ShowPII = environment.IsDevelopment();",
        }),
    ),
  ],
};

/** https://docs.rs/tower-http/latest/tower_http/trace/struct.DefaultMakeSpan.html#method.include_headers */
const tower: ExposureReader = {
  languages: ["rust"],
  mayHold: /include_headers\(true\)|Logger::new\(/,
  read: (view) => [
    ...callsOf(view, ({ method, call }) => method === "include_headers" && isTrue(call.args[0])).flatMap((one) =>
      /[sS]ensitive(?:_?[rR]equest)?_?[hH]eaders/.test(view.file.text)
        ? []
        : [
            exposed(one.call, one.fn, {
              name: "include_headers",
              writes: HEADERS,
              because: "The span holds the headers whole unless they are marked as sensitive.",
              instead: ".sensitive_request_headers([header::AUTHORIZATION, header::COOKIE].into())",
            }),
          ],
    ),
    ...callsOf(view, (one) => namesOf(one.call.callee).join(".") === "Logger.new").flatMap((one) => {
      const header = /%\{(authorization|cookie)\}i/i.exec(stringOf(one.call.args[0]) ?? "")?.[1];
      return header === undefined
        ? []
        : [
            exposed(one.call, one.fn, {
              name: "Logger",
              writes: `the header \`${header}\` of every request`,
              because: "The format names it.",
              instead: 'Logger::new("%a %r %s %T")',
            }),
          ];
    }),
  ],
};

export const otherExposures: readonly ExposureReader[] = [guzzle, httpLogging, sensitive, tower];
