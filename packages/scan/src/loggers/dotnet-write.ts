/** What the logging libraries of .NET share: their levels, and the lines to write. */
import type { Level, Proposal } from "./logger.ts";
import { eventText, quoted } from "./write.ts";

/** Words for levels, as `ILogger`, Serilog, NLog and log4net spell them. */
export const DOTNET_LEVELS: Readonly<Record<string, Level>> = {
  trace: "trace",
  verbose: "trace",
  debug: "debug",
  information: "info",
  info: "info",
  warning: "warn",
  warn: "warn",
  error: "error",
  critical: "fatal",
  fatal: "fatal",
};

/** `ip_address` → `IpAddress`: places in messages are named in capitals. https://messagetemplates.org */
function place(name: string): string {
  return name.replaceAll(/(?:^|[_.-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `"{Event} {UserId} {Ip}", "authn_login_fail", user.Id, ip` */
export function template(line: Proposal): string {
  const names = [line.eventKey ?? "event", ...line.details.map(({ name }) => name)].map((name) => `${name}={${place(name)}}`);
  return [quoted(names.join(" ")), eventText(line), ...line.details.map(({ value }) => value)].join(", ");
}

/** Text stands as it is; what has a colon would be read as a format. */
function hole(value: string): string {
  const text = /^"([^"\\{}]*)"$/.exec(value)?.[1];
  return text ?? `{${/[:?"]/.test(value) ? `(${value})` : value}}`;
}

/** `$"event=authn_login_fail user_id={user.Id}"`: one text with holes. */
export function interpolated(line: Proposal): string {
  const parts = line.details.map(({ name, value }) => ` ${name}=${hole(value)}`);
  return `$${quoted(`event=${line.event}`).slice(0, -1)}${parts.join("")}"`;
}
