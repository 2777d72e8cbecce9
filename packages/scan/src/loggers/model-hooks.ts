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
  const word = /^\$?(?:after|before)_?(?:bulk)?_?(\w+)$/i.exec(name)?.[1];
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

/** Texts that may hold a hook. May only over-approximate. */
export const MAY_HOOK =
  /\.(?:post|pre)\s*\(\s*[["'`/](?!\/)\w|\.addHook\s*\(|\bhooks\s*:|@(?:\w+\.)?(?:[aA]fter|[bB]efore)\w+|\b(?:EventSubscriber|EntitySubscriberInterface)\b|\.\$use\s*\(|[sS]chema\w{0,40}\.plugin\s*\(|\$(?:after|before)(?:Insert|Update|Delete)|\.(?:after|before)(?:Bulk)?(?:Create|Update|Save|Upsert|Destroy)\s*\(/;
