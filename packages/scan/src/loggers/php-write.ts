/** Lines to write, in the shapes that PHP's libraries share. */
import type { Level, Proposal } from "./logger.ts";
import { messageText, quoted, withEvent } from "./write.ts";

/** Methods of a logger. https://www.php-fig.org/psr/psr-3/#5-psrlogloglevel */
export const PSR_LEVELS: Readonly<Record<string, Level>> = {
  debug: "debug",
  info: "info",
  notice: "info",
  warning: "warn",
  error: "error",
  critical: "fatal",
  alert: "fatal",
  emergency: "fatal",
};

export const PHP_LEVELS: Readonly<Record<Proposal["level"], string>> = { info: "info", warn: "warning", error: "error" };

/** Text in single quotes: a dollar sign in it means nothing. */
export function phpText(text: string): string {
  return `'${quoted(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** `['user_id' => $user->id, 'ip' => $request->ip()]` */
export function arrayText(entries: Proposal["details"]): string {
  return `[${entries.map(({ name, value }) => `${phpText(name)} => ${value}`).join(", ")}]`;
}

/** `'authn_login_fail', ['user_id' => $user->id]` */
export function messageThenArray(line: Proposal): string {
  const entries = withEvent(line, undefined, phpText);
  return entries.length === 0 ? messageText(line, phpText) : `${messageText(line, phpText)}, ${arrayText(entries)}`;
}

/** `'event=authn_login_fail' . ' user_id=' . $user->id`, for lines that are text alone. */
export function joinedText(line: Proposal): string {
  const parts = line.details.map(({ name, value }) => `${phpText(` ${name}=`)} . ${value}`);
  return [phpText(`${line.level.toUpperCase()} event=${line.event}`), ...parts].join(" . ");
}
