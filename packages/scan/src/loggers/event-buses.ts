/**
 * How applications send themselves events, and how they listen. An event is no record by itself: it is one where a
 * listener that records hears it. The core joins both ends; these tables only say which calls are which.
 *
 * Sources: https://nodejs.org/api/events.html, https://github.com/EventEmitter2/EventEmitter2,
 * https://docs.nestjs.com/techniques/events, https://docs.nestjs.com/recipes/cqrs, https://github.com/developit/mitt,
 * https://github.com/sindresorhus/emittery, https://docs.vendure.io/guides/developer-guide/events/
 */

/** Methods of a bus that send an event: its name, or an instance of its class, comes first. */
export const SENDING: ReadonlySet<string> = new Set([
  ...["emit", "emitAsync", "emitSerial", "publish", "publishAll", "publishAsync", "dispatch", "dispatchAsync", "dispatchEvent"],
  ...["trigger", "fire", "raise", "notify", "apply"],
]);

/** Methods that hand a command or query to the one handler of its class, and give what that gives. */
export const ASKING: ReadonlySet<string> = new Set(["execute", "send", "handle"]);

/** Methods of a bus that take an event and a function. */
export const LISTENING: ReadonlySet<string> = new Set([
  ...["on", "once", "addListener", "prependListener", "prependOnceListener", "onAny", "subscribe", "listen", "addEventListener"],
]);

/** Functions of an application's own that take an object of events and functions: `registerListeners({ "user.created": fn })`. */
export const REGISTERING =
  /^(?:(?:setup|register|add|attach|create|init|use|on)(?:event|domain)?(?:listeners?|subscribers?|subscriptions?|handlers?|events))$/i;

/** A call whose argument is the class of the events that `subscribe` then hears: `bus.ofType(UserCreated).subscribe(fn)`. */
export const OF_CLASS: ReadonlySet<string> = new Set(["ofType"]);

/** Decorators that make a method a listener; the event is what they are given. */
export const METHOD_LISTENERS: ReadonlySet<string> = new Set(["OnEvent", "On", "OnDomainEvent", "EventListener"]);

/** Decorators that make a class a listener: the method that hears, and whether the sender gets what it gives. */
export const CLASS_LISTENERS: ReadonlyMap<string, { readonly method: string; readonly answers: boolean }> = new Map([
  ["EventsHandler", { method: "handle", answers: false }],
  ["CommandHandler", { method: "execute", answers: true }],
  ["QueryHandler", { method: "execute", answers: true }],
]);

/** Methods by which an object that is registered as a listener hears. */
export const HEARING: readonly string[] = ["handle", "handleEvent", "execute", "on", "process", "run"];

/** Packages whose objects are buses. */
export const BUS_SOURCES: ReadonlySet<string> = new Set([
  ...["events", "node:events", "eventemitter2", "eventemitter3", "mitt", "emittery", "nanoevents", "tiny-typed-emitter", "tiny-emitter"],
  ...["@nestjs/event-emitter", "@nestjs/cqrs", "typed-emitter", "strict-event-emitter", "@japa/emitter", "@adonisjs/core/services/emitter"],
]);

/** Classes that are buses, and so is what extends them. */
export const BUS_TYPES =
  /(?:^|\.)(?:\w*Event(?:Emitter|Bus|Dispatcher|Target)\w*|Emittery|Emitter|TypedEmitter|EventPublisher|AggregateRoot|(?:Command|Query|Message)Bus|Mediator)$/;

/** Names that people give to a bus. */
export const BUS_NAMES =
  /(?:bus|emitter|^ee|events?|dispatcher|mediator|^hub|eventhub|pubsub|publisher|broker)(?:service|manager|module|repository)?\d?$/i;

/** Names of what sends to somebody else: browsers, other processes, streams. What it sends is not what it hears. */
export const NOT_BUSES =
  /socket|^io$|^ws$|stream|process|^res$|^req$|request|response|server|client|redis|kafka|nats|amqp|rabbit|window|document|element|\$el|jquery|calendar/i;

/** Texts in which somebody listens to a bus, whatever it is called. May only over-approximate. */
export const MAY_LISTEN =
  /\.(?:on|once|addListener|prepend(?:Once)?Listener|onAny|subscribe|listen|addEventListener)\s*[(<]|@(?:\w+\.)?(?:On\w*|EventListener|\w+Handler)\s*\(|(?:[lL]isteners?|[sS]ubscribers?|[sS]ubscriptions?|[hH]andlers?|[eE]vents)\s*\(\s*\{|:telemetry\s*\.\s*attach/;

/** Texts that speak of a bus by its usual names, in which an event may be named by a constant. */
export const SPEAKS_OF_BUS =
  /(?:bus|emitter|\bee|events?|dispatcher|mediator|hub|pubsub|publisher|broker)\w{0,12}\)?[!?]?\s*\.(?:on|once|addListener|prepend(?:Once)?Listener|onAny|subscribe|listen|addEventListener|ofType)\s*[(<]|@(?:\w+\.)?(?:OnEvent|OnDomainEvent|EventsHandler|CommandHandler|QueryHandler)\s*\(|:telemetry\s*\.\s*attach/i;
