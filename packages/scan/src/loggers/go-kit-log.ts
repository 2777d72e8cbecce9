import { goFact, goFields, goLevel } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { Level, Logger } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

const SOURCES = [/^github\.com\/go-kit\/(?:kit\/)?log/];

/** `level.Warn(logger).Log("msg", "…", pairs…)`, `logger.Log(pairs…)`. https://pkg.go.dev/github.com/go-kit/log */
export const goKitLog: Logger = {
  id: "go-kit-log",
  title: "Go kit log",
  docs: "https://pkg.go.dev/github.com/go-kit/log",
  languages: ["go"],
  enabledBy: { go: SOURCES },
  lineBreaks: "escaped",
  preference: 17,
  record: ({ call, method, receiver, origin }) => {
    if (method !== "Log" || receiver.length === 0) return undefined;
    const leveled: Level | undefined = receiver[0] === "level" && receiver[1] !== undefined ? goLevel(receiver[1]) : undefined;
    if (leveled === undefined && !comesFrom(origin, SOURCES)) return undefined;
    return goFact(leveled ?? "info", call.args, goFields(call.args));
  },
  write: (line) => {
    const pairs = [quoted("msg"), messageText(line), ...withEvent(line).flatMap(({ name, value }) => [quoted(name), value])];
    const level = { info: "Info", warn: "Warn", error: "Error" }[line.level];
    return `level.${level}(${line.logger}).Log(${pairs.join(", ")})`;
  },
};
