import { isPasswordCheck, tellsHumans } from "../actions/checks.ts";
import { actionMask } from "../actions/match.ts";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import type { End } from "../frameworks/framework.ts";
import { answerFrom } from "./answers.ts";
import { applyClosure, runCallbacks } from "./apply.ts";
import { memberOf, nameValue } from "./lookup.ts";
import { performNative, performObserved } from "./native-calls.ts";
import { GETTERS, NATIVE, RESULT_SIDES, RESULT_TESTS } from "./natives.ts";
import { lastName, methodOf, type Ready } from "./ready.ts";
import { evaluateAll } from "./sequence.ts";
import { MAX_DEPTH, type Emission, type Scope, type Walk } from "./walk.ts";
import { FALSE, isRefusal, NULL, pathOf, TRUTHY, truthOf, UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import { merge } from "./join.ts";
import { addDone, addRecord, listed, push, sameSite, type Exit, type Flow, type Record, type Site, type Way } from "./way.ts";

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
  const site: Site = { file: scope.file, span: call };
  const record = walk.recordOf(call, target, receiver, args, scope);
  if (record !== undefined) return [{ way: addRecord(ready.way, record), value: TRUTHY }];
  if (call.creates) return [{ way: noteDeed(walk, ready, site), value: created(ready) }];
  const way = noteDeed(walk, ready, site);
  const emission = walk.listenersOf(walk, call, receiver, args, scope);
  if (emission === undefined || scope.depth >= MAX_DEPTH) return performDirect(walk, { ...ready, way }, site);
  if (emission.answers)
    return emission.heard.flatMap((heard) =>
      walk.spend() ? applyClosure(walk, heard.closure, heard.args, way, scope, call, lastName(ready.path)) : [],
    );
  return overheard(walk, emission, performDirect(walk, { ...ready, way }, site), scope);
}

/** What the call does itself. */
function performDirect(walk: Walk, ready: Ready, site: Site): readonly Flow[] {
  const { call, target, args, scope, way } = ready;
  if (target.kind === "closure" && scope.depth < MAX_DEPTH && walk.spend()) {
    return checked(walk, ready, applyClosure(walk, target, args, way, scope, call, lastName(ready.path)));
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
  const heard = emission.heard.map(({ closure, args, audit }) => ({
    audit,
    exits: walk.spend() ? walk.invoke(closure, args, scope.depth + 1) : [],
  }));
  const records = [
    ...(emission.records ?? []),
    ...heard.flatMap(({ exits, audit }) => overheardRecords(exits).filter((record) => !audit || record.by === "audit")),
  ];
  const unresolved = heard.flatMap(({ exits, audit }) => (audit ? [] : exits.flatMap((exit) => listed(exit.way.unresolved))));
  if (records.length === 0 && unresolved.length === 0) return flows;
  return flows.map((flow) => ({
    ...flow,
    way: unresolved.reduce((way, one) => ({ ...way, unresolved: push(way.unresolved, one) }), records.reduce(addRecord, flow.way)),
  }));
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
  if (words === undefined) return ready.way;
  walk.note({ ...site, words, path: ready.path, depth: 0 });
  return check ? ready.way : addDone(ready.way, actionMask(words));
}

/** Who checks a password lets somebody in, unless stronger evidence says what for. */
const PASSWORD_CHECK = ["authenticate", "credential"];

function isCheck(walk: Walk, ready: Ready): boolean {
  return !tellsHumans(ready.scope.file.path) && walk.isCheck(ready.path, namesOfArgs(ready));
}

const namesOfArgs = (ready: Ready): string[] => ready.call.args.map(pathOf).filter((name) => name !== "");

function created(ready: Ready): Value {
  const of = ready.target.kind === "container" ? ready.target.of : undefined;
  const source = ready.target.kind === "unknown" ? ready.target.source : undefined;
  return {
    kind: "instance",
    name: lastName(ready.path),
    args: ready.args,
    ...(of === undefined ? {} : { of }),
    ...(source === undefined ? {} : { source }),
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
  if (isUnresolved(ready) && (isLost(walk, ready) || walk.mayRecord(path)))
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
  return end === undefined ? forked(walk, ready, flows) : flows;
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
  return !ready.awaited && WRAPPER.test(name) && !AT_ONCE.test(name);
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

/** An opaque check of a credential or permission may say yes or no. */
function forked(walk: Walk, ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  if (!isCheck(walk, ready)) return flows;
  return flows.flatMap((flow) => {
    const truth = truthOf(flow.value);
    if (truth !== undefined && flow.value.kind !== "unknown") return [flow];
    const rejected: Way = { ...flow.way, didSince: 0, rejected: { file: ready.scope.file, span: ready.call } };
    return [
      { way: { ...flow.way, rejected: null }, value: { ...UNKNOWN, truthy: true, path: ready.path } },
      { way: rejected, value: FALSE },
    ];
  });
}

/** Names of functions that answer a question; what else checks (`loginWithPin`) raises when it is not right. */
const SAYS_YES_OR_NO = /(?:verif|check|compare|match|authenticat)[^.]*$|valid\??$/i;

/** After a check that could be followed: what it gave says whether it refused. */
function checked(walk: Walk, ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  if (!isCheck(walk, ready)) return flows;
  const site: Site = { file: ready.scope.file, span: ready.call };
  if (flows.length === 1 && flows[0]!.value.kind === "unknown" && flows[0]!.value.truthy !== true && SAYS_YES_OR_NO.test(ready.path))
    return forked(walk, ready, flows);
  // A function that gives nothing on any way answers no question, whatever it is called.
  if (flows.every((flow) => flow.value.kind === "literal" && flow.value.value === null && !flow.value.symbol)) return flows;
  return flows.map((flow) => {
    if (isRefusal(flow.value))
      return { ...flow, way: flow.way.rejected === null ? { ...flow.way, rejected: site, didSince: 0 } : flow.way };
    return truthOf(flow.value) === true ? { ...flow, way: { ...flow.way, rejected: null } } : flow;
  });
}
