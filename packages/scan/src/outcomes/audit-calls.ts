/** Which calls store a row in an audit trail, by what they and their arguments are called. */
import { phraseOf } from "../actions/phrases.ts";
import { splitWords } from "../actions/words.ts";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import { addsNothing, isAuditName, logsEvents } from "../loggers/audit-names.ts";
import type { Scope } from "./walk.ts";
import type { Value } from "./values.ts";

/** Verbs with which rows are stored: ORMs, query builders, document stores, repositories. */
const STORING = new Set([
  "create",
  "insert",
  "save",
  "add",
  "push",
  "store",
  "write",
  "append",
  "record",
  "log",
  "put",
  "bulk",
  "batch",
  "persist",
  "index",
  "multi",
  "many",
  "one",
  "all",
  "build",
  "upsert",
  "insertmany",
  "insertone",
]);
/** Calls that read or set up an audit trail, and write nothing. */
const NOT_STORING = new Set([
  "get",
  "find",
  "list",
  "count",
  "query",
  "search",
  "select",
  "fetch",
  "delete",
  "remove",
  "purge",
  "config",
  "configure",
  "export",
  "format",
  "render",
  "is",
  "has",
  "use",
  "parse",
  "view",
  "read",
  "where",
  "limit",
  "order",
  "include",
  "register",
  "module",
  "init",
  "setup",
  "should",
  "enable",
  "disable",
  "schema",
  "model",
  "type",
  "table",
  "context",
  "option",
  "metadata",
  "data",
  "change",
  "changeset",
  "field",
  "column",
  "param",
  "url",
  "path",
  "id",
  "with",
  "set",
  "to",
  "from",
  "by",
  "define",
  "all",
  "first",
  "page",
  "filter",
]);

/**
 * A call that stores something under the name of an audit trail: `prisma.auditLog.create`, `auditService.log`,
 * `knex("audit_logs").insert`, `Repo.insert(%AuditLog{})`, `Multi.insert(multi, :audit_log, …)`. A function of the
 * project that bears such a name is followed instead, and counts by what it does.
 */
export function isAuditCall(call: CallExpr, path: string, target: Value, receiver: Value | null, args: readonly Value[]): boolean {
  if (target.kind === "closure" || call.creates) return false;
  const names = path.split(".");
  const method = names.at(-1)!;
  const verbs = phraseOf(method);
  if (!verbs.some((verb) => STORING.has(verb)) && !isAuditNamed(method)) return false;
  if (NOT_STORING.has(verbs[0] ?? "") && !["all", "with", "log"].includes(verbs[0]!)) return false;
  if (verbs.some((verb) => NOT_STORING.has(verb)) && !verbs.some((verb) => STORING.has(verb))) return false;
  if (isAuditNamed(method) && !verbs.some((verb) => NOT_STORING.has(verb))) return true;
  if (names.slice(0, -1).some((name) => isAuditNamed(name))) return true;
  if (names.length < 2 && receiver === null) return false;
  return (
    calledTables(call.callee).some(isAuditText) ||
    (isStore(names, method) && args.slice(0, 2).some(namesAudit)) ||
    (receiver !== null && namesAudit(receiver))
  );
}

const auditNamed = new Map<string, boolean>();

/** Whether a name is that of an audit trail; remembered, since every call on every way is asked. */
function isAuditNamed(name: string): boolean {
  let known = auditNamed.get(name);
  if (known === undefined) {
    known = isAuditName(splitWords(name));
    if (auditNamed.size < 100_000) auditNamed.set(name, known);
  }
  return known;
}

/** What rows are put into. */
const STORES = new Set([
  "repo",
  "repository",
  "db",
  "database",
  "knex",
  "prisma",
  "model",
  "collection",
  "table",
  "store",
  "dao",
  "session",
  "tx",
  "trx",
  "multi",
  "client",
  "sql",
  "pool",
  "connection",
  "elastic",
  "es",
  "mongo",
  "queue",
  "producer",
  "kafka",
  "entity",
  "manager",
  "em",
  "dataset",
  "this",
  "log",
  "storage",
  "drizzle",
  "sequelize",
  "transaction",
  "event",
  "audit",
]);

/** Code of a class or function that is named an audit trail stores something: that is its row. */
export function storesTrail(path: string, target: Value, scope: Scope): boolean {
  if (!path.includes(".")) return false;
  const verbs = phraseOf(path.slice(path.lastIndexOf(".") + 1));
  const receiver = path.split(".").at(-2) ?? "";
  if (savesEvent(receiver, verbs, scope)) return true;
  if (target.kind === "closure") return false;
  if (!phraseOf(receiver).some((word) => STORES.has(word))) return false;
  if (
    verbs.length > 2 ||
    ![
      "insert",
      "create",
      "save",
      "add",
      "persist",
      "insertmany",
      "insertone",
      "put",
      "index",
      "write",
      "append",
      "bulk",
      "many",
      "execute",
      "query",
      "send",
      "publish",
    ].includes(verbs[0] ?? "")
  )
    return false;
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  const named = [scope.fn?.name ?? "", last(scope.container?.name ?? "")].map(splitWords).filter((words) => words.length > 0);
  const writes = ["execute", "query", "send", "publish"].includes(verbs[0]!) ? named.slice(0, 1) : named;
  return writes.some((words) => (isAuditName(words) && !addsNothing(words)) || logsEvents(words));
}

/** `event.save(conn)` in `log_event`: a model that saves itself, wherever its rows go. */
function savesEvent(receiver: string, verbs: readonly string[], scope: Scope): boolean {
  return (
    phraseOf(receiver).at(-1) === "event" &&
    ["save", "insert", "create", "persist", "store"].includes(verbs[0] ?? "") &&
    logsEvents(splitWords(scope.fn?.name ?? ""), 2)
  );
}

/** Whether a call puts rows somewhere: by what it is called on, or because nothing else is called so. */
function isStore(names: readonly string[], method: string): boolean {
  const receiver = names.at(-2) ?? "";
  return phraseOf(receiver).some((word) => STORES.has(word)) || /^(?:insert|persist|save|upsert)/i.test(method);
}

/** Names given to the calls that a callee is made of: `knex("audit_logs").insert` → audit_logs. */
function calledTables(callee: Expr): string[] {
  if (callee.kind !== "member") return [];
  const object = callee.object;
  if (object.kind !== "call") return object.kind === "member" ? calledTables(object) : [];
  const first = object.args[0];
  return [
    ...(first?.kind === "literal" && typeof first.value === "string" ? [first.value] : first?.kind === "name" ? [first.name] : []),
    ...calledTables(object.callee),
  ];
}

function isAuditText(text: string): boolean {
  return text.length < 60 && !text.includes(" ") && isAuditNamed(text);
}

/** Fields of a row that says who did what to what, whatever its class is called. */
const WHO = /^(?:user|actor|author|performed_by|created_by|by|principal)(?:_?(?:id|name))?$/i;
const WHAT = /^(?:action|verb|operation|activity|event|event_?type|event_?name|action_?type)$/i;
const ON_WHAT = /^(?:(?:object|target|resource|entity|model|subject)(?:_?(?:id|type|name|repr))?|ip|ip_?addr(?:ess)?|changes|details)$/i;

/** A row that is created with an actor, an action and what it was done to. */
function tellsAnAct(value: Value): boolean {
  const given = value.kind === "instance" ? value.args.find((arg) => arg.kind === "record") : undefined;
  if (given?.kind !== "record") return false;
  const keys = [...given.entries.keys()];
  return [WHO, WHAT, ON_WHAT].every((wanted) => keys.some((key) => wanted.test(key)));
}

function namesAudit(value: Value): boolean {
  if (tellsAnAct(value)) return true;
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" && isAuditText(value.value);
    case "instance":
      return isAuditNamed(value.name.slice(value.name.lastIndexOf(".") + 1));
    case "container":
      return isAuditNamed(value.of.name.slice(value.of.name.lastIndexOf(".") + 1));
    case "unknown":
      return value.path !== undefined && isAuditText(value.path.split(".")[0]!);
    default:
      return false;
  }
}
