import { isLoggerReceiver } from "./by-name.ts";
import { fluentLevel, JVM_LEVELS, placeholders, saidBy } from "./jvm-write.ts";
import { isOf } from "./leveled.ts";
import type { CallView, Level, Logger } from "./logger.ts";
import { factOf } from "./message.ts";

/** SLF4J and the facades with the same methods: Log4j's, Commons Logging, JBoss Logging. */
const ORIGINS = [
  /^org\.slf4j\b/,
  /^org\.apache\.(?:logging\.)?log4j\b/,
  /^org\.apache\.commons\.logging\b/,
  /^org\.jboss\.logging\b/,
  /^io\.quarkus\.logging\b/,
  /^ch\.qos\.logback\b/,
  /^(?:io\.github\.oshai\.kotlinlogging|mu)\b/,
  "KotlinLogging",
];

/** SLF4J, and what is called a logger and has its methods. Lombok's `@Slf4j` makes the field `log`. */
export const slf4j: Logger = {
  id: "slf4j",
  title: "SLF4J, Logback, Log4j 2, Commons Logging",
  docs: "https://www.slf4j.org/manual.html",
  languages: ["java", "kotlin"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  textArgs: true,
  preference: 10,
  record: (view) => {
    if (!isLogger(view)) return undefined;
    const level = levelOf(view);
    return level === undefined ? undefined : factOf(level, saidBy(view.call.args));
  },
  write: (line) => `${line.logger}.${line.level}(${placeholders(line)})`,
};

function isLogger(view: CallView): boolean {
  if (/^java\.util\.logging\b/.test(view.origin) || view.receiver.length === 0) return false;
  const plain = view.receiver.filter(
    (name) => !/^(?:at[A-Z]\w+|addKeyValue|addArgument|addMarker|setMessage|setCause|withThrowable|withMarker)$/.test(name),
  );
  return isOf(view, ORIGINS) || isLoggerReceiver(plain);
}

function levelOf({ method, receiver, call }: CallView): Level | undefined {
  if (method === "log") return fluentLevel(receiver) ?? levelNamed(call.args[0]);
  // JBoss and Log4j have a method for messages with places: `infof`, `printf`.
  const bare = method.replace(/[fv]$/, "");
  return JVM_LEVELS[method] ?? (Object.hasOwn(JVM_LEVELS, bare) ? JVM_LEVELS[bare] : undefined);
}

/** Levels of java.util.logging, where a star import hides whose logger it is. */
const JUL_LEVELS: ReadonlyMap<string, Level> = new Map([
  ["SEVERE", "error"],
  ["CONFIG", "debug"],
  ["FINE", "debug"],
  ["FINER", "trace"],
  ["FINEST", "trace"],
]);

/** `logger.log(Level.INFO, "…")`. */
function levelNamed(expr: CallView["call"]["args"][number] | undefined): Level | undefined {
  const name = expr?.kind === "member" ? expr.property : expr?.kind === "name" ? expr.name : undefined;
  if (name === undefined || name === null || name !== name.toUpperCase()) return undefined;
  return JVM_LEVELS[name.toLowerCase()] ?? JUL_LEVELS.get(name);
}
