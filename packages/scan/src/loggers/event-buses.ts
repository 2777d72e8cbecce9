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
  ...[
    "emit",
    "emitAsync",
    "emitSerial",
    "publish",
    "publishEvent",
    "fireAsync",
    "publishAll",
    "publishAsync",
    "dispatch",
    "dispatchAsync",
    "dispatchEvent",
  ],
  ...["trigger", "fire", "raise", "notify", "apply", "instrument"],
  ...[
    "Publish",
    "PublishAsync",
    "RaiseAsync",
    "DispatchAsync",
    "Raise",
    "Dispatch",
    "AddDomainEvent",
    "RaiseDomainEvent",
    "RegisterDomainEvent",
    "AddEvent",
  ],
]);

/** Functions that send an event: `event(new UserDeleted($user))`. https://laravel.com/docs/events#dispatching-events */
export const SENDING_FUNCTIONS: ReadonlySet<string> = new Set(["event", "broadcast"]);

/**
 * Classes that listen by their name or place: the methods that hear, and the class of the event is the type of what they are given.
 * https://laravel.com/docs/events#event-discovery, https://symfony.com/doc/current/event_dispatcher.html
 */
export const LISTENER_CLASSES = /(?:^|\.)(?:\w+\.)*(?:Listeners?|Subscribers?)\.\w+$|(?:Listener|Subscriber)$/;
export const LISTENER_METHODS = /^(?:handle\w*|__invoke|on[A-Z]\w*)$/;

/** Methods that hand a command or query to the one handler of its class, and give what that gives. */
export const ASKING: ReadonlySet<string> = new Set([
  "execute",
  "send",
  "handle",
  "Send",
  "SendAsync",
  "InvokeAsync",
  "ExecuteAsync",
  "Handle",
]);

/** Methods of a bus that take an event and a function. */
export const LISTENING: ReadonlySet<string> = new Set([
  ...["on", "once", "addListener", "prependListener", "prependOnceListener", "onAny", "subscribe", "listen", "addEventListener"],
]);

/** Functions of an application's own that take an object of events and functions: `registerListeners({ "user.created": fn })`. */
export const REGISTERING =
  /^(?:(?:setup|register|add|attach|create|init|use|on)(?:event|domain)?(?:listeners?|subscribers?|subscriptions?|handlers?|events))$/i;

/** A call whose argument is the class of the events that `subscribe` then hears: `bus.ofType(UserCreated).subscribe(fn)`. */
export const OF_CLASS: ReadonlySet<string> = new Set(["ofType"]);

/** Decorators that make a method a listener; the event is what they are given, else the type of what the method is given. */
export const METHOD_LISTENERS: ReadonlySet<string> = new Set([
  ...["OnEvent", "On", "OnDomainEvent", "EventListener", "TransactionalEventListener"],
]);

/** Decorators of a parameter that make its method a listener to events of the parameter's type. https://jakarta.ee/specifications/cdi/4.0/ */
export const PARAM_LISTENERS: ReadonlySet<string> = new Set(["Observes", "ObservesAsync"]);

/** How the handlers of mediators in C# are called. */
const MEDIATED: readonly string[] = ["Handle", "HandleAsync", "ExecuteAsync", "Execute"];

/** Methods that hear, the first that there is, and whether the sender gets what it gives. */
export interface TypedListener {
  readonly methods: readonly string[];
  readonly answers: boolean;
}

/** Interfaces of listeners that name the class of the event as their argument, with the method that hears. */
export const TYPED_LISTENERS: ReadonlyMap<string, TypedListener> = new Map<string, TypedListener>([
  ["ApplicationListener", { methods: ["onApplicationEvent"], answers: false }],
  ["ApplicationEventListener", { methods: ["onApplicationEvent"], answers: false }],
  // https://github.com/jbogard/MediatR/wiki, https://github.com/martinothamar/Mediator, https://fast-endpoints.com/docs/command-bus
  ...["IRequestHandler", "IAsyncRequestHandler", "ICommandHandler", "IQueryHandler"].map(
    (name) => [name, { methods: MEDIATED, answers: true }] as const,
  ),
  ...["INotificationHandler", "IDomainEventHandler", "IEventHandler", "IIntegrationEventHandler"].map(
    (name) => [name, { methods: MEDIATED, answers: false }] as const,
  ),
]);

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

/** Modules that are a bus themselves. https://api.rubyonrails.org/classes/ActiveSupport/Notifications.html */
export const BUS_PATHS: ReadonlySet<string> = new Set(["ActiveSupport.Notifications"]);

/** Names of what sends to somebody else: browsers, other processes, streams. What it sends is not what it hears. */
export const NOT_BUSES =
  /socket|^io$|^ws$|stream|process|^res$|^req$|request|response|server|client|redis|kafka|nats|amqp|rabbit|window|document|element|\$el|jquery|calendar/i;

/** Texts in which somebody listens to a bus, whatever it is called. May only over-approximate. */
export const MAY_LISTEN =
  /\.(?:on|once|addListener|prepend(?:Once)?Listener|onAny|subscribe|listen|addEventListener)\s*[(<]|@(?:\w+\.)?(?:On\w*|EventListener|\w+Handler|receiver)\s*\(|@(?:Transactional)?EventListener\b|@Observes|\bApplication(?:Event)?Listener\s*<|\bI(?:Async)?(?:Request|Command|Query|Notification|(?:Domain|Integration)?Event)Handler\s*<|\bnamespace\s+[\w\\]*\b(?:Listeners?|Subscribers?|EventListener|EventSubscriber)\b|\bclass\s+\w*(?:Listener|Subscriber)\b|(?:[lL]isteners?|[sS]ubscribers?|[sS]ubscriptions?|[hH]andlers?|[eE]vents)\s*\(\s*\{|[a-z]_[a-z_]*\.connect(?:_via)?\b|\bNotifications\.subscribe\b|:telemetry\s*\.\s*attach/;

/** Texts that speak of a bus by its usual names, in which an event may be named by a constant. */
export const SPEAKS_OF_BUS =
  /(?:bus|emitter|\bee|events?|dispatcher|mediator|hub|pubsub|publisher|broker)\w{0,12}\)?[!?]?\s*\.(?:on|once|addListener|prepend(?:Once)?Listener|onAny|subscribe|listen|addEventListener|ofType)\s*[(<]|@(?:\w+\.)?(?:OnEvent|OnDomainEvent|EventsHandler|CommandHandler|QueryHandler)\s*\(|@(?:Transactional)?EventListener\b|@Observes|\bApplication(?:Event)?Listener\s*<|\bI(?:Async)?(?:Request|Command|Query|Notification|(?:Domain|Integration)?Event)Handler\s*<|\bnamespace\s+[\w\\]*\b(?:Listeners?|Subscribers?|EventListener|EventSubscriber)\b|:telemetry\s*\.\s*attach/i;

/**
 * Signals are objects that functions are connected to: `@receiver(user_logged_in)`, `post_save.connect(fn)`. They go by their names.
 * https://docs.djangoproject.com/en/stable/topics/signals/, https://blinker.readthedocs.io
 */
export const SIGNAL_NAME = /^[a-z]\w*_\w+$/;
export const SIGNAL_SENDING: ReadonlySet<string> = new Set(["send", "send_robust", "asend", "asend_robust"]);
export const SIGNAL_CONNECTING: ReadonlySet<string> = new Set(["connect", "connect_via"]);

/** Functions of libraries that send a signal: by import source and name. `refused`: only where the answer is no, `done`: only where it is yes. */
export const SENDS_SIGNAL: readonly {
  readonly source: RegExp;
  readonly name: string;
  readonly signal: string;
  readonly refused?: true;
  readonly done?: true;
}[] = [
  // https://docs.djangoproject.com/en/stable/ref/contrib/auth/#login-and-logout-signals
  { source: /^django\.contrib\.auth(?:\.|$)/, name: "login", signal: "user_logged_in" },
  { source: /^django\.contrib\.auth(?:\.|$)/, name: "logout", signal: "user_logged_out" },
  { source: /^django\.contrib\.auth(?:\.|$)/, name: "authenticate", signal: "user_login_failed", refused: true },
  // https://flask-login.readthedocs.io/en/latest/#signals
  { source: /^flask_login(?:\.|$)/, name: "login_user", signal: "user_logged_in" },
  { source: /^flask_login(?:\.|$)/, name: "logout_user", signal: "user_logged_out" },
  // https://laravel.com/docs/authentication#events
  { source: /^Illuminate\.Support\.Facades\.Auth\b/, name: "login", signal: "Login" },
  { source: /^Illuminate\.Support\.Facades\.Auth\b/, name: "loginUsingId", signal: "Login" },
  { source: /^Illuminate\.Support\.Facades\.Auth\b/, name: "logout", signal: "Logout" },
  { source: /^Illuminate\.Support\.Facades\.Auth\b/, name: "attempt", signal: "Login", done: true },
  { source: /^Illuminate\.Support\.Facades\.Auth\b/, name: "attempt", signal: "Failed", refused: true },
];
