import type { CallExpr, ContainerIR, Decorator, Expr, FileIR, FunctionIR } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { telemetryHandler } from "../loggers/elixir-telemetry.ts";
import {
  CLASS_LISTENERS,
  HEARING,
  LISTENER_CLASSES,
  LISTENER_METHODS,
  LISTENING,
  MAY_LISTEN,
  METHOD_LISTENERS,
  OF_CLASS,
  PARAM_LISTENERS,
  REGISTERING,
  SIGNAL_CONNECTING,
  SIGNAL_NAME,
  SPEAKS_OF_BUS,
  TYPED_LISTENERS,
} from "../loggers/event-buses.ts";
import type { Project } from "../project/project.ts";
import { isBus } from "./buses.ts";
import { memberOf } from "./members.ts";
import { pathsWith } from "./sought.ts";
import { instanceOf, pathOf, type ClosureValue, type Value } from "./values.ts";
import type { Walk } from "./walk.ts";

/** A function that hears events. */
export interface Subscription {
  /** What it hears, as `keysOf` spells events; `*` stands for parts of a name. */
  readonly keys: readonly string[];
  readonly closure: ClosureValue;
  /** What it is registered at; undefined where the event alone says it. */
  readonly bus?: Value;
  /** The one who sends gets what it gives. */
  readonly answers: boolean;
  /** The name of the event comes before what was sent. */
  readonly named: boolean;
}

/** Where a piece of code stands. */
interface Place {
  readonly file: FileIR;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
}

/** The listeners of a project. Files are read only where their text says that somebody listens, and to this. */
export function createSubscriptions(project: Project): (walk: Walk, texts: readonly string[]) => readonly Subscription[] {
  let pool: Map<string, string> | undefined;
  const found: Subscription[] = [];
  const read = (walk: Walk, wanted: (text: string) => boolean): void => {
    for (const [path, text] of pool!) {
      if (!wanted(text)) continue;
      pool!.delete(path);
      const file = project.file(path);
      if (file !== undefined) found.push(...subscriptionsIn(walk, file));
    }
  };
  return (walk, texts) => {
    if (pool === undefined) {
      pool = new Map(pathsWith(project, MAY_LISTEN).map((path) => [path, project.texts.get(path)!]));
      read(walk, (text) => SPEAKS_OF_BUS.test(text));
    }
    if (texts.length > 0) read(walk, (text) => texts.some((one) => text.includes(one)));
    return found;
  };
}

/** Every listener of a file: registered by calls, and by decorators. */
export function subscriptionsIn(walk: Walk, file: FileIR): Subscription[] {
  const found: Subscription[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind === "call") found.push(...registered(walk, expr, { file, scope, container }));
    });
  }
  for (const container of file.containers) found.push(...decorated(walk, container));
  return [...found, ...file.functions.flatMap(receiving)];
}

/** `@receiver(user_logged_in)`, `@user_logged_in.connect`, `@user_logged_in.connect_via(app)`. */
function receiving(fn: FunctionIR): Subscription[] {
  const closure: ClosureValue = { kind: "closure", fns: [fn], env: null };
  return fn.decorators.flatMap(({ name, args }) => {
    const names = name.split(".");
    const [first] = args;
    const given = names.at(-1) === "receiver" && first !== undefined ? (first.kind === "list" ? first.items : [first]).map(pathOf) : [];
    const own = SIGNAL_CONNECTING.has(names.at(-1)!) && names.length > 1 ? [names.at(-2)!] : [];
    return [...given, ...own].map((signal) => ({ keys: [signalKey(signal)], closure, answers: false, named: false }));
  });
}

/** Signals are told apart by their last names. */
export function signalKey(name: string): string {
  return `signal:${name.slice(name.lastIndexOf(".") + 1)}`;
}

function registered(walk: Walk, call: CallExpr, at: Place): Subscription[] {
  const attached = telemetryHandler(call, (name) => attributeOf(at.container, name));
  if (attached !== undefined)
    return hearing(walk, attached.handler, at).map((closure) => ({
      keys: attached.events.map((event) => `telemetry:${event}`),
      closure,
      answers: false,
      named: false,
    }));
  const method = pathOf(call.callee).split(".").at(-1) ?? "";
  const [first, ...rest] = call.args;
  if (first === undefined) return [];
  if (method === "connect" && call.callee.kind === "member" && SIGNAL_NAME.test(lastName(pathOf(call.callee.object))))
    return hearing(walk, first, at).map((closure) => ({
      keys: [signalKey(pathOf(call.callee.kind === "member" ? call.callee.object : call.callee))],
      closure,
      answers: false,
      named: false,
    }));
  if (first.kind === "record" && (REGISTERING.test(method) || LISTENING.has(method))) {
    return first.entries.flatMap((entry) =>
      entry.key === null
        ? []
        : hearing(walk, entry.value, at).map((closure) => ({ keys: [`text:${entry.key}`], closure, answers: false, named: false })),
    );
  }
  if (!LISTENING.has(method) || call.callee.kind !== "member") return [];
  const chosen = call.callee.object;
  if (chosen.kind === "call" && OF_CLASS.has(pathOf(chosen.callee).split(".").at(-1) ?? "") && chosen.args[0] !== undefined) {
    const keys = keysOf(valueOf(walk, chosen.args[0], at));
    return hearing(walk, first, at).map((closure) => ({ keys, closure, answers: false, named: false }));
  }
  const bus = valueOf(walk, call.callee.object, at);
  if (!isBus(walk, call.callee.object, bus, at.file, at.scope)) return [];
  const handler = rest.find((arg) => hearing(walk, arg, at).length > 0);
  if (handler === undefined)
    return method === "onAny"
      ? hearing(walk, first, at).map((closure) => ({ keys: ["text:**"], closure, bus, answers: false, named: true }))
      : [];
  const events = valueOf(walk, first, at);
  const keys = (events.kind === "list" && !events.tuple ? events.items : [events]).flatMap(keysOf);
  return hearing(walk, handler, at).map((closure) => ({ keys, closure, bus, answers: false, named: keys.includes("text:*") }));
}

function attributeOf(container: ContainerIR | null, name: string): Expr | undefined {
  return container?.fields.find((field) => field.name === name)?.value;
}

/** The functions in an expression that is registered: itself, a method of an object or class. */
function hearing(walk: Walk, expr: Expr, at: Place): readonly ClosureValue[] {
  const value = valueOf(walk, expr, at);
  if (value.kind === "closure") return [value];
  if (value.kind === "list") {
    const [owner, method] = value.items;
    if (owner?.kind !== "container" || method?.kind !== "literal" || typeof method.value !== "string") return [];
    return methodOf(walk, instanceOf(owner.of), [method.value]);
  }
  if (value.kind === "instance" && value.of !== undefined) return methodOf(walk, value, HEARING);
  return value.kind === "container" && value.of.sort === "class" ? methodOf(walk, instanceOf(value.of), HEARING) : [];
}

function methodOf(walk: Walk, value: Value, names: readonly string[]): readonly ClosureValue[] {
  for (const name of names) {
    const method = memberOf(walk, value, name, name);
    if (method.kind === "closure") return [method];
  }
  return [];
}

function decorated(walk: Walk, container: ContainerIR): Subscription[] {
  const at: Place = { file: container.file, scope: null, container };
  const eventsOf = (decorator: Decorator): string[] =>
    decorator.args.flatMap((arg) => (arg.kind === "list" ? arg.items : [arg])).flatMap((arg) => keysOf(valueOf(walk, arg, at)));
  const own = container.decorators.flatMap((decorator) => {
    const role = CLASS_LISTENERS.get(lastName(decorator.name));
    if (role === undefined) return [];
    return methodOf(walk, instanceOf(container), [role.method]).map((closure) => ({
      keys: eventsOf(decorator),
      closure,
      answers: role.answers,
      named: false,
    }));
  });
  const methods = container.functions.flatMap((fn) =>
    fn.decorators
      .filter((decorator) => METHOD_LISTENERS.has(lastName(decorator.name)))
      .map((decorator) => ({
        keys: [eventsOf(decorator), classesOf(decorator), typesOf(fn.params.slice(0, 1))].find((some) => some.length > 0) ?? [],
        closure: { kind: "closure", fns: [fn], env: null, self: instanceOf(container) } as const,
        answers: false,
        named: false,
      })),
  );
  return [...own, ...methods, ...observing(container), ...typedListeners(walk, container), ...namedListeners(container)];
}

/** `@EventListener(UserDeleted.class)`. */
function classesOf({ args }: Decorator): string[] {
  const exprs = args
    .flatMap((arg) => (arg.kind === "record" ? arg.entries.map((entry) => entry.value) : [arg]))
    .flatMap((arg) => (arg.kind === "list" ? arg.items : [arg]));
  return exprs.flatMap((expr) => (expr.kind === "member" && expr.property === "class" ? [`class:${lastName(pathOf(expr.object))}`] : []));
}

/** What a listener without further words hears: events of its parameter's class. */
function typesOf(params: FunctionIR["params"]): string[] {
  return params.flatMap(({ pattern }) =>
    pattern.kind === "bind" && pattern.type !== undefined ? [`class:${lastName(pattern.type.name)}`] : [],
  );
}

/** `App.Listeners.RecordLogin.handle(Login $event)`. A signal of a library has the name of its class. */
function namedListeners(container: ContainerIR): Subscription[] {
  if (container.sort !== "class" || !LISTENER_CLASSES.test(container.name)) return [];
  return container.functions.flatMap((fn) => {
    const keys = LISTENER_METHODS.test(fn.name) ? typesOf(fn.params.slice(0, 1)) : [];
    const closure: ClosureValue = { kind: "closure", fns: [fn], env: null, self: instanceOf(container) };
    return keys.length === 0
      ? []
      : [{ keys: keys.flatMap((key) => [key, signalKey(key.slice("class:".length))]), closure, answers: false, named: false }];
  });
}

/** `void onDeleted(@Observes UserDeleted event)`. */
function observing(container: ContainerIR): Subscription[] {
  return container.functions.flatMap((fn) => {
    const observed = fn.params.filter((param) => param.decorators.some((one) => PARAM_LISTENERS.has(lastName(one.name))));
    const closure: ClosureValue = { kind: "closure", fns: [fn], env: null, self: instanceOf(container) };
    return observed.length === 0 ? [] : [{ keys: typesOf(observed), closure, answers: false, named: false }];
  });
}

/** `class Auditor implements ApplicationListener<UserDeleted>`. */
function typedListeners(walk: Walk, container: ContainerIR): Subscription[] {
  return container.extends.flatMap((type) => {
    const heard = TYPED_LISTENERS.get(lastName(type.name));
    const event = type.args?.[0]?.name;
    if (heard === undefined || event === undefined) return [];
    return methodOf(walk, instanceOf(container), heard.methods).map((closure) => ({
      keys: [`class:${lastName(event)}`],
      closure,
      answers: heard.answers,
      named: false,
    }));
  });
}

const lastName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function valueOf(walk: Walk, expr: Expr, { file, scope, container }: Place): Value {
  return walk.valueAt(expr, file, scope, container);
}

/** Keys under which an object carries the name of the event that it is. */
const NAME_KEYS = ["type", "event", "eventName", "event_name", "name", "topic"];

/** What names an event: its text, its class, the constant that holds its name where that is not known. */
export function keysOf(value: Value): readonly string[] {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" && value.value !== "" ? [`text:${value.value}`] : [];
    case "container":
      return [`class:${lastName(value.of.name)}`];
    case "instance":
      return [`class:${lastName(value.name)}`];
    case "record":
      return NAME_KEYS.flatMap((key) => keysOf(value.entries.get(key) ?? { kind: "unknown" })).slice(0, 1);
    case "list":
      return value.items.length > 0 && value.items.every((item) => item.kind === "literal" && item.symbol)
        ? [`telemetry:${value.items.map((item) => (item.kind === "literal" ? String(item.value) : "")).join(".")}`]
        : value.items.flatMap(keysOf);
    case "unknown":
      return value.path !== undefined && value.args === undefined && /^[A-Z]\w*(?:\.\w+)+$|^[A-Z][A-Z0-9_]{3,}$/.test(value.path)
        ? [`path:${value.path}`, ...classNamed(value.path)]
        : [];
    default:
      return [];
  }
}

/** A class of a package, by its name. */
function classNamed(path: string): string[] {
  return /^[A-Z]\w*[a-z]\w*$/.test(path) ? [`class:${path}`] : [];
}
