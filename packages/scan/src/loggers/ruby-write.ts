/** Lines to write, in the shapes that Ruby's libraries share. */
import type { Proposal } from "./logger.ts";
import { quoted } from "./write.ts";

const NAME = /^[A-Za-z_]\w*$/;

/** `user_id: user.id, ip: request.remote_ip`; names that no symbol can have are quoted. */
export function pairsText(entries: Proposal["details"]): string {
  return entries.map(({ name, value }) => `${NAME.test(name) ? name : quoted(name)}: ${value}`).join(", ");
}

/** `{ user_id: user.id }` */
export function hashText(entries: Proposal["details"]): string {
  return entries.length === 0 ? "{}" : `{ ${pairsText(entries)} }`;
}
