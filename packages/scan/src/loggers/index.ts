import { bunyan } from "./bunyan.ts";
import { consola } from "./consola.ts";
import { consoleLogger } from "./console.ts";
import { electronLog } from "./electron-log.ts";
import { elixirLogger } from "./elixir-logger.ts";
import { elixirSentry } from "./elixir-sentry.ts";
import { erlangLogger } from "./erlang-logger.ts";
import { errorTrackers } from "./error-trackers.ts";
import { fastifyLog } from "./fastify-log.ts";
import { generic } from "./generic.ts";
import { log4js } from "./log4js.ts";
import { loglevel } from "./loglevel.ts";
import type { Logger } from "./logger.ts";
import { logtape } from "./logtape.ts";
import { nestjsLogger } from "./nestjs-logger.ts";
import { npmlog } from "./npmlog.ts";
import { opentelemetryLogs } from "./opentelemetry-logs.ts";
import { pino } from "./pino.ts";
import { roarr } from "./roarr.ts";
import { sentry } from "./sentry.ts";
import { signale } from "./signale.ts";
import { telltaleLog } from "./telltale-log.ts";
import { tslog } from "./tslog.ts";
import { winston } from "./winston.ts";

/**
 * Every logging library that Telltale knows, in the order in which those that are switched on are asked about a call.
 * The first that answers decides, also where it says that the line is below info. What is called a logger by its name
 * alone comes last.
 */
export const loggers = [
  telltaleLog,
  fastifyLog,
  pino,
  logtape,
  winston,
  bunyan,
  nestjsLogger,
  log4js,
  tslog,
  consola,
  roarr,
  loglevel,
  signale,
  npmlog,
  electronLog,
  opentelemetryLogs,
  sentry,
  errorTrackers,
  elixirLogger,
  erlangLogger,
  elixirSentry,
  consoleLogger,
  generic,
] satisfies readonly Logger[];
