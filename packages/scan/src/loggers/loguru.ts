import { leveled } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { keywordsText, PYTHON_LEVELS } from "./python-write.ts";
import { messageText, withEvent } from "./write.ts";

export const loguru: Logger = {
  id: "loguru",
  title: "Loguru",
  docs: "https://loguru.readthedocs.io/en/stable/api/logger.html",
  languages: ["python"],
  enabledBy: { pypi: ["loguru"], imports: ["loguru"] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 12,
  // `catch`, `add`, `bind` and the like write no line. Named arguments are kept in `extra`.
  record: leveled({ origins: ["loguru"], logTakesLevel: true }),
  write: (line) => `${line.logger}.${PYTHON_LEVELS[line.level]}(${messageText(line)}${keywordsText(withEvent(line))})`,
};
