import { isLoggerReceiver, levelNamed } from "./by-name.ts";
import { isOf } from "./leveled.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf } from "./message.ts";
import { messageThenArray, PHP_LEVELS, PSR_LEVELS } from "./php-write.ts";

const ORIGINS = [/^Psr\.Log\b/, /^Monolog\b/, /^Yiisoft\.Log\b/, /^Cake\.Log\b/];

/** Monolog and whatever has the methods of PSR-3: `$this->logger->info(…)`, Symfony's and Slim's loggers. */
export const monolog: Logger = {
  id: "monolog",
  title: "Monolog, PSR-3",
  docs: "https://www.php-fig.org/psr/psr-3/",
  languages: ["php"],
  enabledBy: { always: true },
  lineBreaks: "escaped",
  preference: 20,
  record: (view) => {
    if (view.receiver.length === 0 || !(isOf(view, ORIGINS) || isLoggerReceiver(view.receiver))) return undefined;
    const level = levelOf(view);
    return level === undefined ? undefined : factOf(level, view.call.args);
  },
  write: (line) => `${line.logger}->${PHP_LEVELS[line.level]}(${messageThenArray(line)})`,
};

/** `$logger->log('warning', …)`, `->log(LogLevel::WARNING, …)`. */
function levelOf({ method, call }: CallView): Level | undefined {
  if (method !== "log") return Object.hasOwn(PSR_LEVELS, method) ? PSR_LEVELS[method] : undefined;
  const [first] = call.args;
  const name = first?.kind === "member" ? first.property : first?.kind === "literal" ? String(first.value) : null;
  return name === null || call.args.length < 2 ? undefined : levelNamed(name);
}
