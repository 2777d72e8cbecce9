import type { CallView, Level, Logger, RecordFact } from "./logger.ts";
import { factOf } from "./message.ts";
import { messageThenArray, PHP_LEVELS, PSR_LEVELS } from "./php-write.ts";

/** Functions that write one line. `logger('…')` writes at debug. https://laravel.com/docs/helpers#method-logger */
const HELPERS: Readonly<Record<string, Level>> = { info: "info", logger: "debug", report: "error" };

/** Laravel's facade and helpers. https://laravel.com/docs/logging */
export const laravelLog: Logger = {
  id: "laravel-log",
  title: "Laravel Log",
  docs: "https://laravel.com/docs/logging",
  languages: ["php"],
  enabledBy: { packagist: ["laravel/framework", "laravel/lumen-framework", "illuminate/log", "illuminate/support"] },
  lineBreaks: "kept",
  preference: 10,
  record: (view) => (view.receiver.length === 0 ? byHelper(view) : byFacade(view)),
  write: (line) => `${line.logger}::${PHP_LEVELS[line.level]}(${messageThenArray(line)})`,
};

function byHelper({ method, call }: CallView): RecordFact | undefined {
  const level = Object.hasOwn(HELPERS, method) && call.callee.kind === "name" && !call.creates ? HELPERS[method] : undefined;
  return level === undefined ? undefined : factOf(level, call.args);
}

/** `Log::info(…)`, `Log::channel('audit')->warning(…)`, `logger()->error(…)`. A channel for audits is kept at every level. */
function byFacade({ receiver, origin, method, call }: CallView): RecordFact | undefined {
  const [root] = receiver;
  const isFacade = root === "Log" || root === "logger" || origin === "Illuminate.Support.Facades.Log";
  const level = Object.hasOwn(PSR_LEVELS, method) ? PSR_LEVELS[method] : method === "log" || method === "write" ? "info" : undefined;
  return isFacade && level !== undefined ? factOf(level, call.args) : undefined;
}
