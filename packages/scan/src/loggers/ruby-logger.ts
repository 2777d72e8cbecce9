import { fieldsIn, factOf, levelOf, levelOfMethod } from "./message.ts";
import { isLoggerReceiver } from "./by-name.ts";
import type { CallView, Logger, RecordFact } from "./logger.ts";
import { hashText } from "./ruby-write.ts";
import { asReport } from "./write.ts";

/** Steps that give the logger itself with something added. https://api.rubyonrails.org/classes/ActiveSupport/TaggedLogging.html */
const DERIVED: ReadonlySet<string> = new Set(["tagged", "with_fields"]);

/**
 * The logger of the standard library, of Rails (`Rails.logger`, `logger`, tagged or not) and those that are used alike:
 * Ougai, Logging, GitLab's and Sidekiq's. A message may stand in a block.
 */
export const rubyLogger: Logger = {
  id: "ruby-logger",
  title: "Logger (Ruby), Rails.logger",
  docs: "https://docs.ruby-lang.org/en/master/Logger.html",
  languages: ["ruby"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  preference: 20,
  record: (view) => recordOf(view),
  write: (line) => `${line.logger}.${line.level}(${hashText(asReport(line))}.to_json)`,
};

function recordOf({ call, method, receiver }: CallView): RecordFact | undefined {
  const names = receiver.filter((name) => !DERIVED.has(name));
  if (!isLoggerReceiver(names)) return undefined;
  if (method === "add" || method === "log") {
    const [severity, ...says] = call.args;
    const level = severity === undefined ? undefined : levelOf(severity);
    return level === undefined ? undefined : factOf(level, says);
  }
  if (method === "unknown") return factOf("error", call.args);
  const level = levelOfMethod(method, call.callee);
  if (level === undefined || call.args.length === 0) return undefined;
  const inner = call.args.flatMap((arg) =>
    arg.kind === "call" && arg.callee.kind === "member" && arg.callee.property === "to_json" ? [arg.callee.object] : [],
  );
  const fields = fieldsIn([...call.args, ...inner]);
  return { level, says: [...call.args, ...inner], ...(fields && { fields }) };
}
