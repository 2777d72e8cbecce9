import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { keywordsText, PYTHON_LEVELS } from "./python-write.ts";
import { messageText, withEvent } from "./write.ts";

export const structlog: Logger = {
  id: "structlog",
  title: "structlog",
  docs: "https://www.structlog.org/en/stable/api.html#structlog.stdlib.BoundLogger",
  languages: ["python"],
  enabledBy: { pypi: ["structlog", "django-structlog"], imports: ["structlog"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 10,
  record: leveled({
    origins: ["structlog"],
    // An asynchronous logger has the same methods with an `a` in front. https://www.structlog.org/en/stable/standard-library.html
    levels: { ainfo: "info", awarning: "warn", aerror: "error", aexception: "error", acritical: "fatal", adebug: "debug", msg: "info" },
    logTakesLevel: true,
  }),
  // The message is the argument `event`: https://www.structlog.org/en/stable/api.html#structlog.typing.FilteringBoundLogger
  write: (line) => {
    const own = line.eventKey === "event" ? { ...line, eventKey: null, message: null } : line;
    return `${own.logger}.${PYTHON_LEVELS[own.level]}(${messageText(own)}${keywordsText(withEvent(own))})`;
  },
};
