import { namesOf } from "../../../loggers/call-view.ts";
import type { SetupView } from "../facts.ts";
import { BODIES, HEADERS, type Exposure, type ExposureReader } from "./exposure.ts";
import { assignsOf, callsOf, exposed, isTrue, textOf } from "./reading.ts";

const LANGUAGES = ["java", "kotlin"];

/** https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/filter/AbstractRequestLoggingFilter.html */
const requestLogging: ExposureReader = {
  languages: LANGUAGES,
  mayHold: /CommonsRequestLoggingFilter|ServletContextRequestLoggingFilter|AbstractRequestLoggingFilter/,
  read: (view) => {
    const words = {
      because: "Spring's filter writes them whole where it is told to include them.",
      instead:
        'filter.setIncludePayload(false); filter.setHeaderPredicate(name -> !name.equalsIgnoreCase("authorization") && !name.equalsIgnoreCase("cookie"));',
    };
    const isFiltered = /[hH]eaderPredicate|createMessage\s*\(/.test(view.file.text);
    const writes = (name: string): string => (name.endsWith("Payload") ? BODIES : HEADERS);
    const isWritten = (name: string): boolean => /[iI]nclude(?:Payload|Headers)$/.test(name) && !(isFiltered && !name.endsWith("Payload"));
    return [
      ...callsOf(view, ({ method, call }) => method.startsWith("set") && isWritten(method) && isTrue(call.args[0])).map((one) =>
        exposed(one.call, one.fn, { ...words, name: one.method, writes: writes(one.method) }),
      ),
      ...assignsOf(view, ({ names, assign }) => isWritten(names.at(-1) ?? "") && isTrue(assign.value)).map((one) =>
        exposed(one.assign, one.fn, { ...words, name: one.names.join("."), writes: writes(one.names.at(-1)!) }),
      ),
    ];
  },
};

/** OkHttp: https://square.github.io/okhttp/5.x/logging-interceptor/okhttp3.logging/-http-logging-interceptor/redact-header.html */
const okhttp: ExposureReader = {
  languages: LANGUAGES,
  mayHold: /HttpLoggingInterceptor/,
  read: (view) => (/redactHeader/.test(view.file.text) ? [] : levels(view)),
};

function levels(view: SetupView): readonly Exposure[] {
  const isWhole = (text: string): boolean => /\bLevel\.(?:BODY|HEADERS)$/.test(text.replaceAll(/\s/g, ""));
  const words = {
    writes: "every header that is sent and received, authorization and cookies included",
    because: "The interceptor writes headers whole unless it is told which to redact.",
    instead: 'interceptor.redactHeader("Authorization"); interceptor.redactHeader("Cookie")',
  };
  return [
    ...callsOf(
      view,
      ({ method, call }) => /^(?:setLevel|level)$/.test(method) && call.args.length === 1 && isWhole(textOf(view, call.args[0]!)),
    ).map((one) => exposed(one.call, one.fn, { ...words, name: one.method })),
    ...assignsOf(view, ({ names, assign }) => names.at(-1) === "level" && isWhole(textOf(view, assign.value))).map((one) =>
      exposed(one.assign, one.fn, { ...words, name: "level" }),
    ),
  ];
}

/** Feign writes headers and bodies at these levels. https://github.com/OpenFeign/feign#logging */
const feign: ExposureReader = {
  languages: LANGUAGES,
  mayHold: /feign[\s\S]*Logger\.Level\.(?:FULL|HEADERS)/,
  read: (view) => {
    if (!view.file.imports.some(({ source }) => /^feign\b/.test(source)) || /shouldLogRequestHeader/.test(view.file.text)) return [];
    return view.file.functions.flatMap((fn) => {
      const last = fn.body.at(-1);
      const value = last?.kind === "return" ? last.value : null;
      if (value === null || !/^(?:feign\.)?Logger\.Level\.(?:FULL|HEADERS)$/.test(namesOf(value).join("."))) return [];
      return [
        exposed(value, fn, {
          name: "Logger.Level",
          writes: "every header that is sent and received, authorization included",
          because: "Feign writes headers whole at this level.",
          instead: "Logger.Level.BASIC",
        }),
      ];
    });
  },
};

/** Ktor's client: https://ktor.io/docs/client-logging.html */
const ktor: ExposureReader = {
  languages: ["kotlin"],
  mayHold: /LogLevel\.(?:ALL|HEADERS)/,
  read: (view) => {
    if (!/io\.ktor\.client/.test(view.file.text) || /sanitizeHeader/.test(view.file.text)) return [];
    return assignsOf(
      view,
      ({ names, assign }) => names.at(-1) === "level" && /^LogLevel\.(?:ALL|HEADERS)$/.test(namesOf(assign.value).join(".")),
    ).map((one) =>
      exposed(one.assign, one.fn, {
        name: "level",
        writes: "every header that is sent, authorization included",
        because: "The client's logging writes headers whole unless it is told which to sanitize.",
        instead: "sanitizeHeader { header -> header == HttpHeaders.Authorization }",
      }),
    );
  },
};

export const jvmExposures: readonly ExposureReader[] = [requestLogging, okhttp, feign, ktor];
