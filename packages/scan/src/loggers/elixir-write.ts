/** Lines to write in Elixir. */
import type { Expr } from "../ir/nodes.ts";
import type { Level, Proposal } from "./logger.ts";
import { asReport, quoted } from "./write.ts";

/** Levels of Logger and `:logger`. https://hexdocs.pm/logger/Logger.html#module-levels */
const LEVELS: Readonly<Record<string, Level>> = {
  emergency: "fatal",
  alert: "fatal",
  critical: "fatal",
  error: "error",
  warning: "warn",
  warn: "warn",
  notice: "info",
  info: "info",
  debug: "debug",
};

/** The names of the levels that a proposal asks for. */
export const LEVEL_NAMES: Readonly<Record<Proposal["level"], string>> = { info: "info", warn: "warning", error: "error" };

/** The level that a function or an atom names; undefined for others. */
export function elixirLevel(name: string): Level | undefined {
  return Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
}

/** The level in `log(level, …)`; one that is computed counts as kept. */
export function levelArgument(expr: Expr | undefined): Level | undefined {
  if (expr?.kind !== "literal") return expr === undefined ? undefined : "info";
  return typeof expr.value === "string" ? elixirLevel(expr.value) : undefined;
}

/** `event: "authn_login_fail", user_id: user.id`: a keyword list without brackets, or what stands in a map. */
export function keywordText(line: Proposal): string {
  const entries = asReport(line);
  return entries.map(({ name, value }) => `${/^[a-z_]\w*[?!]?$/.test(name) ? name : quoted(name)}: ${value}`).join(", ");
}

/** What a function as message gives: `fn -> "denied" end` says `"denied"`, `fn -> {"denied", user: id} end` both. */
export function saidBy(message: Expr): readonly Expr[] {
  if (message.kind !== "function") return [message];
  const last = message.fn.body.at(-1);
  const value = last?.kind === "return" || last?.kind === "expr" ? last.value : null;
  if (value === null) return [message];
  return value.kind === "list" && value.tuple ? value.items : [value];
}
