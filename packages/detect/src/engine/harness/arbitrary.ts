import fc from "fast-check";
import type { SecurityEvent } from "../../event.ts";
import { telltaleSource } from "../../event.ts";
import type {
  Comparison,
  CorrelationRule,
  DetectionRule,
  FurtherCondition,
  GroupField,
  Measure,
  Rule,
  RuleExpression,
} from "../../rule-ir.ts";
import { correlation, detection } from "./rules.ts";

/** What the random rules may use. */
export interface Breadth {
  /** Only conditions that more events can only make true, and no memory. */
  readonly monotone?: boolean;
  /** No memory of earlier events in detections, no chains, no alias that stands for several fields: what semantics.md, 17 leaves open. */
  readonly noMemory?: boolean;
  /** Rules that wait for the end of a window, and expected groups. */
  readonly waiting?: boolean;
}

const names = ["a", "b", "c"];
const numbers = fc.constantFrom<(number | string | null | undefined)[]>(0, 1, 2, 5, "3", "x", undefined, 2.5);

/** Events in order of time with ties; fields with few values, some of them missing or of odd types. */
export function eventList(length = 40): fc.Arbitrary<SecurityEvent[]> {
  const one = fc.record({
    step: fc.constantFrom(0, 0, 1, 5, 10, 10, 20, 50, 50, 100),
    event: fc.constantFrom(...names, "unknown"),
    actor: fc.constantFrom("u1", "u1", "u2", 1, "1", undefined, "__proto__"),
    ip: fc.constantFrom("10.0.0.1", "10.0.0.1", "10.0.0.2", "192.0.2.1", undefined, ["10.0.0.1"]),
    n: numbers,
    seq: fc.integer({ min: 1, max: 6 }),
  });
  return fc.array(one, { minLength: 1, maxLength: length }).map((list) => {
    let time = 1000;
    return list.map(({ step, event, actor, ip, n, seq }, index) => ({
      time: (time += step),
      seq: index + 1,
      fields: {
        event,
        ...(actor === undefined ? {} : { actor: { id: actor } }),
        ...(ip === undefined ? {} : { source: { ip } }),
        ...(n === undefined ? {} : { n }),
        count: seq,
      },
      logsource: telltaleSource,
      origin: { source: "test.log", stream: "test" },
      position: index,
    }));
  });
}

/** The same events as they may arrive: each at most `lateness` late. */
export function arrival(events: readonly SecurityEvent[], delays: readonly number[], lateness: number): SecurityEvent[] {
  const at = (index: number) => events[index]!.time + Math.min(lateness, delays[index % delays.length] ?? 0);
  return events
    .map((event, index) => ({ event, at: at(index) }))
    .sort((x, y) => x.at - y.at)
    .map(({ event }, index) => ({ ...event, seq: index + 1 }));
}

const bound = fc.integer({ min: 1, max: 4 });
const least: fc.Arbitrary<Comparison[]> = bound.map((value) => [{ op: "gte", value }]);
const above: fc.Arbitrary<Comparison[]> = fc.integer({ min: 0, max: 3 }).map((value) => [{ op: "gt", value }]);
const any: fc.Arbitrary<Comparison[]> = fc.oneof(
  least,
  above,
  fc.record({ op: fc.constantFrom("lt", "lte", "eq", "neq" as const), value: bound }).map((one) => [one as Comparison]),
  fc.tuple(bound, bound).map(([low, high]): Comparison[] => [
    { op: "gte", value: low },
    { op: "lte", value: high },
  ]),
);
/** Has a lower bound: judged at each event. */
const lower: fc.Arbitrary<Comparison[]> = fc.oneof(
  least,
  bound.map((value): Comparison[] => [{ op: "eq", value }]),
  fc.tuple(bound, bound).map(([low, high]): Comparison[] => [
    { op: "gte", value: low },
    { op: "lte", value: high },
  ]),
);
const fieldLists = fc.constantFrom(["actor.id"], ["source.ip"], ["actor.id", "source.ip"]);

function measure(rules: number, breadth: Breadth): fc.Arbitrary<Measure> {
  const is = breadth.monotone === true ? fc.oneof(least, above) : breadth.waiting === true ? any : lower;
  const kinds: fc.Arbitrary<Measure>[] = [
    is.map((is) => ({ type: "event_count", is })),
    fc.tuple(fieldLists, is).map(([fields, is]) => ({ type: "value_count", fields, is })),
    fc.integer({ min: 1, max: rules }).map((value) => ({ type: "temporal", needs: { count: [{ op: "gte", value }] } })),
    fc.constant({ type: "temporal_ordered" }),
  ];
  if (breadth.monotone !== true) {
    kinds.push(
      any.map((is) => ({ type: "value_sum", field: "n", is })),
      any.map((is) => ({ type: "value_avg", field: "n", is })),
      fc.tuple(fc.constantFrom(1, 50, 90, 100), any).map(([percentile, is]) => ({ type: "value_percentile", field: "n", percentile, is })),
      expression(rules).map((expression) => ({ type: "temporal", needs: { expression } })),
    );
  }
  return fc.oneof(...kinds);
}

function expression(rules: number): fc.Arbitrary<RuleExpression> {
  const leaf: fc.Arbitrary<RuleExpression> = fc.nat(rules - 1).map((index) => ({ op: "rule", index }));
  return fc.oneof(
    leaf,
    leaf.map((of): RuleExpression => ({ op: "not", of })),
    fc.tuple(fc.constantFrom("and", "or"), fc.array(leaf, { minLength: 1, maxLength: 2 })).map(([op, of]) => ({ op: op as "and", of })),
  );
}

function further(rules: number, breadth: Breadth): fc.Arbitrary<FurtherCondition> {
  const is = breadth.monotone === true ? fc.oneof(least, above) : any;
  const grows: fc.Arbitrary<FurtherCondition>[] = [
    is.map((is) => ({ kind: "events", is })),
    fc.tuple(fieldLists, is).map(([fields, is]) => ({ kind: "distinct", fields, is })),
    fc.tuple(fc.constantFrom("actor.id", "source.ip"), is).map(([field, is]) => ({ kind: "most-per", field, is })),
  ];
  if (breadth.monotone === true) return fc.oneof(...grows);
  const share = fc.constantFrom<Comparison[][]>([{ op: "gte", value: 0.5 }], [{ op: "lt", value: 1 }], [{ op: "gt", value: 0 }]);
  const simple: fc.Arbitrary<FurtherCondition>[] = [
    ...grows,
    fc.tuple(any, share).map(([tries, is]) => ({ kind: "share-of", field: "actor.id", tries, is })),
    fc.tuple(fc.nat(rules - 1), share).map(([index, is]) => ({ kind: "share-matching", index, is })),
    fc.constantFrom(5, 50).map((value) => ({ kind: "span", is: [{ op: "gte", value }] })),
    fc.constant({ kind: "travel", distance: 100, speed: 900, field: "source.ip" }),
  ];
  return fc.oneof(
    ...simple,
    fc.array(fc.oneof(...simple), { minLength: 1, maxLength: 2 }).map((of): FurtherCondition => ({ kind: "any", of })),
  );
}

const groupFields = fc.constantFrom<(readonly string[])[]>(
  [],
  ["actor.id"],
  ["source.ip"],
  ["actor.id", "source.ip"],
  ["actor.id", "source.ip", "n"],
  ["alias"],
);

function correlationRule(key: string, before: readonly string[], breadth: Breadth): fc.Arbitrary<CorrelationRule> {
  return fc.shuffledSubarray([...before], { minLength: 1, maxLength: 3 }).chain((of) =>
    fc
      .record({
        groupBy: groupFields,
        timespan: fc.constantFrom(10, 50, 100),
        measure: measure(of.length, breadth),
        and: fc.oneof(
          { weight: 2, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(further(of.length, breadth), { maxLength: 2 }) },
        ),
        cancelOn:
          breadth.monotone === true
            ? fc.constant([])
            : fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(["c"]) }),
        aliases: fc.array(fc.constantFrom("actor.id", "source.ip"), { minLength: 3, maxLength: 3 }),
        alerts: fc.boolean(),
        expect: breadth.waiting === true ? fc.constantFrom(undefined, "seen" as const, ["u1", "u9"]) : fc.constant(undefined),
      })
      .map(({ groupBy, aliases, expect, ...rest }) => {
        const fields = groupBy.map((name): GroupField => ({
          name,
          fields: of.map((_, index) => (name === "alias" ? aliases[breadth.noMemory === true ? 0 : index % 3]! : name)),
        }));
        const listed = Array.isArray(expect) && groupBy.length !== 1 ? undefined : expect;
        return correlation(key, of, { ...rest, groupBy: fields, expect: listed });
      }),
  );
}

function detectionRule(name: string, breadth: Breadth): fc.Arbitrary<DetectionRule> {
  const plain = fc.constant(undefined);
  const firstSeen = fc.record({
    kind: fc.constant("first-seen" as const),
    fields: fc.constantFrom(["source.ip"], ["source.ip", "n"]),
    by: fc.constantFrom([], ["actor.id"]),
    learn: fc.constantFrom(0, 20, 100),
    forget: fc.constantFrom(50, 1000),
  });
  const memory =
    breadth.monotone === true || breadth.noMemory === true
      ? plain
      : fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: firstSeen });
  return fc
    .record({ alerts: fc.boolean(), memory, quiet: fc.constantFrom(20, 50), groupBy: fc.constantFrom(["actor.id", "source.ip"], []) })
    .map(({ alerts, memory, quiet, groupBy }) => detection(name, undefined, { alerts, memory, episode: { quiet, groupBy } }));
}

/** Three detections and up to four correlations, some of which refer to others. */
export function ruleList(breadth: Breadth = {}): fc.Arbitrary<Rule[]> {
  return fc.tuple(...names.map((name) => detectionRule(name, breadth))).chain((detections) => {
    const one = correlationRule("first", names, breadth);
    // What waits for the watermark reaches those that refer to it out of order (that has a test of its own); and what
    // matched too early is not taken back from those that refer to it (semantics.md, 17).
    const chains = breadth.waiting !== true && breadth.noMemory !== true;
    const two = correlationRule("second", chains ? [...names, "first"] : names, breadth);
    const three = correlationRule("third", chains ? [...names, "first", "second"] : names, breadth);
    return fc.tuple(one, two, three).map((correlations): Rule[] => [...detections, ...correlations]);
  });
}
