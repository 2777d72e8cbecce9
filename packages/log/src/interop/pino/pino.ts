import { randomBytes } from "node:crypto";
import pino from "pino";
import type { DestinationStream, Logger, LoggerOptions } from "pino";
import type { Redactor } from "../../contract.ts";
import { SetupError } from "../../errors.ts";
import { createRedactor } from "../../redact/index.ts";
import type { RedactOptions } from "../../redact/index.ts";
import { requestMembers } from "../request-members.ts";
import { guard } from "./guard.ts";
import { openPino } from "./internals.ts";
import type { AnyFunction, OpenPino, PinoFormatters, PinoSymbols } from "./internals.ts";

/** How an application's own lines are redacted. */
export interface RedactedLinesOptions {
  /** What is secret beside what is known to be. Default: the same as of a security log without `redact`. */
  readonly redaction?: RedactOptions;
  /** A redactor that exists already, in place of `redaction`. */
  readonly redactor?: Redactor;
  /** Adds `request: { id, … }` and `actor: { id, type }` of the current request, where there is one. Default: true. */
  readonly requestContext?: boolean;
}

/**
 * A pino logger that writes no secret: not in the merged object, a child's bindings, a serializer's result, an error and its
 * causes, the message or what is put into it by `%s`, `%d`, `%j`, `%o`. It takes pino's own options and a destination, and keeps
 * pino's shape of line; `redact` works on what is left. It never throws into the caller, where pino does: getters that throw,
 * proxies, frozen errors, serializers, mixins and hooks that fail, a destination that fails.
 *
 * What it does not redact: names of levels, and what a `hooks.streamWrite` of the application adds to the finished line.
 */
export function redactedPino<Levels extends string = never>(
  options: LoggerOptions<Levels> & RedactedLinesOptions = {},
  stream?: DestinationStream,
): Logger<Levels> {
  const { redaction, redactor, requestContext, ...own } = options;
  const logger = stream ? pino(own as LoggerOptions<Levels>, stream) : pino(own as LoggerOptions<Levels>);
  return guarded(logger, { redaction, redactor, requestContext });
}

/**
 * A logger in front of an existing pino logger (of pino 8 or later, also another copy of the package) that redacts as
 * {@link redactedPino} does: same destination, level and bindings. The logger that was given, and children made of it before or
 * after, stay as they are. Throws a SetupError where it is no pino.
 */
export function redactPino<L extends object>(logger: L, options: RedactedLinesOptions = {}): L {
  openPino(logger, "logger");
  return guarded(Object.create(logger) as L, options);
}

function guarded<L extends object>(logger: L, options: RedactedLinesOptions): L {
  const { pino: opened, symbols } = openPino(logger, "logger");
  const redactor = options.redactor ?? createRedactor(options.redaction);
  guard(opened, symbols, redactor, options.requestContext === false ? () => "" : requestMembers(redactor));
  prove(opened, symbols);
  return logger;
}

/** That pino asks for our stringifiers, shown on the instance at hand: a version that has moved its insides shall not be noticed by a leak. */
function prove(logger: OpenPino, symbols: PinoSymbols): void {
  const secret = randomBytes(12).toString("base64");
  const probe = Object.create(logger) as OpenPino;
  probe[symbols.formatters] = { ...(logger[symbols.formatters] as PinoFormatters), log: undefined };
  probe[symbols.serializers] = {};
  Object.defineProperty(probe, symbols.stringifiers, { value: new Proxy({}, { get: () => () => '"guarded"' }) });
  const line = (probe[symbols.asJson] as AnyFunction).call(probe, { text: secret, object: { secret } }, secret, 30, "");
  if (typeof line !== "string" || line.includes(secret)) {
    throw new SetupError("BAD_OPTION", { field: "logger", problem: "this version of pino cannot be made to redact" });
  }
}
