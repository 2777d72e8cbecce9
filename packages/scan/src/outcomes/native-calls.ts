import type { Expr } from "../ir/nodes.ts";
import { applyClosure, runCallbacks } from "./apply.ts";
import { ERROR_OBSERVER, OBSERVERS, OBSERVING, ON_ERROR_ONLY, type Native } from "./natives.ts";
import { methodOf, type Ready } from "./ready.ts";
import { telling } from "./thrown.ts";
import type { Scope, Walk } from "./walk.ts";
import { UNKNOWN, type ClosureValue, type Value } from "./values.ts";
import { merge } from "./join.ts";
import { addRecord, listed, type Exit, type Flow, type Site } from "./way.ts";

/** Methods of the languages' own values whose meaning ways depend on. */
export function performNative(walk: Walk, native: Native, ready: Ready): readonly Flow[] | undefined {
  const { args, way, scope, call, receiver } = ready;
  const first = args[0];
  const closure = first?.kind === "closure" ? first : undefined;
  switch (native) {
    case "then": {
      const failed = args[1]?.kind === "closure" ? args[1] : undefined;
      if (closure === undefined) return undefined;
      const flows = [...applyClosure(walk, closure, [receiver ?? UNKNOWN], way, scope, call, "")];
      if (failed !== undefined) flows.push(...applyClosure(walk, failed, [UNKNOWN], { ...way, technical: true }, scope, call, ""));
      return flows;
    }
    case "catch":
      return closure === undefined ? undefined : performCatch(walk, closure, ready);
    case "finally":
      return closure === undefined
        ? undefined
        : applyClosure(walk, closure, [], way, scope, call, "").map((flow) => ({ way: flow.way, value: receiver ?? UNKNOWN }));
    case "call":
      return receiver?.kind === "closure" ? applyClosure(walk, receiver, args.slice(1), way, scope, call, "") : undefined;
    case "apply":
      return receiver?.kind === "closure" ? applyClosure(walk, receiver, [], way, scope, call, "") : undefined;
    case "bind":
      return receiver?.kind === "closure"
        ? [
            {
              way,
              value: { ...receiver, ...(first === undefined || first.kind === "literal" ? {} : { self: first }), bound: args.slice(1) },
            },
          ]
        : undefined;
    case "same":
      return receiver?.kind === "record" && args.length === 0 ? [{ way, value: receiver }] : undefined;
    case "later":
      return receiver?.kind === "closure" ? performLater(walk, receiver, ready) : undefined;
    case "each":
      if (closure === undefined) return undefined;
      return [
        ...(receiver?.kind === "list" && receiver.items.length > 0 ? [] : [{ way, value: UNKNOWN as Value }]),
        ...applyClosure(walk, closure, [elementOf(receiver)], way, scope, call, "").map((flow) => ({ ...flow, value: UNKNOWN })),
      ];
  }
}

/**
 * A worker runs the function: the rows that it puts into an audit trail count, its lines tell of its own work; what it gives or
 * throws reaches nobody here.
 */
function performLater(walk: Walk, closure: ClosureValue, { args, way, scope, call }: Ready): readonly Flow[] {
  const given = methodTakesLists(call) && args[0]?.kind === "record" ? listIn(args[0]) : args;
  const exits = walk.spend() ? walk.invoke(closure, given, scope.depth + 1) : [];
  const rows = exits.flatMap((exit) => listed(exit.way.records)).filter((record) => record.by === "audit");
  return [{ way: rows.reduce(addRecord, way), value: UNKNOWN }];
}

const methodTakesLists = (call: Ready["call"]): boolean => call.callee.kind === "member" && call.callee.property === "apply_async";

/** `task.apply_async(args=[a, b])`. */
function listIn(options: Value): readonly Value[] {
  const listed = options.kind === "record" ? options.entries.get("args") : undefined;
  return listed?.kind === "list" ? listed.items : [];
}

function elementOf(receiver: Value | null): Value {
  return receiver?.kind === "list" && receiver.items[0] !== undefined ? receiver.items[0] : UNKNOWN;
}

/**
 * `promise.catch(f)`: what the chain before it threw is on its way out already (`scope.exits`), since it was
 * evaluated first; those exits that began within the chain are taken back and go through the handler.
 */
function performCatch(walk: Walk, closure: ClosureValue, ready: Ready): readonly Flow[] {
  const { way, scope, call, receiver } = ready;
  const chain = call.callee.kind === "member" ? call.callee.object : call.callee;
  const flows: Flow[] = [{ way, value: receiver ?? UNKNOWN }];
  const mine = (exit: Exit): boolean =>
    exit.kind === "throw" && exit.way.steps !== null && (inChain(exit.at, chain, scope) || inChain(exit.way.steps.item, chain, scope));
  const thrown = scope.exits.filter(mine);
  scope.exits.splice(0, scope.exits.length, ...scope.exits.filter((exit) => !mine(exit)));
  for (const exit of thrown)
    flows.push(
      ...applyClosure(walk, closure, [exit.value], { ...exit.way, caught: telling(walk, exit.value), didSince: 0 }, scope, call, ""),
    );
  const error: Value = { kind: "instance", name: "Error", args: [] };
  flows.push(...applyClosure(walk, closure, [error], { ...way, answer: null, technical: true }, scope, call, ""));
  return flows;
}

function inChain(at: Site, chain: Expr, scope: Scope): boolean {
  return at.file === scope.file && at.span.start >= chain.start && at.span.end <= chain.end;
}

/** Operators of streams: what watches runs as things go on, what mends only where something failed. */
export function performObserved(walk: Walk, ready: Ready): readonly Flow[] | undefined {
  const { args, way, scope, call } = ready;
  const [first] = args;
  const onError = (value: Value | undefined): readonly Flow[] =>
    value?.kind === "closure" ? applyClosure(walk, value, [UNKNOWN], way, scope, call, "") : [];
  if (ON_ERROR_ONLY.has(methodOf(ready)) && first?.kind === "closure")
    return merge([{ way, value: UNKNOWN }, ...onError(first)], scope.base);
  if (!OBSERVING.has(methodOf(ready)) || first?.kind !== "record") return undefined;
  const watching = OBSERVERS.map((key) => first.entries.get(key)).filter((value) => value?.kind === "closure");
  return merge([...runCallbacks(walk, watching, way, scope, [], call), ...onError(first.entries.get(ERROR_OBSERVER))], scope.base);
}
