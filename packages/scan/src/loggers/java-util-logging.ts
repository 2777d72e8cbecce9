import type { Expr } from "../ir/nodes.ts";
import { concatenated, saidBy } from "./jvm-write.ts";
import { isOf } from "./leveled.ts";
import type { CallView, Level, Logger, Proposal } from "./logger.ts";
import { factOf } from "./message.ts";

/** `java.lang.System.Logger` has names of its own for some. https://docs.oracle.com/en/java/javase/21/docs/api/java.logging/java/util/logging/Level.html */
const LEVELS: Readonly<Record<string, Level>> = {
  finest: "trace",
  finer: "trace",
  fine: "debug",
  config: "debug",
  info: "info",
  warning: "warn",
  severe: "error",
  error: "error",
  debug: "debug",
  trace: "trace",
};

const METHODS: Readonly<Record<Proposal["level"], string>> = { info: "info", warn: "warning", error: "severe" };

export const javaUtilLogging: Logger = {
  id: "java-util-logging",
  title: "java.util.logging",
  docs: "https://docs.oracle.com/en/java/javase/21/docs/api/java.logging/java/util/logging/Logger.html",
  languages: ["java", "kotlin"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 30,
  record: (view) => {
    if (!isOf(view, [/^java\.util\.logging\b/, /^(?:java\.lang\.)?System\.(?:Logger|getLogger)\b/])) return undefined;
    const level = levelOf(view);
    return level === undefined ? undefined : factOf(level, saidBy(view.call.args));
  },
  write: (line) => `${line.logger}.${METHODS[line.level]}(${concatenated(line)})`,
};

function levelOf({ method, call }: CallView): Level | undefined {
  if (/^log(?:p|rb)?$/.test(method)) return levelNamed(call.args[0]);
  return method === "log" || !Object.hasOwn(LEVELS, method) ? undefined : LEVELS[method];
}

/** `log(Level.WARNING, "…")`; a level that is computed counts as kept. */
function levelNamed(expr: Expr | undefined): Level | undefined {
  const name = expr?.kind === "member" ? expr.property : expr?.kind === "name" ? expr.name : undefined;
  if (name === undefined || name === null) return undefined;
  return LEVELS[name.toLowerCase()] ?? "info";
}
