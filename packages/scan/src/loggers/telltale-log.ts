import { detailRoles, events, resolveEvent } from "@telltale/vocabulary";
import type { DetailName, DetailRole, EventName } from "@telltale/vocabulary";
import type { Expr } from "../ir/nodes.ts";
import { comesFrom } from "./leveled.ts";
import type { CallView, Logger, Proposal, RecordFact } from "./logger.ts";
import { objectText, quoted } from "./write.ts";

/** Last words of the names by which applications hold their security log, where another file made it. */
const HOLDERS = /(?:^|[a-z_])(?:security|audit|log|logger|events|telltale)$/i;

/** Every record has these: its name says the outcome, and the adapter's context knows the request. */
const ALWAYS: readonly DetailName[] = ["event", "outcome", "source IP", "user agent", "request ID"];

const BY_ROLE: Readonly<Record<DetailRole["is"], readonly DetailName[]>> = {
  actor: ["actor"],
  "actor-or-source": ["actor"],
  target: ["target"],
  reason: ["reason"],
  "user-agent": ["user agent"],
  session: [],
};

/** Details that every event takes beside its own (`CommonDetails` of the package). */
const COMMON: Readonly<Record<string, DetailName>> = { actor: "actor", target: "target", reason: "reason", error: "reason" };

/** What the context gives, so that nobody writes it; the event's name says the outcome. */
const BY_ITSELF = new Set(["event", "outcome", "ip", "request_id", "requestId", "user_agent", "userAgent"]);

export const telltaleLog: Logger = {
  id: "telltale-log",
  title: "@telltale/log",
  docs: "packages/log/README.md",
  languages: ["javascript"],
  enabledBy: { npm: ["@telltale/log"] },
  lineBreaks: "escaped",
  preference: 1,
  ownNames: true,
  record,
  write: (line) => `${line.logger}.record(${quoted(line.event)}, ${objectText(detailsOf(line))})`,
};

/**
 * `security.record("authn_login_fail", { userid })`, of a log that this file makes or imports from the package; where another
 * file of the project makes it, by the event's name, or by the name that holds the log.
 */
function record({ call, method, receiver, origin }: CallView): RecordFact | undefined {
  const [event, fields] = call.args;
  if (method !== "record" || receiver.length === 0 || event === undefined) return undefined;
  if (!comesFrom(origin, ["@telltale/log"]) && !isVocabularyName(event) && !(isText(event) && HOLDERS.test(receiver.at(-1)!)))
    return undefined;
  return { level: "audit", says: call.args, fields, gives: [...new Set([...ALWAYS, ...keysOf(fields).flatMap(detailOf)])] };
}

function isText(expr: Expr): expr is Expr & { readonly value: string } {
  return expr.kind === "literal" && typeof expr.value === "string";
}

function isVocabularyName(expr: Expr): boolean {
  return isText(expr) && resolveEvent(expr.value) === expr.value;
}

function keysOf(fields: Expr | undefined): string[] {
  return fields?.kind === "record" ? fields.entries.flatMap((entry) => (entry.key === undefined ? [] : [String(entry.key)])) : [];
}

function detailOf(name: string): readonly DetailName[] {
  const role = detailRoles[name];
  if (role !== undefined) return BY_ROLE[role.is];
  return Object.hasOwn(COMMON, name) ? [COMMON[name]!] : [];
}

/** Details as the event names them (`userid` for the actor), without those that the package knows by itself. */
function detailsOf({ event, details }: Proposal): Proposal["details"] {
  return details.filter(({ name }) => !BY_ITSELF.has(name)).map(({ name, value }) => ({ name: ownNameOf(event, name) ?? name, value }));
}

/** The first detail of the event that has the role. */
function ownNameOf(event: string, role: string): string | undefined {
  const own: object = Object.hasOwn(events, event) ? events[event as EventName].details : {};
  return Object.keys(detailRoles).find((name) => detailRoles[name]!.is === role && Object.hasOwn(own, name));
}
