/** Lines to write, in the shapes that JavaScript libraries share. */
import type { Proposal } from "./logger.ts";

const NAME = /^[A-Za-z_$][\w$]*$/;

/** `logger.warn("authn_login_fail", { event: "authn_login_fail", userId: user.id })` */
export function messageThenFields(line: Proposal): string {
  const fields = fieldsText(line);
  return `${line.logger}.${line.level}(${messageText(line)}${fields === "{}" ? "" : `, ${fields}`})`;
}

/** `logger.warn({ event: "authn_login_fail", userId: user.id }, "authn_login_fail")` */
export function fieldsThenMessage(line: Proposal): string {
  const fields = fieldsText(line);
  if (fields === "{}") return `${line.logger}.${line.level}(${messageText(line)})`;
  return `${line.logger}.${line.level}(${fields}${line.message === null ? "" : `, ${messageText(line)}`})`;
}

/** `{ event: "authn_login_fail", userId: user.id, ip }` */
export function fieldsText(line: Proposal): string {
  return objectText(withEvent(line, "event"));
}

/** An object for a library that takes no message beside it. */
export function reportText(line: Proposal): string {
  return objectText(asReport(line));
}

/** A text as a language spells it. */
type Spell = (text: string) => string;

/** The name of the event, as the code writes it. */
export function eventText({ event, eventCode }: Proposal, spell: Spell = quoted): string {
  return eventCode ?? spell(event);
}

/** The message: the name of the event where the project has no sentence there. */
export function messageText(line: Proposal, spell: Spell = quoted): string {
  return typeof line.message === "string" ? spell(line.message) : eventText(line, spell);
}

/** The details, and before them the event under the key of the project, else under that of the library where it has one. */
export function withEvent(line: Proposal, usual?: string, spell: Spell = quoted): Proposal["details"] {
  const key = line.eventKey === undefined ? usual : line.eventKey;
  return typeof key === "string" ? [{ name: key, value: eventText(line, spell) }, ...line.details] : line.details;
}

/** The same where there is no message: a sentence is a field as well, and nothing goes without a name. */
export function asReport(line: Proposal, spell: Spell = quoted): Proposal["details"] {
  if (line.eventKey !== null) return withEvent(line, "event", spell);
  const { message, details } = line;
  const first = typeof message === "string" ? { name: "message", value: spell(message) } : { name: "event", value: eventText(line, spell) };
  return [first, ...details];
}

/** An object literal; a name that is no identifier is quoted, one that equals its value is written once. */
export function objectText(entries: Proposal["details"]): string {
  const texts = entries.map(({ name, value }) => {
    if (name === value && NAME.test(name)) return name;
    return `${NAME.test(name) ? name : quoted(name)}: ${value}`;
  });
  return texts.length === 0 ? "{}" : `{ ${texts.join(", ")} }`;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
