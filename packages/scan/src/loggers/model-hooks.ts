/**
 * How models of object mappers run functions when rows are written. Sources: https://sequelize.org/docs/v6/other-topics/hooks/,
 * https://mongoosejs.com/docs/middleware.html, https://typeorm.io/listeners-and-subscribers, https://vincit.github.io/objection.js/guide/hooks.html,
 * https://www.prisma.io/docs/orm/prisma-client/client-extensions/query, https://hexdocs.pm/ex_audit
 */

/** What a write does to a row. `save` creates or updates. */
export type Write = "create" | "update" | "save" | "delete";

const WORDS: readonly (readonly [RegExp, Write])[] = [
  [/^(?:soft)?(?:delete|remove|destroy)/i, "delete"],
  [/^find\w*and(?:delete|remove)/i, "delete"],
  [/^(?:find\w*and)?(?:update|replace|modify|increment|decrement)/i, "update"],
  [/^(?:bulk)?(?:create|insert)/i, "create"],
  [/^(?:save|upsert|persist|commit)/i, "save"],
];

const memo = new Map<string, Write | null>();

/** What a call of this name writes; undefined for those that write nothing. */
export function writeOf(method: string): Write | undefined {
  let known = memo.get(method);
  if (known === undefined) {
    known = WORDS.find(([pattern]) => pattern.test(method))?.[1] ?? null;
    if (memo.size < 50_000) memo.set(method, known);
  }
  return known ?? undefined;
}

/** `afterCreate`, `beforeBulkDestroy`, `AfterInsert`, `$afterUpdate`. */
export function hookOf(name: string): Write | undefined {
  const word = (/^\$?(?:after|before)_?(?:bulk)?_?(\w+)$/i.exec(name) ?? /^(?:Pre|Post)(Persist|Update|Remove)$/.exec(name))?.[1];
  return word === undefined ? undefined : writeOf(word);
}

/** Whether a hook runs when this is written. */
export function runsOn(hook: Write, write: Write): boolean {
  if (hook === write) return true;
  return hook === "save" ? write === "create" || write === "update" : write === "save" && hook !== "delete";
}

/** Methods of a schema that take the name of an operation and a function. */
export const SCHEMA_HOOKS: ReadonlySet<string> = new Set(["post", "pre"]);
/** Methods of a model that take the name of a hook and a function. */
export const MODEL_HOOKS: ReadonlySet<string> = new Set(["addHook", "hook"]);
/** Calls that make a model and take an object of hooks among their options; its name comes first, or it is what they are called on. */
export const MAKES_MODEL: ReadonlySet<string> = new Set(["define", "init", "model"]);
/** Decorators and interfaces of classes whose methods are hooks of other models. */
export const SUBSCRIBERS = /^(?:EventSubscriber|EntitySubscriberInterface|Subscriber)$/;
/** Methods of such a class that say which models. */
export const SUBSCRIBES_TO: readonly string[] = ["listenTo", "getSubscribedEntities"];
/** Methods that put a function around every query of a client. */
export const AROUND_QUERIES: ReadonlySet<string> = new Set(["$use"]);
/** The key of a client's extension under which functions around queries stand, and its names for all models and operations. */
export const QUERY_EXTENSION = { key: "query", models: "$allModels", operations: "$allOperations" } as const;

/** What stands behind the name of the model in the name of what acts on it: `roleModel`, `userRepository`. */
export const MODEL_SUFFIX = /(?:model|repository|repo|schema|entity|table|collection)s?$/i;

/**
 * Libraries that keep a row of every change of the models that are registered with them, by signals: statements for many rows
 * at once do not run these (triggers of the database do). https://django-pghistory.readthedocs.io, https://django-auditlog.readthedocs.io/en/latest/usage.html, https://django-simple-history.readthedocs.io
 */
export const REGISTERS_TRAIL = /(?:^|\.)(?:(?:auditlog|reversion|audit_log)\.register|pghistory\.track)$/;
export const TRAIL_FIELDS: ReadonlySet<string> = new Set(["HistoricalRecords", "AuditlogHistoryField"]);
/** Annotations of an entity of which every change is kept, by the package that they come from. https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#envers */
export const TRAIL_ANNOTATIONS: ReadonlyMap<string, RegExp> = new Map([["Audited", /^org\.hibernate\.envers\b/]]);
/** An annotation that names the classes whose methods are hooks of an entity. https://jakarta.ee/specifications/persistence/3.1/jakarta-persistence-spec-3.1#entity-listeners-and-callback-methods */
export const ENTITY_LISTENERS = "EntityListeners";
/** Statements for many rows. https://docs.djangoproject.com/en/stable/ref/models/querysets/#update */
export const BULK = /^(?:a?bulk_\w+|a?update|_raw_delete|\w+InBatch|executeUpdate)$/;

/**
 * Callbacks that the body of a model names, and libraries that keep a row of every change of the model around the call.
 * https://guides.rubyonrails.org/active_record_callbacks.html, https://github.com/paper-trail-gem/paper_trail,
 * https://github.com/collectiveidea/audited, https://github.com/public-activity/public_activity, https://github.com/palkan/logidze
 */
export const BODY_HOOK = /^(?:after|before|around)_(?:create|update|save|destroy|commit|\w+_commit)$/;
export const BODY_TRAILS: ReadonlySet<string> = new Set([
  "has_paper_trail",
  "audited",
  "acts_as_audited",
  "tracked",
  "has_logidze",
  "audit_log",
]);
/** https://guides.rubyonrails.org/active_record_callbacks.html#skipping-callbacks */
export const PAST_HOOKS =
  /^(?:update_(?:all|columns?|counters)|delete(?:_all|_by|!)?|insert(?:_all)?!?|upsert(?:_all)?|touch_all|(?:in|de)crement(?:_counter|!)?)$/;

/**
 * Traits that keep a row of every change of a model. Statements of the query builder run no events of a model.
 * https://spatie.be/docs/laravel-activitylog/advanced-usage/logging-model-events, https://laravel-auditing.com, https://github.com/VentureCraft/revisionable
 */
export const TRAIL_MIXINS: ReadonlySet<string> = new Set(["LogsActivity", "Auditable", "RevisionableTrait", "HasRevisions"]);
/** https://laravel.com/docs/eloquent#mass-updates, https://laravel.com/docs/eloquent#muting-events */
export const PAST_EVENTS =
  /(?:^|\.)(?:(?:where\w*|orWhere\w*|query|newQuery|table|join)(?:\.(?!first|find|get|sole|each|all)\w+)*\.(?:update|delete|forceDelete|increment|decrement|insert)|\w+Quietly|insert\w*|upsert|truncate|(?!(?:save|update|delete|restore)(?:OrFail|Many)?$|(?:force)?(?:Create|create|Delete)(?:Many)?$|\w+Or(?:Create|First)$|(?:destroy|push|touch|increment|decrement)$)\w+)$/;
/** A class of methods that are called when a model is written: `UserObserver.deleted(User $user)`. https://laravel.com/docs/eloquent#observers */
export const OBSERVERS = /Observer$/;
export const OBSERVED: Readonly<Record<string, Write>> = {
  creating: "create",
  created: "create",
  updating: "update",
  updated: "update",
  saving: "save",
  saved: "save",
  deleting: "delete",
  deleted: "delete",
  forceDeleted: "delete",
};

/** Texts that may hold a hook. May only over-approximate. */
export const MAY_HOOK =
  /\.(?:post|pre)\s*\(\s*[["'`/](?!\/)\w|\.addHook\s*\(|\bhooks\s*:|@(?:\w+\.)?(?:[aA]fter|[bB]efore)\w+|\b(?:EventSubscriber|EntitySubscriberInterface)\b|\.\$use\s*\(|[sS]chema\w{0,40}\.plugin\s*\(|\$(?:after|before)(?:Insert|Update|Delete)|\.(?:after|before)(?:Bulk)?(?:Create|Update|Save|Upsert|Destroy)\s*\(|\b(?:auditlog|reversion)\.register\b|\bpghistory\.track\b|\bHistoricalRecords\s*\(|\borg\.hibernate\.envers\b|@EntityListeners\b|@(?:Pre|Post)(?:Persist|Update|Remove)\b|^[ \t]*(?:(?:after|before)_(?:create|update|save|destroy|commit|\w+_commit)|has_paper_trail|audited|acts_as_audited|tracked|has_logidze|audit_log)\b|\b(?:LogsActivity|Auditable|RevisionableTrait|HasRevisions)\b|\bclass\s+\w*Observer\b|\b(?:static|self)::(?:cre|upd|sav|delet)\w+\(/m;
