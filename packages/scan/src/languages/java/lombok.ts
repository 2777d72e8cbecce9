import type { Decorator, Field, ImportIR } from "../../ir/nodes.ts";

/** Annotations that add a field `log`, and the type of the field. https://projectlombok.org/features/log */
const LOGGERS: ReadonlyMap<string, string> = new Map([
  ["Slf4j", "org.slf4j.Logger"],
  ["XSlf4j", "org.slf4j.ext.XLogger"],
  ["Log4j2", "org.apache.logging.log4j.Logger"],
  ["Log4j", "org.apache.log4j.Logger"],
  ["CommonsLog", "org.apache.commons.logging.Log"],
  ["JBossLog", "org.jboss.logging.Logger"],
  ["Flogger", "com.google.common.flogger.FluentLogger"],
  ["Log", "java.util.logging.Logger"],
]);

/** The field that an annotation of a class adds. Many an application has a `@Log` of its own. */
export function loggerField(decorators: readonly Decorator[], imports: readonly ImportIR[]): Field | undefined {
  for (const { name, start, end } of decorators) {
    const last = name.slice(name.lastIndexOf(".") + 1);
    const type = LOGGERS.get(last);
    if (type === undefined || (last === "Log" && !imports.some((one) => one.source.startsWith("lombok.")))) continue;
    return { start, end, name: "log", type: { name: type }, decorators: [], isStatic: true };
  }
  return undefined;
}
