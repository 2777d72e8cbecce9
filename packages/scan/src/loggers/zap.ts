import { GO_LEVELS, goFact, goFields, goLevel } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { Logger } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

const SOURCE = "go.uber.org/zap";

/** `logger.Warn(msg, zap.String(…))`, and the sugared `Warnw(msg, pairs…)`, `Warnf(format, …)`. https://pkg.go.dev/go.uber.org/zap */
export const zap: Logger = {
  id: "zap",
  title: "zap",
  docs: "https://pkg.go.dev/go.uber.org/zap",
  languages: ["go"],
  enabledBy: { go: [SOURCE] },
  lineBreaks: "escaped",
  textArgs: true,
  preference: 12,
  record: (view) => {
    const { call, method, receiver, origin } = view;
    if (receiver.length === 0 || !(comesFrom(origin, [SOURCE]) || receiver[0] === "zap")) return undefined;
    // Functions of the package itself make fields; its loggers are got by `zap.L()` and `zap.S()`.
    if (receiver.length === 1 && receiver[0] === "zap") return undefined;
    return goFact(goLevel(method), call.args, goFields(call.args.slice(1), "zap"));
  },
  write: (line) => {
    const fields = withEvent(line).map(({ name, value }) => `zap.Any(${quoted(name)}, ${value})`);
    return `${line.logger}.${GO_LEVELS[line.level]}(${[messageText(line), ...fields].join(", ")})`;
  },
};
