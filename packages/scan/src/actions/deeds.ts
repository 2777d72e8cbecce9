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

/** Steps of a query that lead to the rows of a thing: `User.objects.filter(…).delete()` deletes users. */
const STEPS = new Set([
  ...["objects", "filter", "filter_by", "exclude", "get", "get_or_404", "first", "last", "all", "where", "query", "select_related"],
  ...[
    "prefetch_related",
    "order_by",
    "find",
    "findOrFail",
    "firstOrFail",
    "firstWhere",
    "whereIn",
    "withTrashed",
    "newQuery",
    "only",
    "scalar",
    "scalars",
    "one",
    "get_queryset",
    "queryset",
    "with_for_update",
    "unscoped",
  ],
]);
/** What people are put into and taken out of. */
const GROUPS = new Set("team group organization project product workspace board channel room company department club space".split(" "));
const PUTS = new Set([
  "add",
  "remove",
  "push",
  "pull",
  "attach",
  "detach",
  "set",
  "delete",
  "append",
  "discard",
  "clear",
  "sync",
  "syncWithoutDetaching",
]);
/** Who is put into them. */
const PEOPLE = new Set(["user", "member", "account", "person", "employee", "profile"]);

/** `project.authorized_users.remove(user)`, `team.members.add(user)`: whoever is on the list of a thing is a member of it; no account goes. */
export function isMembership(path: string): boolean {
  const names = path.replaceAll("()", "").split(".");
  const [owner, list, method] = names.slice(-3);
  if (names.length < 3 || !PUTS.has(method!) || !list!.endsWith("s")) return false;
  const people = phraseOf(list!);
  const last = people.at(-1);
  // `user.groups.remove(group)`: the same list from its other end.
  if (GROUPS.has(last ?? "") && last !== "board" && last !== "project") return PEOPLE.has(phraseOf(owner!).at(-1) ?? "");
  if (last !== "user" && last !== "member" && last !== "collaborator") return false;
  return last !== "user" || people.includes("authorize") || GROUPS.has(phraseOf(owner!).at(-1) ?? "");
}

/** What keeps track of rows and writes them: it is given what it acts on. https://docs.sqlalchemy.org/en/20/orm/session_api.html */
const UNITS_OF_WORK = new Set(["session", "db_session", "dbsession", "db", "em", "entity_manager", "entitymanager", "uow"]);
const UNIT_METHODS = new Set(["add", "add_all", "delete", "merge", "persist", "remove", "refresh", "expire", "expunge", "detach"]);

/** `db.session.delete(user)` → `user.delete`: a call of a unit of work says what it does to what it is given. */
export function throughUnit(path: string, given: string | undefined): string {
  const names = path.split(".");
  const method = names.at(-1)!;
  if (given === undefined || names.length < 2 || !UNIT_METHODS.has(method) || !UNITS_OF_WORK.has(names.at(-2)!.toLowerCase())) return path;
  return /(?:id|key|name)s?$/i.test(given) ? path : `${given}.${method}`;
}

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
  ...["toString", "equals", "equalsIgnoreCase", "hashCode", "compareTo", "length", "isEmpty", "isBlank", "contains", "containsKey"],
  ...["getBytes", "startsWith", "endsWith", "flatMap", "thenReturn", "stream", "collect", "toList", "isPresent", "builder", "build"],
  "trim",
  "serialize",
  "deserialize",
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
  "eligibility",
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

/** What asks whether something is allowed does not do it: `require_modify_permission`. */
const GUARDING = new Set(["require", "ensure", "assert", "need", "must", "demand", "enforce"]);

/** What begins like this tells how something is: `notRegistered`, `supportsLogin`. */
const TELLING_HOW = new Set([
  "not",
  "no",
  "support",
  "supports",
  "insufficient",
  "was",
  "were",
  "needs",
  "wants",
  "without",
  "contains",
  "exists",
]);

/** Checks of these let somebody in; checks of anything else only look. */
const PROVEN = new Set(["password", "credential", "otp", "totp", "code", "magiclink", "2fa", "mfa", "recoverycode"]);

/** What shows or carries a thing: to make one makes nothing (`UserResource.make(user)`). */
const SHOWING =
  /(?:Resource|Collection|Data|Dto|DTO|Request|Response|Rule|Validator|View|Presenter|Transformer|Serializer|Notification|Mail|Field|Column)$/;

/** What only asks who is there: `Auth.user()`, `auth().id()`. */
const WHO_IS_THERE: ReadonlySet<string> = new Set(["user", "id", "guest", "guard", "hasUser", "getUser", "userOrFail", "viaRemember"]);

/** Whether a call of this name writes fields that are worth a look. */
export function writesFields(path: string): boolean {
  return WRITING.has(phraseOf(path.slice(path.lastIndexOf(".") + 1))[0] ?? "");
}

const MAKING = new Set(["create", "insert", "save"]);
const WRITING = new Set(["update", "set", "change", "create", "insert", "save", "put", "patch", "upsert", "updateone", "modify", "assign"]);

/** The thing that a method is called on: the last name that is no step of a query. */
function objectOf(names: readonly string[]): string {
  const isRows = names.length > 1 && /^\p{Lu}/u.test(names[0]!) && names.some((name) => STEPS.has(name));
  return (isRows ? names.findLast((name) => !STEPS.has(name)) : undefined) ?? names.at(-1) ?? "";
}

/** What holds data and does nothing: requests, forms, transfer objects. */
const DATA =
  /(?:request|dto|form|data|payload|body|command|params?|vo|input|event|response|info|props|properties|config|settings|metadata|spec|options?)$/i;
/** Methods by which such a thing does something after all. */
const ACTING =
  /^(?:save|submit|delete|destroy|remove|update|confirm|accept|approve|revoke|reject|validate|verify|execute|apply|perform|send|run|process)/;

/**
 * Whether a call of so many arguments only reads or sets a property of an object: `user.getPassword()`, `email.setRead(true)`,
 * `signUpRequest.password()`. Setting what tells of a person's rights is a deed all the same.
 */
function isAccessor(method: string, object: string, given: number): boolean {
  const acts = object === "" || object === "this" || /^\p{Lu}/u.test(object) || ACTORS.has(phraseOf(object).at(-1) ?? "");
  if (acts || given > 1) return false;
  if (given === 1)
    return (
      /^set\p{Lu}/u.test(method) &&
      !phraseOf(method).some((word) => (TELLING_FIELDS.has(word) && word !== "owner") || word === "enable" || word === "lock")
    );
  return /^(?:get|is|has)\p{Lu}/u.test(method) || (DATA.test(object) && !ACTING.test(method));
}

/** `database.AccessTokens()`: what is called like things, without a verb, only gets at them. */
function isCollection(method: string, given: number): boolean {
  const words = given === 0 ? (method.match(/\p{Lu}\p{Ll}+/gu) ?? []) : [];
  return (
    words.length > 0 &&
    words.length < 3 &&
    words.join("") === method &&
    /[^s]s$/.test(method) &&
    !VERB.test(words[0]!) &&
    !ACTING.test(words[0]!.toLowerCase())
  );
}
/** `store.AccessTokensByUserID(id)`: what is called like things and by what they are found gets at them. */
function isLookup(method: string): boolean {
  const [things, by] = method.split(/(?<=[a-z])By(?=\p{Lu})/u);
  const first = things?.match(/^\p{Lu}\p{Ll}+/u)?.[0];
  return by !== undefined && first !== undefined && !VERB.test(first) && !ACTING.test(first.toLowerCase());
}
const VERB =
  /^(?:Create|Insert|Add|Set|Reset|Clear|Purge|Destroy|Invalidate|Expire|Rotate|Generate|Issue|Refresh|Export|Dump|Flush|Grant|Disable|Enable|Change|New|Make|Drop|Wipe|Prune|Logout|Ban|Block|Lock|Unlock|Suspend|Invite|Assign|Promote|Transfer|Check|Verify)$/;

/**
 * The words of a call that by its name performs something sensitive, with the telling ones of the fields it writes.
 * `given`: the number of its arguments, where it is known.
 */
export function deedWords(path: string, fields: readonly string[], given = 2): readonly string[] | undefined {
  const names = path.split(".");
  const method = names.at(-1) ?? "";
  const object = objectOf(names.slice(0, -1));
  if (isAccessor(method, object, given) || isCollection(method, given) || isLookup(method)) return undefined;
  if (PLUMBING.has(object.toLowerCase()) || NATIVE_METHODS.has(method)) return undefined;
  if (isMembership(path)) return [phraseOf(method)[0]!, "member"];
  const verbs = phraseOf(method);
  const first = verbs[0];
  if (first === undefined || (READING.has(first) && first !== "new" && first !== "validate" && first !== "check" && first !== "get"))
    return undefined;
  if ((first === "check" || first === "validate") && !verbs.some((word) => PROVEN.has(word))) return undefined;
  if (WHO_IS_THERE.has(method) && /^(?:auth|guard|security)$/i.test(object)) return undefined;
  if ((first === "make" || first === "new") && SHOWING.test(object)) return undefined;
  if (TELLING_HOW.has(first)) return undefined;
  if (GUARDING.has(first) || verbs.some((word) => LIMITING.has(word))) return undefined;
  // What authenticates is called an authenticator, too: only an app that shows codes is a second factor.
  // `owner.addPet(pet)` adds a pet, and no owner.
  const things = phraseOf(object).filter(
    (word) => !ACTORS.has(word) && !(word === "authenticator" && first === "authenticate") && !(word === "owner" && verbs.length > 1),
  );
  // Whoever makes a thing owns it: only a change of the owner tells.
  const makes = MAKING.has(first);
  const telling = new Set(
    fields.flatMap((field) => phraseOf(field)).filter((word) => TELLING_FIELDS.has(word) && !(makes && word === "owner")),
  );
  const words = [...verbs, ...things, ...telling];
  return matchWords(words).length > 0 ? words : undefined;
}
