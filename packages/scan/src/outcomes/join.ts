import { bindName, commonEnv, lookUp, TRUTHY, truthOf, UNKNOWN, type Env, type RecordValue, type Value } from "./values.ts";
import { identity, keyOf, tagOf, tellingKey } from "./value-keys.ts";
import { pushNew, sameSite, type Exit, type Flow, type Linked, type Record, type Way } from "./way.ts";

/** How a way ends, or will: ways that are equal in this may be joined when there are too many. */
function courseKey(way: Way, anywhere = false): string {
  let key = `${way.technical ? "T" : ""}${way.failed ? "F" : ""}${way.inside ? "I" : ""}`;
  if (way.rejected !== null) key += `R${way.rejected.span.start}`;
  if (way.caught !== null) key += `C${keyOf(way.caught, 1)}`;
  if (way.answer !== null)
    key += `A${way.answer.status ?? ""}${way.answer.kind ?? ""}${way.answer.sent ? "!" : ""}${way.answer.halted ? "h" : ""}${anywhere && isPlain(way.answer) ? way.answer.says.join() : way.answer.at.span.start}`;
  return key;
}

/** An answer that says nothing of how it went. */
function isPlain({ status, kind }: NonNullable<Way["answer"]>): boolean {
  return status === undefined && kind === undefined;
}

const recordKeys = new WeakMap<Linked<Record>, string>();

/** Lists of records are shared between ways: their keys are kept. */
function recordsKey(list: Linked<Record> | null): string {
  if (list === null) return "";
  let key = recordKeys.get(list);
  if (key === undefined) recordKeys.set(list, (key = `r${identity(list.item.file)}.${list.item.span.start}${recordsKey(list.next)}`));
  return key;
}

/** The course, and all that happened on it. */
function eventKey(way: Way, anywhere = false): string {
  let key = courseKey(way, anywhere) + recordsKey(way.records);
  if (way.did !== 0) key += `d${way.did}`;
  if (way.didSince !== 0) key += `s${way.didSince}`;
  if (way.unresolved !== null) key += "U";
  return key;
}

/** What happened on either: an outcome counts as recorded if some way to it records it, so nothing is lost for the verdict. */
function united(a: Way, b: Way): Way {
  const records = pushNew(a.records, b.records, sameSite);
  const quiet = pushNew(a.quiet, b.quiet, sameSite);
  const unresolved = pushNew(a.unresolved, b.unresolved, sameSite);
  const [did, didSince] = [a.did | b.did, a.didSince | b.didSince];
  if (records === a.records && quiet === a.quiet && unresolved === a.unresolved && did === a.did && didSince === a.didSince) return a;
  return { ...a, records, quiet, did, didSince, unresolved };
}

/** Names of the function at hand that were bound on some of the ways only: by their values ways may differ. */
function partingNames(flows: readonly Flow[], base: Env | null): readonly string[] {
  let common = flows[0]!.way.env;
  for (const { way } of flows) common = commonEnv(common, way.env, base);
  const names = new Set<string>();
  for (const { way } of flows) for (let at = way.env; at !== null && at !== common; at = at.next) names.add(at.name);
  return [...names];
}

/** The values of names that say which way was taken: `{:error, _}`, false, a left side. */
function tagKey(env: Env | null, names: readonly string[], base: Env | null): string {
  let key = "";
  for (const name of names) {
    const value = lookUp(env, name, base);
    const tag = value === undefined ? "" : tagOf(value);
    if (tag !== "") key += `${name}${tag};`;
  }
  return key;
}

/** More ways than this at one point are thinned out: those that differ only in the values of names are joined first. */
const MAX_WAYS = 20;

/** Exits of a function beyond this many are told apart by what happened and by the tag of what they give. */
const MAX_EXITS = 6;

/** Joins flows that differ in nothing that matters. `base`: names from there on are the caller's; `isLive`: whether a name is read later. */
export function merge(flows: readonly Flow[], base: Env | null, isLive: (name: string) => boolean = () => true): readonly Flow[] {
  if (flows.length < 2) return flows;
  const names = partingNames(flows, base).filter(isLive);
  const joined = joinBy(flows, (flow) => `${keyOf(flow.value, 2)}|${eventKey(flow.way)}|${tagKey(flow.way.env, names, base)}`, base);
  if (joined.length <= MAX_WAYS) return joined;
  const coarse = joinBy(joined, (flow) => `${tagOf(flow.value)}|${courseKey(flow.way)}`, base);
  return coarse.length <= MAX_WAYS
    ? coarse
    : [...coarse].sort((a, b) => Number(a.way.technical) - Number(b.way.technical)).slice(0, MAX_WAYS);
}

/** An object literal has a variant for every choice among its entries, and their product goes into each call that takes it: beyond this many, only what it says happened tells them apart. */
const MAX_VARIANTS = 3;

/** Joins the variants of an object that differ only in entries that say nothing of what happened. */
export function gather(flows: readonly Flow[], base: Env | null): readonly Flow[] {
  if (flows.length <= MAX_VARIANTS) return flows;
  const names = partingNames(flows, base);
  return joinBy(flows, (flow) => `${tellingKey(flow.value)}|${eventKey(flow.way)}|${tagKey(flow.way.env, names, base)}`, base);
}

function joinBy(flows: readonly Flow[], keyOfFlow: (flow: Flow) => string, base: Env | null): Flow[] {
  const byKey = new Map<string, Flow>();
  for (const flow of flows) {
    const key = keyOfFlow(flow);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? flow : joinFlows(known, flow, base));
  }
  return [...byKey.values()];
}

function joinFlows(a: Flow, b: Flow, base: Env | null): Flow {
  const env = joinEnv(a.way.env, b.way.env, base);
  const value = a.value === b.value || keyOf(a.value) === keyOf(b.value) ? a.value : joinValues(a.value, b.value);
  const way = united(a.way, b.way);
  return { value, way: env === way.env ? way : { ...way, env } };
}

/** What holds on both ways: names with different values are unknown after they meet. */
function joinEnv(a: Env | null, b: Env | null, base: Env | null): Env | null {
  if (a === b) return a;
  const common = commonEnv(a, b, base);
  const names = new Set<string>();
  for (let at = b; at !== null && at !== common; at = at.next) names.add(at.name);
  for (let at = a; at !== null && at !== common; at = at.next) names.add(at.name);
  let joined = common;
  for (const name of names) {
    const [x, y] = [lookUp(a, name), lookUp(b, name)];
    joined = bindName(joined, name, x !== undefined && y !== undefined && (x === y || keyOf(x) === keyOf(y)) ? x : joinValues(x, y));
  }
  return joined;
}

const isFault = (value: Value): boolean => value.kind === "unknown" && value.fault === true;
const isNull = (value: Value): boolean => value.kind === "literal" && value.value === null && !value.symbol;

function joinValues(a: Value | undefined, b: Value | undefined): Value {
  if (a?.kind === "unknown" && b?.kind === "unknown" && a.path === b.path) return { ...a, truthy: a.truthy === true && b.truthy === true };
  if (a !== undefined && b !== undefined && (isFault(a) || isFault(b)) && [a, b].every((one) => isFault(one) || isNull(one)))
    return { ...((isFault(a) ? a : b) as Value & { kind: "unknown" }), truthy: false };
  // A value narrowed to null by a test and the same value not narrowed are the value itself again.
  if (a?.kind === "unknown" && b?.kind === "literal" && b.narrowed !== undefined) return { ...a, truthy: false };
  if (b?.kind === "unknown" && a?.kind === "literal" && a.narrowed !== undefined) return { ...b, truthy: false };
  if (a?.kind === "record" && b?.kind === "record" && a.type === b.type) return joinRecords(a, b);
  return a !== undefined && b !== undefined && truthOf(a) === true && truthOf(b) === true ? TRUTHY : UNKNOWN;
}

/** The same object filled in two ways: its keys are known, its values where they agree. */
function joinRecords(a: RecordValue, b: RecordValue): Value {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  const entries = new Map<string, Value>();
  for (const key of keys) {
    const [x, y] = [a.entries.get(key), b.entries.get(key)];
    entries.set(
      key,
      x !== undefined && y !== undefined && (x === y || keyOf(x) === keyOf(y))
        ? x
        : x === undefined || y === undefined
          ? UNKNOWN
          : joinValues(x, y),
    );
  }
  return { kind: "record", entries, open: a.open || b.open, ...(a.type === undefined ? {} : { type: a.type }) };
}

/**
 * `telling`: an error as far as it matters; errors that say nothing of a refusal are alike. `inner`: the function is not the
 * handler, and where a helper sends what says nothing of how it went (compressed, streamed, plain) is its own affair.
 */
export function mergeExits(exits: readonly Exit[], telling: (value: Value) => Value, inner: boolean): Exit[] {
  if (exits.length < 2) return [...exits];
  const fine = uniqueBy(
    exits,
    (exit) => `${exit.kind}|${keyOf(exit.value, 2)}|${eventKey(exit.way, inner)}|${exit.kind === "return" ? "" : exit.at.span.start}`,
  );
  if (fine.length <= MAX_EXITS) return fine;
  const coarse = uniqueBy(
    fine,
    (exit) => `${exit.kind}|${exit.kind === "throw" ? keyOf(telling(exit.value), 1) : tagOf(exit.value)}|${courseKey(exit.way, true)}`,
  );
  if (coarse.length <= MAX_WAYS) return coarse;
  // Technical ways go first: what they end in is seldom asked for. Then each kind of end keeps its share.
  const told = coarse.filter((exit) => !exit.way.technical);
  const returns = oneOfEach(told.filter((exit) => exit.kind === "return"));
  return [...returns.slice(0, MAX_WAYS), ...oneOfEach(told.filter((exit) => exit.kind !== "return")).slice(0, MAX_WAYS)];
}

/** The first of each way to answer before the others: where there are too many, none of them is lost. */
function oneOfEach(exits: readonly Exit[]): readonly Exit[] {
  const seen = new Set<string>();
  const isFirst = exits.map(({ way, value }) => {
    const key = `${way.answer?.status ?? ""}${way.answer?.kind ?? ""}${way.rejected === null ? "" : "R"}${tagOf(value)}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  return [...exits.filter((_, i) => isFirst[i]), ...exits.filter((_, i) => !isFirst[i])];
}

function uniqueBy(exits: readonly Exit[], keyOfExit: (exit: Exit) => string): Exit[] {
  const byKey = new Map<string, Exit>();
  for (const exit of exits) {
    const key = keyOfExit(exit);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? exit : { ...known, way: united(known.way, exit.way) });
  }
  return [...byKey.values()];
}
