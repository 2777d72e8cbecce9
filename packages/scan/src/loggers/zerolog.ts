import type { CallExpr, Expr, RecordEntry, RecordExpr } from "../ir/nodes.ts";
import { GO_LEVELS, goLevel } from "./go-levels.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Level, Logger, RecordFact } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

const SOURCE = "github.com/rs/zerolog";
/** What ends a chain and writes. https://pkg.go.dev/github.com/rs/zerolog#Event */
const WRITES = new Set(["Msg", "Msgf", "MsgFunc", "Send"]);

function recordOf(view: CallView): RecordFact | undefined {
  const { call, method, receiver, origin } = view;
  if (!WRITES.has(method)) return undefined;
  const level = levelIn(receiver) ?? (comesFrom(origin, [SOURCE]) ? "info" : undefined);
  if (level === undefined) return undefined;
  const fields = fieldsOf(call);
  const says = method === "Send" ? fields.map((entry) => entry.value) : call.args;
  const record: RecordExpr = { kind: "record", entries: fields, start: call.start, end: call.end };
  return fields.length === 0 ? { level, says } : { level, says: [...says, record], fields: record };
}

/** `log.Warn().Str(…).Msg(…)`: the level stands at the beginning of the chain. */
function levelIn(receiver: readonly string[]): Level | undefined {
  const levels = receiver.slice(1).map((name) => (name === "WithLevel" ? "info" : goLevel(name === "Err" ? "Error" : name)));
  return levels.find((level) => level !== undefined);
}

function fieldsOf(call: CallExpr): readonly RecordEntry[] {
  const entries: RecordEntry[] = [];
  for (let at: Expr = call.callee; at.kind === "member" && at.object.kind === "call"; at = at.object.callee) {
    const [key, value] = at.object.args;
    const { start, end } = at.object;
    if (key?.kind === "literal" && typeof key.value === "string" && value !== undefined)
      entries.push({ key: key.value, value, start, end });
  }
  return entries.reverse();
}

export const zerolog: Logger = {
  id: "zerolog",
  title: "zerolog",
  docs: "https://pkg.go.dev/github.com/rs/zerolog",
  languages: ["go"],
  enabledBy: { go: [SOURCE] },
  lineBreaks: "escaped",
  preference: 13,
  record: recordOf,
  write: (line) => {
    const fields = withEvent(line)
      .map(({ name, value }) => `.Interface(${quoted(name)}, ${value})`)
      .join("");
    return `${line.logger}.${GO_LEVELS[line.level]}()${fields}.Msg(${messageText(line)})`;
  },
};
