/** Lines to write, in the shapes that Python's libraries share. */
import type { Proposal } from "./logger.ts";
import { quoted } from "./write.ts";

/** Methods are spelled out: `warn` is deprecated in the standard library. */
export const PYTHON_LEVELS: Readonly<Record<Proposal["level"], string>> = { info: "info", warn: "warning", error: "error" };

/** Words that cannot be the name of an argument. */
const NAME =
  /^(?!(?:from|class|import|in|is|not|or|and|if|for|def|del|global|pass|return|with|as|async|await|lambda|raise|try)$)[A-Za-z_]\w*$/;

/** `{"user_id": user.id, "ip": ip}` */
export function dictText(entries: Proposal["details"]): string {
  return `{${entries.map(({ name, value }) => `${quoted(name)}: ${value}`).join(", ")}}`;
}

/** `, user_id=user.id, ip=ip`; names that no argument can have go into one dict. */
export function keywordsText(entries: Proposal["details"]): string {
  const plain = entries.filter(({ name }) => NAME.test(name)).map(({ name, value }) => `, ${name}=${value}`);
  const others = entries.filter(({ name }) => !NAME.test(name));
  return plain.join("") + (others.length === 0 ? "" : `, **${dictText(others)}`);
}
