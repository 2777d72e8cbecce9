import { auditNet } from "./audit-net.ts";
import { bunyan } from "./bunyan.ts";
import { carbonite } from "./carbonite.ts";
import { consola } from "./consola.ts";
import { consoleLogger } from "./console.ts";
import { djangoAdminLog } from "./django-admin-log.ts";
import { dotnetConsole } from "./dotnet-console.ts";
import { dotnetSentry } from "./dotnet-sentry.ts";
import { electronLog } from "./electron-log.ts";
import { elixirLogger } from "./elixir-logger.ts";
import { elixirSentry } from "./elixir-sentry.ts";
import { erlangLogger } from "./erlang-logger.ts";
import { errorTrackers } from "./error-trackers.ts";
import { fastifyLog } from "./fastify-log.ts";
import { generic } from "./generic.ts";
import { goKitLog } from "./go-kit-log.ts";
import { goLog } from "./go-log.ts";
import { goLoggers } from "./go-loggers.ts";
import { goSentry } from "./go-sentry.ts";
import { javaConsole } from "./java-console.ts";
import { javaUtilLogging } from "./java-util-logging.ts";
import { klog } from "./klog.ts";
import { kotlinConsole } from "./kotlin-console.ts";
import { log4js } from "./log4js.ts";
import { laravelActivitylog } from "./laravel-activitylog.ts";
import { laravelLog } from "./laravel-log.ts";
import type { Logger } from "./logger.ts";
import { loglevel } from "./loglevel.ts";
import { logrus } from "./logrus.ts";
import { logtape } from "./logtape.ts";
import { loguru } from "./loguru.ts";
import { microsoftLogging } from "./microsoft-logging.ts";
import { monolog } from "./monolog.ts";
import { nestjsLogger } from "./nestjs-logger.ts";
import { nlog } from "./nlog.ts";
import { npmlog } from "./npmlog.ts";
import { opentelemetryLogs } from "./opentelemetry-logs.ts";
import { phpErrorLog } from "./php-error-log.ts";
import { phpTrackers } from "./php-trackers.ts";
import { pino } from "./pino.ts";
import { pythonLogging } from "./python-logging.ts";
import { pythonSentry } from "./python-sentry.ts";
import { roarr } from "./roarr.ts";
import { rubyLogger } from "./ruby-logger.ts";
import { rubyTrackers } from "./ruby-trackers.ts";
import { semanticLogger } from "./semantic-logger.ts";
import { sentry } from "./sentry.ts";
import { serilog } from "./serilog.ts";
import { signale } from "./signale.ts";
import { slf4j } from "./slf4j.ts";
import { rustConsole } from "./rust-console.ts";
import { rustLog } from "./rust-log.ts";
import { rustSentry } from "./rust-sentry.ts";
import { slogRs } from "./slog-rs.ts";
import { tracing } from "./tracing.ts";
import { slog } from "./slog.ts";
import { structlog } from "./structlog.ts";
import { telltaleLog } from "./telltale-log.ts";
import { tslog } from "./tslog.ts";
import { winston } from "./winston.ts";
import { zap } from "./zap.ts";
import { zerolog } from "./zerolog.ts";

/**
 * Every logging library that Telltale knows, in the order in which those that are switched on are asked about a call.
 * The first that answers decides, also where it says that the line is below info. What is called a logger by its name
 * alone comes last.
 */
export const loggers = [
  telltaleLog,
  fastifyLog,
  phpErrorLog,
  phpTrackers,
  pino,
  logtape,
  winston,
  bunyan,
  monolog,
  nestjsLogger,
  laravelActivitylog,
  laravelLog,
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
  carbonite,
  structlog,
  loguru,
  djangoAdminLog,
  pythonSentry,
  pythonLogging,
  semanticLogger,
  rubyTrackers,
  rubyLogger,
  auditNet,
  dotnetSentry,
  serilog,
  microsoftLogging,
  nlog,
  dotnetConsole,
  javaUtilLogging,
  slf4j,
  javaConsole,
  kotlinConsole,
  slog,
  zap,
  zerolog,
  logrus,
  klog,
  goKitLog,
  goLog,
  goSentry,
  goLoggers,
  tracing,
  slogRs,
  rustLog,
  rustSentry,
  rustConsole,
  consoleLogger,
  generic,
] satisfies readonly Logger[];
