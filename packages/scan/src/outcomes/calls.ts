import { isPasswordCheck } from "../actions/checks.ts";
import { actionMask } from "../actions/match.ts";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import type { End } from "../frameworks/framework.ts";
import { answerFrom } from "./answers.ts";
import { applyClosure, runCallbacks } from "./apply.ts";
import { checked, decided, forked, guardsForms, isCheck, mayFail, namesOfArgs } from "./checking.ts";
import { countWithError } from "./error-values.ts";
import { nameValue } from "./lookup.ts";
import { memberOf } from "./members.ts";
import { performNative, performObserved } from "./native-calls.ts";
import { GETTERS, NATIVE, RESULT_SIDES, RESULT_TESTS } from "./natives.ts";
import { lastName, methodOf, type Ready } from "./ready.ts";
import { evaluateAll } from "./sequence.ts";
import { typedValue } from "./typed.ts";
import { typeContainer } from "./type-containers.ts";
import { MAX_DEPTH, type Emission, type Scope, type Walk } from "./walk.ts";
import { FALSE, NULL, pathOf, TRUTHY, truthOf, UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import { merge } from "./join.ts";
import {
  addDone,
  addQuiet,
  addRecord,
  isKept,
  listed,
  push,
  sameSite,
  type Exit,
  type Flow,
  type Record,
  type Site,
  type Way,
} from "./way.ts";

/** Every way through a call: what it records, answers, raises, and what it gives. */
export function evaluateCall(walk: Walk, call: CallExpr, way: Way, scope: Scope, awaited = false): readonly Flow[] {
  const flows: Flow[] = [];
  for (const { way: at, target, receiver } of evaluateCallee(walk, call.callee, way, scope)) {
    for (const { way: ready, values } of evaluateAll(walk, call.args, at, scope)) {
      flows.push(...perform(walk, { call, target, receiver, args: values, path: pathOf(call.callee), way: ready, scope, awaited }));
    }
  }
  return merge(flows, scope.base);
}

function evaluateCallee(walk: Walk, callee: Expr, way: Way, scope: Scope): readonly { way: Way; target: Value; receiver: Value | null }[] {
  if (callee.kind === "name") return [{ way, target: nameValue(walk, callee.name, way.env, scope), receiver: null }];
  if (callee.kind !== "member")
    return walk.evaluate(callee, way, scope).map((flow) => ({ way: flow.way, target: flow.value, receiver: null }));
  return walk.evaluate(callee.object, way, scope).map((flow) => ({
    way: flow.way,
    receiver: flow.value,
    target: callee.property === null ? UNKNOWN : memberOf(walk, flow.value, callee.property, pathOf(callee)),
  }));
}

function perform(walk: Walk, ready: Ready): readonly Flow[] {
  const { call, target, receiver, args, scope } = ready;
  const record = walk.recordOf(call, target, receiver, args, scope);
  if (record === undefined) return performUnrecorded(walk, ready);
  if (isKept(record)) return [{ way: addRecord(ready.way, record), value: TRUTHY }];
  return performUnrecorded(walk, { ...ready, way: addQuiet(ready.way, record) });
}

function performUnrecorded(walk: Walk, ready: Ready): readonly Flow[] {
  const { call, target, scope } = ready;
  const site: Site = { file: scope.file, span: call };
  if (call.creates) return [{ way: ready.way, value: created(walk, ready) }];
  const way = noteDeed(walk, ready, site);
  if (call.declines && target.kind !== "closure")
    return [...performed(walk, { ...ready, way }, site, TRUTHY), { way: ready.way, value: FALSE }];
  return performed(walk, { ...ready, way }, site);
}

/** The call itself, and what listens to it. `gives` stands for its value, where that is known. */
function performed(walk: Walk, ready: Ready, site: Site, gives?: Value): readonly Flow[] {
  const flows = heardOf(walk, ready, site);
  return gives === undefined ? flows : flows.map((flow) => ({ way: flow.way, value: gives }));
}

function heardOf(walk: Walk, ready: Ready, site: Site): readonly Flow[] {
  const { call, receiver, args, scope, way } = ready;
  const emission = walk.listenersOf(walk, call, receiver, args, scope);
  if (emission === undefined || scope.depth >= MAX_DEPTH) return performDirect(walk, ready, site);
  if (emission.answers)
    return emission.heard.flatMap((heard) =>
      walk.spend() ? applyClosure(walk, heard.closure, heard.args, way, scope, call, lastName(ready.path)) : [],
    );
  return overheard(walk, emission, performDirect(walk, ready, site), scope);
}

/** What the call does itself. */
function performDirect(walk: Walk, ready: Ready, site: Site): readonly Flow[] {
  const { call, target, args, scope, way } = ready;
  if (target.kind === "closure" && scope.depth < MAX_DEPTH && walk.spend()) {
    return answering(
      walk,
      ready,
      checked(walk, ready, typed(walk, target, applyClosure(walk, target, args, way, scope, call, lastName(ready.path)))),
    );
  }
  const result = resultValue(ready) ?? gotten(ready);
  if (result !== undefined) return [{ way, value: result }];
  const native = NATIVE.get(methodOf(ready));
  if (native !== undefined && call.callee.kind === "member") {
    const done = performNative(walk, native, ready);
    if (done !== undefined) return done;
  }
  return performObserved(walk, ready) ?? performOpaque(walk, ready, site);
}

/** The status that a helper is called for, where what it does with it could not be followed. */
function answering(walk: Walk, ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  const [end] = endOf(walk, ready);
  const status = end?.status;
  if (end?.helper !== true || status === undefined) return flows;
  const at: Site = { file: ready.scope.file, span: ready.call };
  return flows.map((flow) => {
    const { answer } = flow.way;
    if (answer?.status !== undefined || answer?.kind !== undefined) return flow;
    return { ...flow, way: { ...flow.way, answer: { sent: end.sent ?? false, says: [], at, ...answer, status } } };
  });
}

/** What a function gives has the type that it declares. */
function typed(walk: Walk, { fns }: ClosureValue, flows: readonly Flow[]): readonly Flow[] {
  const fn = fns[0];
  const returns = fn?.returns;
  if (fn === undefined || returns === undefined) return flows;
  return flows.map((flow) => {
    const value = typedValue(walk, flow.value, returns, fn.file);
    return value === flow.value ? flow : { ...flow, value };
  });
}

/** `Keyword.get(opts, :audit)`: options that are known are read. */
function gotten(ready: Ready): Value | undefined {
  const how = GETTERS.get(ready.path);
  const [from, key, fallback] = ready.args;
  if (how === undefined || from === undefined || key?.kind !== "literal" || typeof key.value !== "string") return undefined;
  const empty = from.kind === "list" && from.items.length === 0;
  if (from.kind !== "record" && !empty) return undefined;
  const found = from.kind === "record" ? from.entries.get(key.value) : undefined;
  if (found === undefined && from.kind === "record" && from.open) return undefined;
  if (how === "value") return found ?? fallback ?? NULL;
  return found === undefined
    ? { kind: "literal", value: "error", symbol: true }
    : { kind: "list", tuple: true, items: [{ kind: "literal", value: "ok", symbol: true }, found] };
}

/** Of what listens, only what it records counts: it answers nobody, and what it throws reaches nobody. */
function overheard(walk: Walk, emission: Emission, flows: readonly Flow[], scope: Scope): readonly Flow[] {
  const heard = emission.heard.map(({ closure, args, audit, when }) => {
    const exits = walk.spend() ? walk.invoke(closure, args, scope.depth + 1) : [];
    const records = overheardRecords(exits).filter((record) => !audit || record.by === "audit");
    return { when, records, unresolved: audit ? [] : exits.flatMap((exit) => listed(exit.way.unresolved)) };
  });
  return flows.map((flow) => {
    const isRefusal = truthOf(flow.value) === false;
    const mine = heard.filter(({ when }) => when === undefined || (when === "refused") === isRefusal);
    const records = [...(emission.records ?? []), ...mine.flatMap((one) => one.records)];
    const unresolved = mine.flatMap((one) => one.unresolved);
    if (records.length === 0 && unresolved.length === 0) return flow;
    const way = records.reduce(addRecord, flow.way);
    return { ...flow, way: unresolved.reduce((at, one) => ({ ...at, unresolved: push(at.unresolved, one) }), way) };
  });
}

/** A listener that is there to record does so whatever way it takes; a line on some way tells of its own work. */
function overheardRecords(exits: readonly Exit[]): readonly Record[] {
  const ways = exits.filter((exit) => exit.kind === "return" && !exit.way.technical).map((exit) => listed(exit.way.records));
  return exits
    .flatMap((exit) => listed(exit.way.records))
    .filter((record) => record.by === "audit" || ways.every((records) => records.some((one) => sameSite(one, record))));
}

/** `E.left(x)`, `ok(x)`, `E.isLeft(result)`, `result.isErr()`: result types keep their side. */
function resultValue(ready: Ready): Value | undefined {
  const method = methodOf(ready);
  const side = RESULT_SIDES.get(method);
  if (side !== undefined && ready.args.length <= 1) {
    const inner = ready.args[0] ?? UNKNOWN;
    const keys = side === "bad" ? ["left", "error", "err"] : ["right", "value", "ok"];
    return { kind: "record", open: true, type: side, entries: new Map(keys.map((key) => [key, inner])) };
  }
  const asked = RESULT_TESTS.get(method);
  const subject = ready.args[0] ?? ready.receiver;
  if (asked === undefined || subject?.kind !== "record" || (subject.type !== "good" && subject.type !== "bad")) return undefined;
  return { kind: "literal", value: subject.type === asked };
}

function noteDeed(walk: Walk, ready: Ready, site: Site): Way {
  const words = walk.deedOf(ready.path, ready.args);
  const check = isCheck(walk, ready);
  if (check && isPasswordCheck(ready.path, namesOfArgs(ready))) walk.note({ ...site, words: PASSWORD_CHECK, path: ready.path, depth: 0 });
  if (words === undefined || guardsForms(ready)) return ready.way;
  walk.note({ ...site, words, path: ready.path, depth: 0 });
  return check ? ready.way : addDone(ready.way, actionMask(words));
}

/** Who checks a password lets somebody in, unless stronger evidence says what for. */
const PASSWORD_CHECK = ["authenticate", "credential"];

function created(walk: Walk, ready: Ready): Value {
  const [end, given] = endOf(walk, ready);
  const says = end?.says === undefined ? ready.args : end.says.map((expr) => ready.args[given.indexOf(expr)] ?? UNKNOWN);
  const { target, call, scope } = ready;
  // A variable may bear the name of the type: `handler := &handler{…}`.
  const hidden =
    target.kind === "unknown" && call.callee.kind === "name" ? typeContainer(walk, { name: call.callee.name }, scope.file) : undefined;
  const of = target.kind === "container" ? target.of : hidden;
  const source = ready.target.kind === "unknown" ? ready.target.source : undefined;
  return {
    kind: "instance",
    name: lastName(ready.path),
    args: ready.args,
    ...(of === undefined ? {} : { of }),
    ...(source === undefined ? {} : { source }),
    ...(end?.sent === true ? { answers: { end, says } } : {}),
  };
}

/** What a call says about the answer, with names replaced by what they are known to hold: `put_status(conn, status)`. */
function endOf(walk: Walk, { call, args }: Ready): [End | undefined, readonly Expr[]] {
  const end = walk.endOfCall(call);
  if (end === undefined || !call.args.some((arg, i) => isConcrete(arg, args[i]))) return [end, call.args];
  const concrete = call.args.map((arg, i) => concreteExpr(arg, args[i]));
  return [walk.endOfCall({ ...call, args: concrete }), concrete];
}

const isConcrete = (expr: Expr, value: Value | undefined): boolean =>
  expr.kind !== "literal" && (value?.kind === "literal" || value?.kind === "record");

function concreteExpr(expr: Expr, value: Value | undefined): Expr {
  const { start, end } = expr;
  if (value?.kind === "literal" && expr.kind !== "literal")
    return { kind: "literal", value: value.value, start, end, ...(value.symbol ? { symbol: true } : {}) };
  if (value?.kind !== "record" || value.type !== undefined) return expr;
  const written = new Map(expr.kind === "record" ? expr.entries.map((entry) => [entry.key, entry.value]) : []);
  const entries = [...value.entries].map(([key, item]) => ({
    key,
    value: concreteExpr(written.get(key) ?? { kind: "opaque", parts: [], start, end }, item),
    start,
    end,
  }));
  return { kind: "record", entries, start, end };
}

/** A call that leaves what the project knows: frameworks and libraries. What it was given to call back is called once. */
function performOpaque(walk: Walk, ready: Ready, site: Site): readonly Flow[] {
  const { call, args, scope, path } = ready;
  const [end, given] = endOf(walk, ready);
  let way = ready.way;
  if (end !== undefined) {
    const said = end.says === undefined ? args : end.says.map((expr) => args[given.indexOf(expr)] ?? UNKNOWN);
    const passing = way;
    way =
      end.status === undefined && end.kind === undefined && end.sent === undefined && end.says === undefined && !end.halts
        ? way
        : answerFrom(end, said, way, site);
    const raised = end.raises === undefined ? undefined : (args[given.indexOf(end.raises)] ?? UNKNOWN);
    if (raised !== undefined && truthOf(raised) === false) return [{ way: passing, value: UNKNOWN }];
    if (raised !== undefined || end.stops) {
      scope.exits.push({ kind: "stop", way, value: raised ?? UNKNOWN, at: site });
      return end.perhaps ? [{ way: passing, value: TRUTHY }] : [];
    }
    if (end.perhaps)
      return [
        { way, value: UNKNOWN },
        { way: passing, value: TRUTHY },
      ];
  }
  if (end?.throws !== undefined) return thrownBy(walk, ready, end, end.throws);
  if (end?.decides) return decided(ready, [{ way, value: { kind: "unknown", path, args } }]);
  if (isUnresolved(ready) && !isCheck(walk, ready) && (isLost(walk, ready) || walk.mayRecord(path)))
    way = { ...way, unresolved: push(way.unresolved, { ...site, call: path }) };
  const source = sourceOf(ready);
  const value: Value = { kind: "unknown", path, args, ...(source === undefined ? {} : { source }) };
  const held = ready.target.kind === "unknown" && ready.target.wraps ? (ready.target.args ?? []) : [];
  const closures = [...held, ...args].filter((arg): arg is ClosureValue => arg.kind === "closure");
  if (closures.length > held.length && defers(ready)) return [{ way, value: { ...value, wraps: true } }];
  const handed = TRANSACTION.test(lastName(path)) && ready.receiver !== null ? [ready.receiver] : [];
  // What a function that was handed over gives is what the call gives, where it is the only one: transactions, contexts, retries.
  const gives = closures.length === 1 && args.at(-1) === closures[0];
  const flows =
    closures.length === 0
      ? [{ way, value: value as Value }]
      : runCallbacks(walk, closures, way, scope, handed, call).map((flow) => ({
          way: flow.way,
          value: gives && flow.value.kind !== "unknown" && !isBad(flow.value) ? flow.value : value,
        }));
  if (end !== undefined) return flows;
  const count = countWithError(ready);
  return count > 0 ? mayFail(walk, ready, flows, count) : forked(walk, ready, flows);
}

/** A check that throws where it refuses; what it gives otherwise is what was asked for. */
function thrownBy(walk: Walk, ready: Ready, { sends }: End, name: string): readonly Flow[] {
  const site: Site = { file: ready.scope.file, span: ready.call };
  const refused = afterEvents(walk, sends?.refused, { ...ready.way, didSince: 0, rejected: site }, ready.scope);
  ready.scope.exits.push({ kind: "throw", way: refused, value: { kind: "instance", name, args: [] }, at: site });
  const way = afterEvents(walk, sends?.done, { ...ready.way, rejected: null }, ready.scope);
  return [{ way, value: { kind: "unknown", truthy: true, path: ready.path } }];
}

/** The way after listeners of the application heard events that the framework sent. */
function afterEvents(walk: Walk, events: readonly string[] | undefined, way: Way, scope: Scope): Way {
  return (events ?? []).reduce((at, event) => {
    const emission = emissionOf(walk, event, scope);
    return emission === undefined ? at : (overheard(walk, emission, [{ way: at, value: UNKNOWN }], scope)[0]?.way ?? at);
  }, way);
}

/** Who hears an event of this class that the framework sends. */
export function emissionOf(walk: Walk, event: string, scope: Scope): Emission | undefined {
  const at = { start: 0, end: 0 };
  const callee: Expr = { kind: "member", ...at, object: { kind: "name", ...at, name: "publisher" }, property: "publishEvent" };
  return walk.listenersOf(walk, { kind: "call", ...at, callee, args: [] }, null, [{ kind: "instance", name: event, args: [] }], {
    ...scope,
    still: false,
  });
}

/** Names of functions that make a function of a function: `asyncHandler(fn)`, `withAuth(fn)`, `createAction(fn)`. */
const WRAPPER =
  /^(?:with[A-Z_]|wrap|create|make|define|build|use[A-Z]|on[A-Z]|async|catch(?:Async|Errors)|memo|debounce|throttle|safe|protect|require|ensure|guard|auth|rate|cached?$|compose|curry|partial|promisify|callback|middleware)|(?:handler|middleware|wrapper|wrap|action|procedure|resolver|callback|async|hoc|hook)$/i;
/** Names that begin alike and call at once. */
const AT_ONCE = /transaction|lock|context|retry|span|trace|session|timeout|tenant|scope|instrument|cache[A-Z]|run|timing/i;

/** Whether functions handed to an unknown call are run later, if at all. */
function defers(ready: Ready): boolean {
  if (ready.scope.still) return true;
  const name = lastName(ready.path);
  return !ready.awaited && !ready.call.runs && WRAPPER.test(name) && !AT_ONCE.test(name);
}

/** Calls that hand themselves, bound to a transaction, to the function that they are given. */
const TRANSACTION = /transaction/i;

const isBad = (value: Value): boolean => value.kind === "record" && value.type === "bad";

function sourceOf(ready: Ready): string | undefined {
  if (ready.target.kind === "unknown" && ready.target.source !== undefined) return ready.target.source;
  return ready.receiver?.kind === "unknown" || ready.receiver?.kind === "instance" ? ready.receiver.source : undefined;
}

/** Part of the application by its looks, yet not found: not from a package, not a plain value's method. */
function isUnresolved(ready: Ready): boolean {
  const source = sourceOf(ready);
  return ready.target.kind === "unknown" && (source === undefined || source.startsWith(".") || /^\p{Lu}/u.test(source));
}

/** Code of the project that should be there and is not: a relative import, a module of the application's own namespace. */
function isLost(walk: Walk, ready: Ready): boolean {
  const source = sourceOf(ready);
  if (source === undefined) return false;
  return source.startsWith(".") ? !/\.(?:json|css|scss|svg|png|ya?ml|txt|md|wasm|graphql|html)$/.test(source) : walk.isOwnModule(source);
}
