import { LEVELS } from "./by-name.ts";
import type { CallView, Logger, RecordFact } from "./logger.ts";
import { factOf, levelOfMethod, objectFirst } from "./message.ts";
import { fieldsThenMessage } from "./write.ts";

/** What holds a request's or server's pino logger under the name `log` or `logger`. */
const HOLDERS: ReadonlySet<string> = new Set([
  "app",
  "c",
  "context",
  "ctx",
  "fastify",
  "instance",
  "reply",
  "req",
  "request",
  "res",
  "server",
  "var",
]);

/** The pino logger that Fastify, pino-http and their like put on the server and on each request. */
export const fastifyLog: Logger = {
  id: "fastify-log",
  title: "fastify.log and req.log",
  docs: "https://fastify.dev/docs/latest/Reference/Logging/",
  languages: ["javascript"],
  enabledBy: {
    npm: ["fastify", "pino-http", "express-pino-logger", "koa-pino-logger", "hono-pino"],
  },
  lineBreaks: "escaped",
  preference: 9,
  record,
  write: fieldsThenMessage,
};

function record({ call, method, receiver }: CallView): RecordFact | undefined {
  const at = receiver.lastIndexOf("log") === -1 ? receiver.lastIndexOf("logger") : receiver.lastIndexOf("log");
  const derived = receiver.slice(at + 1).every((name) => name === "child");
  // pino has no `log`; Hapi has `request.log(tags)`.
  if (at < 1 || !derived || method === "log" || !HOLDERS.has(receiver[at - 1]!)) return undefined;
  const level = levelOfMethod(method, call.callee, LEVELS);
  const fact = level === undefined ? undefined : factOf(level, call.args);
  return fact === undefined ? undefined : { level: fact.level, says: fact.says, fields: objectFirst(call.args) };
}
