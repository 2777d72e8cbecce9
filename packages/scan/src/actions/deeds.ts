import { matchWords } from "./match.ts";
import { phraseOf } from "./phrases.ts";
import { READING } from "./table.ts";

/** What stands behind the name of the thing that an object acts on: `userRepository.delete` deletes a user. */
const ACTORS = new Set([
  "service",
  "repository",
  "repo",
  "store",
  "manager",
  "controller",
  "model",
  "dao",
  "client",
  "db",
  "prisma",
  "tx",
  "trx",
  "ctx",
  "req",
  "res",
  "api",
  "util",
  "lib",
  "handler",
  "this",
  "self",
  "context",
  "module",
  "query",
  "mutation",
  "usecase",
  "facade",
  "helper",
  "entity",
  "knex",
  "schema",
  "factory",
  "action",
  "core",
  "base",
  "internal",
]);
/** Fields whose change is a sensitive action, whatever the call is named. */
const TELLING_FIELDS = new Set([
  "role",
  "permission",
  "admin",
  "password",
  "email",
  "suspend",
  "ban",
  "disable",
  "mfa",
  "2fa",
  "totp",
  "superuser",
  "owner",
  "secret",
  "apikey",
  "privilege",
]);
/** Namespaces of the language and of plumbing, whose calls are never deeds. */
const PLUMBING = new Set([
  "console",
  "json",
  "object",
  "array",
  "math",
  "map",
  "enum",
  "string",
  "keyword",
  "list",
  "localstorage",
  "cache",
  "redis",
  "t",
  "i18n",
  "expect",
  "logger",
  "log",
  "schema",
  "z",
  "yup",
  "joi",
  "params",
  "headers",
  "searchparams",
  "url",
  "query",
  "path",
  "posthog",
  "analytics",
  "metrics",
  "date",
  "number",
  "router",
  "navigate",
  "toast",
  "telemetry",
  "changeset",
]);

/** Methods of strings, lists and metrics, whatever they are called on. */
const NATIVE_METHODS = new Set([
  "join",
  "push",
  "pop",
  "shift",
  "unshift",
  "concat",
  "slice",
  "splice",
  "split",
  "replace",
  "replaceAll",
  "includes",
  "indexOf",
  "map",
  "filter",
  "reduce",
  "sort",
  "some",
  "every",
  "labels",
  "observe",
  "inc",
  "dec",
  "toString",
  "trim",
  "match",
  "test",
  "parse",
  "safeParse",
  "pick",
  "omit",
  "extend",
  "optional",
  "nullish",
]);

/** What guards an action is not the action. */
const LIMITING = new Set([
  "throttle",
  "limit",
  "limiter",
  "ratelimit",
  "rate",
  "attempt",
  "count",
  "counter",
  "quota",
  "metric",
  "log",
  "audit",
  "track",
  "event",
  "notify",
  "notification",
  "broadcast",
  "enqueue",
  "email",
  "mail",
  "mailer",
  "template",
  "subject",
  "changeset",
  "form",
  "schema",
  "struct",
  "render",
]);

/** Checks of these let somebody in; checks of anything else only look. */
const PROVEN = new Set(["password", "credential", "otp", "totp", "code", "magiclink", "2fa", "mfa", "recoverycode"]);

/** Whether a call of this name writes fields that are worth a look. */
export function writesFields(path: string): boolean {
  return WRITING.has(phraseOf(path.slice(path.lastIndexOf(".") + 1))[0] ?? "");
}

const WRITING = new Set(["update", "set", "change", "create", "insert", "save", "put", "patch", "upsert", "updateone", "modify", "assign"]);

/** The words of a call that by its name performs something sensitive, with the telling ones of the fields it writes. */
export function deedWords(path: string, fields: readonly string[]): readonly string[] | undefined {
  const names = path.split(".");
  const method = names.at(-1) ?? "";
  const object = names.length > 1 ? names.at(-2)! : "";
  if (PLUMBING.has(object.toLowerCase()) || NATIVE_METHODS.has(method)) return undefined;
  const verbs = phraseOf(method);
  const first = verbs[0];
  if (first === undefined || (READING.has(first) && first !== "new" && first !== "validate" && first !== "check" && first !== "get"))
    return undefined;
  if ((first === "check" || first === "validate") && !verbs.some((word) => PROVEN.has(word))) return undefined;
  if (verbs.some((word) => LIMITING.has(word))) return undefined;
  const things = phraseOf(object).filter((word) => !ACTORS.has(word));
  const telling = new Set(fields.flatMap((field) => phraseOf(field)).filter((word) => TELLING_FIELDS.has(word)));
  const words = [...verbs, ...things, ...telling];
  return matchWords(words).length > 0 ? words : undefined;
}
