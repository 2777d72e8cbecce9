/** What the logging macros of Rust share: their levels, their fields, and the lines to write. */
import { namesOf } from "../frameworks/reading.ts";
import type { CallView, Level, Proposal, RecordFact } from "./logger.ts";
import { quoted } from "./write.ts";

const MACROS: Readonly<Record<string, Level>> = {
  "trace!": "trace",
  "debug!": "debug",
  "info!": "info",
  "warn!": "warn",
  "error!": "error",
  "crit!": "fatal",
};
const LEVELS: Readonly<Record<string, Level>> = {
  trace: "trace",
  debug: "debug",
  info: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  critical: "fatal",
};

/** `info!(…)`, `tracing::warn!(…)`, and those that are given their level: `event!(Level::WARN, …)`. */
export function macroRecord({ call, method }: CallView): RecordFact | undefined {
  const level = Object.hasOwn(MACROS, method)
    ? MACROS[method]
    : method === "event!" || method === "log!"
      ? levelGiven(call.args)
      : undefined;
  if (level === undefined || call.args.length === 0) return undefined;
  const fields = call.args.find((arg) => arg.kind === "record");
  return { level, says: call.args, ...(fields === undefined ? {} : { fields }) };
}

/** The level among arguments: `Level::WARN`. */
export function levelGiven(args: CallView["call"]["args"]): Level | undefined {
  for (const arg of args) {
    const names = namesOf(arg);
    const name = names.at(-1)?.toLowerCase() ?? "";
    if (names.includes("Level") && Object.hasOwn(LEVELS, name)) return LEVELS[name];
  }
  return undefined;
}

/** `"event=authn_login_fail user_id={} ip={}", user.id, ip` */
export function bracesText(line: Proposal): string {
  const format = [`event=${line.event}`, ...line.details.map(({ name }) => `${name}={}`)].join(" ");
  return [quoted(format), ...line.details.map(({ value }) => value)].join(", ");
}
