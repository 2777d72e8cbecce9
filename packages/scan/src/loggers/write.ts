/** Lines to write, in the shapes that JavaScript libraries share. */
import type { Proposal } from "./logger.ts";

const NAME = /^[A-Za-z_$][\w$]*$/;

/** `logger.warn("authn_login_fail", { event: "authn_login_fail", userId: user.id })` */
export function messageThenFields(line: Proposal): string {
  return `${line.logger}.${line.level}(${quoted(line.event)}, ${fieldsText(line)})`;
}

/** `logger.warn({ event: "authn_login_fail", userId: user.id }, "authn_login_fail")` */
export function fieldsThenMessage(line: Proposal): string {
  return `${line.logger}.${line.level}(${fieldsText(line)}, ${quoted(line.event)})`;
}

/** `{ event: "authn_login_fail", userId: user.id, ip }` */
export function fieldsText(line: Proposal): string {
  return objectText([{ name: "event", value: quoted(line.event) }, ...line.details]);
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
