import { entryOf } from "../frameworks/reading.ts";
import type { Expr } from "../ir/nodes.ts";
import { isOf } from "./leveled.ts";
import type { CallView, Level, Logger, Proposal, RecordFact } from "./logger.ts";
import { factOf, fieldsIn, levelOf, levelOfMethod } from "./message.ts";
import { messageText, objectText, quoted, withEvent } from "./write.ts";

/** SeverityLevel of Sentry for the levels of a proposal. */
const SEVERITIES: Readonly<Record<Proposal["level"], string>> = {
  info: "info",
  warn: "warning",
  error: "error",
};

export const sentry: Logger = {
  id: "sentry",
  title: "Sentry",
  docs: "https://docs.sentry.io/platforms/javascript/usage/",
  languages: ["javascript"],
  enabledBy: { npm: [/^@sentry\//, "raven", "@ntegral/nestjs-sentry", "sentry-expo"] },
  preference: 95,
  record: (view) => captured(view) ?? structuredLog(view),
  write: (line) => {
    const extra = objectText(withEvent(line, "event"));
    return `${line.logger}.captureMessage(${messageText(line)}, { level: ${quoted(SEVERITIES[line.level])}, extra: ${extra} })`;
  },
};

/** The methods are told by their name alone: they are called on the module, a client, a hub, a scope, a service around it. */
function captured({ call, method }: CallView): RecordFact | undefined {
  const [first, context] = call.args;
  if (first === undefined) return undefined;
  if (method === "captureException") return captureOf(context, call.args, "error");
  if (method === "captureMessage") return captureOf(context, call.args, "info");
  return method === "captureEvent" ? captureOf(first, call.args, "error") : undefined;
}

/** The level stands in the context, or is the context. */
function captureOf(context: Expr | undefined, says: readonly Expr[], otherwise: Level): RecordFact {
  const written = entryOf(context, "level") ?? context;
  const level = (written === undefined ? undefined : levelOf(written)) ?? otherwise;
  const fields = entryOf(context, "extra") ?? fieldsIn(says);
  return fields === undefined ? { level, says } : { level, says, fields };
}

/** `Sentry.logger.warn("denied", { ip })`. */
function structuredLog(view: CallView): RecordFact | undefined {
  if (!view.receiver.includes("logger") || !isOf(view, [/^@sentry\//], ["Sentry"])) return undefined;
  const level = levelOfMethod(view.method, view.call.callee);
  return level === undefined ? undefined : factOf(level, view.call.args);
}
