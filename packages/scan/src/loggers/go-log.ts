import { formatText, goFact, goLevel, STANDARD_PRINTS } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Level, Logger } from "./logger.ts";

/** `log.Fatal` and `log.Panic` write before they end the program. https://pkg.go.dev/log */
function levelOf({ method, receiver, origin }: CallView): Level | undefined {
  if (receiver.length === 0 || !comesFrom(origin, ["log"])) return undefined;
  const ends = /^(?:Fatal|Panic)(?:f|ln)?$/.test(method);
  return ends || Object.hasOwn(STANDARD_PRINTS, method) ? goLevel(method, STANDARD_PRINTS) : undefined;
}

export const goLog: Logger = {
  id: "go-log",
  title: "log",
  docs: "https://pkg.go.dev/log",
  languages: ["go"],
  enabledBy: { imports: [/^log$/] },
  lineBreaks: "kept",
  textArgs: true,
  preference: 38,
  record: (view) => goFact(levelOf(view), view.call.args),
  write: (line) => `${line.logger}.Printf(${formatText(line)})`,
};
