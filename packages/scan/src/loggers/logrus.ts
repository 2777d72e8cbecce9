import type { Expr, RecordExpr } from "../ir/nodes.ts";
import { GO_LEVELS, goFact, goLevel, STANDARD_PRINTS } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { Logger, Proposal } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

const SOURCE = /^github\.com\/[Ss]irupsen\/logrus/;

/** `logrus.WithFields(logrus.Fields{…}).Warn("…")`. https://pkg.go.dev/github.com/sirupsen/logrus */
export const logrus: Logger = {
  id: "logrus",
  title: "Logrus",
  docs: "https://pkg.go.dev/github.com/sirupsen/logrus",
  languages: ["go"],
  enabledBy: { go: [SOURCE] },
  lineBreaks: "escaped",
  textArgs: true,
  preference: 14,
  record: ({ call, method, receiver, origin }) => {
    if (receiver.length === 0 || !(comesFrom(origin, [SOURCE]) || receiver[0] === "logrus" || receiver.includes("WithFields")))
      return undefined;
    const fields = fieldsOf(call.callee);
    const fact = goFact(goLevel(method, STANDARD_PRINTS), call.args, fields);
    return fact === undefined || fields === undefined ? fact : { ...fact, says: [...call.args, fields] };
  },
  write: (line) => {
    const entries = withEvent(line);
    const fields = entries.length === 0 ? "" : `.WithFields(logrus.Fields${mapText(entries)})`;
    return `${line.logger}${fields}.${GO_LEVELS[line.level]}(${messageText(line)})`;
  },
};

function mapText(details: Proposal["details"]): string {
  return `{${details.map(({ name, value }) => `${quoted(name)}: ${value}`).join(", ")}}`;
}

/** The map of `WithFields`, the pair of `WithField`, wherever they stand in the chain. */
function fieldsOf(callee: Expr): RecordExpr | undefined {
  for (let at = callee; at.kind === "member" && at.object.kind === "call"; at = at.object.callee) {
    const [first, second] = at.object.args;
    if (first?.kind === "record") return first;
    const { start, end } = at.object;
    if (first?.kind === "literal" && typeof first.value === "string" && second !== undefined)
      return { kind: "record", entries: [{ key: first.value, value: second, start, end }], start, end };
  }
  return undefined;
}
