import type { CallExpr } from "../ir/nodes.ts";
import { ASKING, SENDING, SENDING_FUNCTIONS, SENDS_SIGNAL, SIGNAL_NAME, SIGNAL_SENDING } from "../loggers/event-buses.ts";
import { isTelemetry, telemetryEvents } from "../loggers/elixir-telemetry.ts";
import type { Project } from "../project/project.ts";
import { isBus, mayBeSame } from "./buses.ts";
import { createSubscriptions, keysOf, signalKey, type Subscription } from "./subscriptions.ts";
import { instanceOf, pathOf, UNKNOWN, type Value } from "./values.ts";
import type { Emission, Heard, Scope, WalkFacts } from "./walk.ts";

/** Finds the functions that run when a call emits an event of the application. */
export function createListenerFinder(project: Project): WalkFacts["listenersOf"] {
  const subscriptions = createSubscriptions(project);
  return (walk, call, receiver, args, scope) => {
    const method = lastName(pathOf(call.callee));
    const signals = scope.still ? [] : signalsOf(call, scope);
    if (signals.length > 0) {
      const heard = signals.flatMap(({ name, when }) => heardSignal(subscriptions(walk, [name]), name, when));
      return heard.length === 0 ? undefined : { heard, answers: false };
    }
    if (scope.still) return undefined;
    const event = eventSent(call, method, receiver, args);
    if (event !== undefined)
      return heardBy(
        subscriptions(walk, []),
        (one) => !one.answers && isHeard([event.key], one),
        () => event.args,
      );
    if (call.callee.kind !== "member") return undefined;
    if (TELEMETRY.has(method)) {
      const sent = telemetryOf(call, args, scope);
      if (sent.length > 0)
        return heardBy(
          subscriptions(walk, []),
          (one) => one.keys.some((key) => sent.includes(key)),
          (one) => telemetryArgs(one, sent, args),
        );
    }
    const asks = ASKING.has(method) && args[0]?.kind === "instance";
    if (!asks && !SENDING.has(method)) return undefined;
    const keys = args[0] === undefined ? [] : keysOf(args[0]);
    if (keys.length === 0) return undefined;
    const isClass = keys[0]!.startsWith("class:");
    if (!isClass && !isBus(walk, call.callee.object, receiver ?? UNKNOWN, scope.file, scope.fn)) return undefined;
    const known = subscriptions(walk, isClass ? [] : keys.map((key) => key.slice(key.indexOf(":") + 1)));
    const hears = (one: Subscription): boolean =>
      one.answers === asks && isHeard(keys, one) && (isClass || one.bus === undefined || mayBeSame(walk, receiver ?? UNKNOWN, one.bus));
    return heardBy(known, hears, (one) => (isClass ? args : one.named ? args : args.slice(1)));
  };
}

/** Those who hear a signal, and where. */
function heardSignal(known: readonly Subscription[], name: string, when: Heard["when"]): readonly Heard[] {
  const key = signalKey(name);
  const heard = heardBy(
    known,
    (one) => one.keys.includes(key),
    (one) => one.closure.fns[0]!.params.map(() => UNKNOWN),
  );
  return (heard?.heard ?? []).map((one) => (when === undefined ? one : { ...one, when }));
}

/** `event(new UserDeleted($user))`, `UserDeleted::dispatch($user)`: the class of the event, and what its listeners are given. */
function eventSent(
  call: CallExpr,
  method: string,
  receiver: Value | null,
  args: readonly Value[],
): { readonly key: string; readonly args: readonly Value[] } | undefined {
  const [first] = args;
  if (call.callee.kind === "name") {
    const key = SENDING_FUNCTIONS.has(method) && first?.kind === "instance" ? keysOf(first)[0] : undefined;
    return key === undefined ? undefined : { key, args };
  }
  if (receiver?.kind !== "container" || !/^dispatch(?:If|Unless|Sync|Now)?$/.test(method)) return undefined;
  return { key: keysOf(receiver)[0]!, args: [instanceOf(receiver.of)] };
}

interface Signal {
  readonly name: string;
  readonly when?: Heard["when"];
}

/** The signals that a call sends: `user_banned.send(…)`, or a function of a library that does. */
function signalsOf(call: CallExpr, scope: Scope): readonly Signal[] {
  const path = pathOf(call.callee);
  const [root = "", ...rest] = path.split(".");
  if (call.callee.kind === "member" && SIGNAL_SENDING.has(rest.at(-1) ?? "")) {
    const name = path.split(".").at(-2)!;
    return SIGNAL_NAME.test(name) ? [{ name }] : [];
  }
  if (rest.length > 1) return [];
  const from = scope.file.imports.find((one) => one.local === root);
  if (from === undefined) return [];
  const [name, source] = rest.length === 0 ? [from.imported, from.source] : [rest[0]!, `${from.source}.${from.imported}`];
  return SENDS_SIGNAL.filter((one) => one.name === name && one.source.test(source)).map((one): Signal => {
    const when = one.refused ? "refused" : one.done ? "done" : undefined;
    return { name: one.signal, ...(when && { when }) };
  });
}

const lastName = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

function heardBy(
  known: readonly Subscription[],
  hears: (one: Subscription) => boolean,
  argsOf: (one: Subscription) => readonly Value[],
): Emission | undefined {
  const mine = known.filter(hears);
  if (mine.length === 0) return undefined;
  const heard: Heard[] = mine.map((one) => ({ closure: one.closure, args: argsOf(one) }));
  return { heard, answers: mine.some((one) => one.answers) };
}

function isHeard(keys: readonly string[], { keys: heard }: Subscription): boolean {
  return keys.some((key) => heard.some((one) => one === key || (one.includes("*") && fitsWild(key, one))));
}

/** `user.*` hears one part more, `**` whatever follows, `*` alone everything. */
function fitsWild(key: string, wild: string): boolean {
  if (!key.startsWith("text:") || !wild.startsWith("text:")) return false;
  if (wild === "text:*" || wild === "text:**") return true;
  const separator = /[.:/]/;
  const [parts, wanted] = [key.slice(5).split(separator), wild.slice(5).split(separator)];
  if (wanted.at(-1) === "**") return wanted.slice(0, -1).every((part, i) => part === "*" || part === parts[i]);
  return parts.length === wanted.length && wanted.every((part, i) => part === "*" || part === parts[i]);
}

const TELEMETRY: ReadonlySet<string> = new Set(["execute", "span"]);

/** The events that a call of `:telemetry` sends where nothing goes wrong. */
function telemetryOf(call: CallExpr, args: readonly Value[], scope: Scope): readonly string[] {
  if (!isTelemetry(call)) return [];
  const attributeOf = (name: string) => scope.container?.fields.find((field) => field.name === name)?.value;
  const written = telemetryEvents(call, attributeOf).map((event) => `telemetry:${event}`);
  const known = written.length > 0 || args[0] === undefined ? [] : keysOf(args[0]);
  const all =
    known.length > 0 && lastName(pathOf(call.callee)) === "span"
      ? known.flatMap((key) => [`${key}.start`, `${key}.stop`])
      : [...written, ...known];
  return all.filter((key) => key.startsWith("telemetry:") && !key.endsWith(".exception"));
}

/** Event, measurements, metadata, config. https://hexdocs.pm/telemetry/telemetry.html#type-handler_function */
function telemetryArgs(one: Subscription, sent: readonly string[], args: readonly Value[]): readonly Value[] {
  const event = one.keys.find((key) => sent.includes(key))!.slice("telemetry:".length);
  const named: Value = {
    kind: "list",
    tuple: false,
    items: event.split(".").map((part) => ({ kind: "literal", value: part, symbol: true })),
  };
  return [named, args[1] ?? UNKNOWN, args[2] ?? UNKNOWN, UNKNOWN];
}
