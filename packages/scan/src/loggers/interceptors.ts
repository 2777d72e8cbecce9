/**
 * How code that stands around handlers records what they do: interceptors, decorators, and the metadata by which one
 * says to the other what to record. https://docs.nestjs.com/interceptors, https://docs.nestjs.com/custom-decorators,
 * https://docs.nestjs.com/fundamentals/execution-context#reflection-and-metadata
 */

/** The method of a class by which it stands around handlers. */
export const AROUND_METHODS: readonly string[] = ["intercept"];

/** Decorators that put classes around a handler; in a decorator of the application's own, they come with it. */
export const PUTS_AROUND: ReadonlySet<string> = new Set(["UseInterceptors"]);

/** Calls that give a handler metadata; the key comes first. */
export const SETS_METADATA: ReadonlySet<string> = new Set(["SetMetadata", "CustomDecorator"]);

/** Methods that read the metadata of a handler; the key, or the decorator that sets it, comes first. */
export const READS_METADATA = /(?:reflector\.(?:get|getAll|getAllAndOverride|getAllAndMerge)|Reflect\.getMetadata)$/i;

/** What puts classes around every handler: a method of the application, the token of a provider. */
export const GLOBAL_METHODS: ReadonlySet<string> = new Set(["useGlobalInterceptors"]);
export const GLOBAL_TOKENS: ReadonlySet<string> = new Set(["APP_INTERCEPTOR"]);
export const MAY_BE_GLOBAL = /\b(?:APP_INTERCEPTOR|useGlobalInterceptors)\b/;

/** Words of a record that is about the handler at hand, and not about any request: what it is called, what it was marked with. */
export const NAMES_HANDLER =
  /getHandler|getClass|reflector|getMetadata|(?:handler|controller|class|method|property|function|action|event)_?(?:name|key|type)\b|\bpropertyKey\b/i;

/** Fields under which a record says what happened. */
export const SAYS_WHAT: ReadonlySet<string> = new Set([
  "event",
  "action",
  "operation",
  "activity",
  "eventType",
  "event_type",
  "eventName",
  "auditAction",
]);

/**
 * Names under which code around handlers finds what they were registered with. https://fastify.dev/docs/latest/Reference/Routes/#config,
 * https://trpc.io/docs/server/metadata, https://hapi.dev/api/#-routeoptionsapp, https://h3.dev/guide/basics/handler#meta
 */
export const HOLDS_OPTIONS = /^(?:meta|metadata|config|routeConfig|routeOptions|options|app|plugins|settings|_def|def)$/;

/** Texts that may hold an option that says what to record. May only over-approximate. */
export const MAY_SAY_WHAT = /audit|activit|trail|(?:security|login|auth)_?\w*(?:event|log|attempt)|(?:event|action|oper\w*)_?log/i;
