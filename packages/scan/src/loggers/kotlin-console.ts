import { quoted } from "./write.ts";
import type { Logger, Proposal } from "./logger.ts";
import { levelWritten } from "./java-console.ts";

/** The standard output: lines without level or structure. */
export const kotlinConsole: Logger = {
  id: "kotlin-console",
  title: "println",
  docs: "https://kotlinlang.org/api/core/kotlin-stdlib/kotlin.io/println.html",
  languages: ["kotlin"],
  enabledBy: { always: true },
  lineBreaks: "kept",
  preference: 90,
  record: ({ call, method, receiver }) =>
    (method === "println" || method === "print") && (receiver.length === 0 || receiver.join(".") === "kotlin.io") && call.args.length > 0
      ? { level: levelWritten(call.args[0]) ?? "info", says: call.args, unstructured: true }
      : undefined,
  write: (line) => `println("${line.level.toUpperCase()} ${filled(line)}")`,
};

/** `event=authn_login_fail user_id=${user.id}`. */
function filled({ event, details }: Proposal): string {
  const plain = (value: string): string => (/^"[^"]*"$/.test(value) ? value.slice(1, -1) : `\${${value}}`);
  return [`event=${quoted(event).slice(1, -1)}`, ...details.map(({ name, value }) => `${name}=${plain(value)}`)].join(" ");
}
