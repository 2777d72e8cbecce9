/** What the logging libraries of the JVM share: their levels, and the lines to write. */
import type { Expr } from "../ir/nodes.ts";
import type { Level, Proposal } from "./logger.ts";
import { eventText, quoted } from "./write.ts";

/** Methods of SLF4J, Log4j and Commons Logging by level. https://www.slf4j.org/apidocs/org/slf4j/Logger.html */
export const JVM_LEVELS: Readonly<Record<string, Level>> = {
  trace: "trace",
  debug: "debug",
  info: "info",
  warn: "warn",
  error: "error",
  fatal: "fatal",
};

/** The level of a fluent call: `atWarn` of `log.atWarn().log("…")`. */
export function fluentLevel(receiver: readonly string[]): Level | undefined {
  const step = receiver.findLast((name) => /^at(?:Trace|Debug|Info|Warn|Error|Fatal)$/.test(name));
  return step === undefined ? undefined : JVM_LEVELS[step.slice(2).toLowerCase()];
}

/** The expressions of a message that is made when it is asked for: `log.info(() -> "denied")`, `logger.warn { "denied" }`. */
export function saidBy(args: readonly Expr[]): readonly Expr[] {
  return args.flatMap((arg) => {
    if (arg.kind !== "function") return [arg];
    const last = arg.fn.body.at(-1);
    return (last?.kind === "return" || last?.kind === "expr") && last.value !== null ? [last.value] : [arg];
  });
}

/** `"event={} user_id={} ip={}", "authn_login_fail", user.getId(), ip` */
export function placeholders(line: Proposal): string {
  const names = [line.eventKey ?? "event", ...line.details.map(({ name }) => name)];
  return [quoted(names.map((name) => `${name}={}`).join(" ")), eventText(line), ...line.details.map(({ value }) => value)].join(", ");
}

/** `"event=authn_login_fail user_id=" + user.getId() + " ip=" + ip` */
export function concatenated(line: Proposal): string {
  const parts = line.details.map(({ name, value }) => `${quoted(` ${name}=`)} + ${value}`);
  return [quoted(`event=${line.event}`), ...parts].join(" + ");
}
