import { describe, expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import type { CorrelationRule } from "../rule-ir.ts";
import { by, collector, correlation, detection, events, minute, run } from "./harness/rules.ts";

const fail = detection("fail");
const success = detection("success");
const user = (id: unknown) => ({ actor: { id } }) as never;
const brute = (count: number, more: Partial<CorrelationRule> = {}) =>
  correlation("brute", ["fail"], {
    groupBy: by(["actor.id"]),
    measure: { type: "event_count", is: [{ op: "gte", value: count }] },
    ...more,
  });
const phases = (alerts: readonly Alert[]) => alerts.map(({ phase, count }) => `${phase} ${count}`);

describe("episodes", () => {
  it("open when the count is reached in the window, and close when the input ends", () => {
    const input = events([0, "fail", user("a")], [1000, "fail", user("b")], [2000, "fail", user("a")], [59_999, "fail", user("a")]);
    const alerts = run([fail, brute(3)], input);
    expect(alerts.map(({ phase, group, count, since, until, completed }) => ({ phase, group, count, since, until, completed }))).toEqual([
      { phase: "opened", group: { "actor.id": "a" }, count: 3, since: 0, until: 59_999, completed: 59_999 },
      { phase: "closed", group: { "actor.id": "a" }, count: 3, since: 0, until: 59_999, completed: 59_999 },
    ]);
    expect(alerts[0]!.id).toMatch(/^[0-9a-f]{32}$/);
    expect(alerts[0]!.measures).toEqual({ events: 3 });
    expect(alerts[0]!.actors).toEqual(["a"]);
    expect(alerts[0]!.evidence).toEqual([
      { id: "test@0", time: 0, source: "test.log", position: 0, fields: input[0]!.fields },
      { id: "test@200", time: 2000, source: "test.log", position: 200, fields: input[2]!.fields },
      { id: "test@300", time: 59_999, source: "test.log", position: 300, fields: input[3]!.fields },
    ]);
  });

  it("leave out what is exactly one timespan old", () => {
    expect(run([fail, brute(2)], events([0, "fail"], [60_000, "fail"]))).toEqual([]);
    expect(run([fail, brute(2)], events([0, "fail"], [59_999, "fail"]))).toHaveLength(2);
  });

  it("speak again when the count has doubled, and show the first and the last ten events", () => {
    const list = Array.from({ length: 40 }, (_, index) => [index * 1000, "fail", user("a")] as const);
    const alerts = run([fail, brute(5)], events(...list));
    expect(phases(alerts)).toEqual(["opened 5", "grown 10", "grown 20", "grown 40", "closed 40"]);
    expect(alerts.at(-1)!.evidence.map(({ time }) => time / 1000)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
    ]);
  });

  it("close when the watermark has passed a timespan, by events or by the clock", () => {
    const { engine, alerts } = collector([fail, brute(1)], { lateness: 1000 });
    for (const event of events([0, "fail"], [60_999, "other"])) engine.ingest(event);
    expect(phases(alerts)).toEqual(["opened 1"]);
    engine.advance(60_000);
    expect(phases(alerts)).toEqual(["opened 1", "closed 1"]);
  });

  it("keep their id when an event out of order shows an earlier beginning", () => {
    const input = events([10_000, "fail"], [11_000, "fail"], [9000, "fail"]);
    const [opened, closed] = run([fail, brute(2)], input) as [Alert, Alert];
    expect([opened.since, closed.since, closed.count]).toEqual([10_000, 9000, 3]);
    expect(closed.id).toBe(opened.id);
  });

  it("name writer and number of an event that has them", () => {
    const [opened] = run([fail, brute(1)], events([0, "fail", { writer: "w", seq: 7 }]));
    expect(opened!.evidence[0]!.id).toBe("w:7");
  });
});

describe("events out of order", () => {
  it("complete a pattern in their place", () => {
    const ordered = correlation("takeover", ["fail", "success"], { groupBy: by(["actor.id"], 2), measure: { type: "temporal_ordered" } });
    expect(run([fail, success, ordered], events([2000, "success", user("a")], [1000, "fail", user("a")]))).toHaveLength(2);
    expect(run([fail, success, ordered], events([1000, "success", user("a")], [2000, "fail", user("a")]))).toEqual([]);
  });

  it("beyond lateness enter no window, but alert by themselves", () => {
    const cleared = detection("cleared", undefined, { alerts: true });
    const input = events([0, "fail"], [100_000, "other"], [1000, "fail"], [2000, "cleared"], [2001, "cleared"]);
    const { engine, alerts, notes } = collector([fail, cleared, brute(2)]);
    for (const event of input) engine.ingest(event);
    engine.finish();
    expect(alerts.map(({ rule, phase, count }) => `${rule.key} ${phase} ${count}`)).toEqual([
      "cleared opened 1",
      "cleared grown 2",
      "cleared closed 2",
    ]);
    expect(engine.stats().late).toBe(3);
    expect(notes.map(({ kind }) => kind)).toEqual(["null-group", "late"]);
  });

  it("without a time are left out, and said", () => {
    const { engine, notes } = collector([fail, brute(1)]);
    engine.ingest({ ...events([0, "fail"])[0]!, time: Number.NaN });
    expect(engine.stats().events).toBe(0);
    expect(notes.map(({ kind }) => kind)).toEqual(["time"]);
  });
});

describe("cancel-on", () => {
  const rule = brute(3, { cancelOn: ["success"] });

  it("takes earlier events of the group out of the window, and closes no alert", () => {
    const list = (name: string) => events([0, "fail", user("a")], [1, "fail", user("a")], [2, name, user("a")], [3, "fail", user("a")]);
    expect(run([fail, success, rule], list("success"))).toEqual([]);
    expect(run([fail, success, rule], list("other"))).toHaveLength(2);
  });

  it("holds for what arrives after it although it happened before", () => {
    const input = events(
      [0, "fail", user("a")],
      [5, "success", user("a")],
      [6, "fail", user("a")],
      [1, "fail", user("a")],
      [2, "fail", user("a")],
    );
    expect(run([fail, success, rule], input).map(({ phase, completed }) => `${phase} ${completed}`)).toEqual(["opened 2", "closed 2"]);
  });
});

describe("an event out of order", () => {
  it("is counted once, and takes nobody's place, where a rule cancels", () => {
    const rule = correlation("three", ["fail"], {
      measure: { type: "value_count", fields: ["actor.id"], is: [{ op: "gte", value: 3 }] },
      cancelOn: ["success"],
    });
    const input = events([0, "fail", user("a")], [10, "fail", user("b")], [5, "fail", user("a")], [20, "fail", user("c")]);
    expect(phases(run([fail, success, rule], input, { lateness: 100 }))).toEqual(["opened 4", "closed 4"]);
  });

  it("that cancels takes out what is earlier, and nothing else", () => {
    const rule = brute(2, { cancelOn: ["success"] });
    const input = events(
      [0, "fail", user("a")],
      [10, "fail", user("a")],
      [5, "success", user("a")],
      [20, "fail", user("a")],
      [30, "fail", user("a")],
    );
    const measured = run([fail, success, rule], input, { lateness: 100 }).at(-1)!.measures;
    expect(measured).toEqual({ events: 3 });
  });
});

describe("silence", () => {
  const silent = (expected: CorrelationRule["expect"]) =>
    correlation("silence", ["beat"], {
      groupBy: by(["service"]),
      measure: { type: "event_count", is: [{ op: "lt", value: 1 }] },
      expect: expected,
    });
  const beat = (time: number, service: string) => [time, "beat", { service }] as const;

  it("is told once, until the group speaks again", () => {
    const input = events(
      beat(0, "shop"),
      beat(minute, "shop"),
      beat(10 * minute, "mail"),
      beat(11 * minute, "shop"),
      beat(20 * minute, "mail"),
    );
    const alerts = run([detection("beat"), silent("seen")], input).filter(({ phase }) => phase === "opened");
    expect(alerts.map(({ group, since, completed, count }) => [group["service"], since / minute, completed / minute, count])).toEqual([
      ["shop", 1, 2, 0],
      ["mail", 10, 11, 0],
      ["shop", 11, 12, 0],
    ]);
  });

  it("of a listed group begins with the input, and the end of the input is none", () => {
    const input = events(beat(0, "mail"), [3 * minute, "other"]);
    const alerts = run([detection("beat"), silent(["shop"])], input).filter(({ phase }) => phase === "opened");
    expect(alerts.map(({ group, completed }) => [group["service"], completed])).toEqual([["shop", minute]]);
    expect(run([detection("beat"), silent("seen")], events(beat(0, "mail")))).toEqual([]);
  });

  it("is not made by an event that comes late", () => {
    const input = events(beat(40_000, "shop"), beat(30_000, "shop"), beat(31_000, "mail"), beat(80_000, "shop"), beat(120_000, "shop"));
    const alerts = run([detection("beat"), silent("seen")], input, { lateness: 20_000 }).filter(({ phase }) => phase === "opened");
    expect(alerts.map(({ group, since }) => [group["service"], since])).toEqual([["mail", 31_000]]);
  });

  it("is noticed by the clock alone", () => {
    const { engine, alerts } = collector([detection("beat"), silent("seen")]);
    engine.ingest(events(beat(0, "shop"))[0]!);
    engine.advance(minute);
    expect(alerts).toEqual([]);
    engine.advance(minute + 1);
    expect(phases(alerts)).toEqual(["opened 0"]);
  });
});

describe("chains", () => {
  const few = correlation("few", ["beat"], {
    alerts: false,
    groupBy: by(["service"]),
    measure: { type: "event_count", is: [{ op: "lte", value: 1 }] },
  });
  const after = correlation("after", ["few", "deploy"], { groupBy: by(["service"], 2), measure: { type: "temporal_ordered" } });
  const shop = { service: "shop" };

  it("take a match that waited for the watermark in its place", () => {
    const rules = [detection("beat"), detection("deploy"), few, after];
    const input = (beats: number) =>
      events(...Array.from({ length: beats }, () => [0, "beat", shop] as const), [10_000, "deploy", shop], [200_000, "other"]);
    expect(run(rules, input(1)).map(({ phase, since, completed }) => `${phase} ${since} ${completed}`)).toEqual([
      "opened 0 10000",
      "closed 0 10000",
    ]);
    // Of three beats at once only the last has no other in the minute from it on.
    expect(run(rules, input(3)).map(({ count }) => count)).toEqual([2, 2]);
  });

  it("go on from a gap, and read group fields by their alias", () => {
    const gap = detection("entry", undefined, { memory: { kind: "gap", field: "seq", by: ["writer"] } });
    const named = correlation("named", ["entry"], { alerts: false, groupBy: [{ name: "who", fields: ["writer"] }] });
    const rule = correlation("gaps", ["named"], { groupBy: [{ name: "who", fields: ["who"] }] });
    const entry = (time: number, seq: number) => [time, "entry", { writer: "w", seq }] as const;
    const alerts = run([gap, named, rule], events(entry(0, 1), entry(1, 3), entry(100_000, 4)));
    expect(alerts.map(({ rule, group, completed }) => [rule.key, group, completed])).toEqual([
      ["gaps", { who: "w" }, 1],
      ["gaps", { who: "w" }, 1],
    ]);
  });
});

describe("gaps", () => {
  const gap = detection("entry", undefined, { alerts: true, memory: { kind: "gap", field: "seq", by: ["writer"] } });
  const entry = (time: number, seq: unknown) => [time, "entry", { writer: "w", seq }] as never;

  it("are told of the event that comes after them, once lateness has passed", () => {
    const alerts = run([gap], events(entry(0, 5), entry(1, 6), entry(2, 9), entry(100_000, 10)));
    expect(alerts.map(({ phase, completed }) => `${phase} ${completed}`)).toEqual(["opened 2", "closed 2"]);
  });

  it("are none where numbers come out of order, or are none", () => {
    expect(
      run([gap], events(entry(0, 1), entry(3, 4), entry(1, 2), entry(2, 3), entry(4, "x"), entry(5, 1e300), entry(100_000, 5))),
    ).toEqual([]);
  });
});

it("finds travel faster than a speed, and says when it cannot know places", () => {
  const rule = correlation("travel", ["fail"], {
    groupBy: by(["actor.id"]),
    timespan: 180 * minute,
    measure: { type: "value_count", fields: ["source.ip"], is: [{ op: "gte", value: 2 }] },
    and: [{ kind: "travel", distance: 500, speed: 800, field: "source.ip" }],
  });
  const places = new Map([
    ["munich", [48.1, 11.6]],
    ["new york", [40.7, -74]],
  ]);
  const locate = (ip: string) => ({ latitude: places.get(ip)?.[0], longitude: places.get(ip)?.[1] });
  const login = (time: number, ip: string) => [time * minute, "fail", { actor: { id: "a" }, source: { ip } }] as const;
  const [opened] = run([fail, rule], events(login(0, "munich"), login(30, "private"), login(60, "new york")), { locate });
  expect(opened!.measures).toEqual({ "distinct source.ip": 3, events: 3, km: 6492, "km/h": 6492 });
  const { notes } = collector([fail, rule]);
  expect(notes.map(({ kind }) => kind)).toEqual(["no-places"]);
});

describe("the memory budget", () => {
  it("gives up the groups that were touched longest ago, and says so", () => {
    const { engine, alerts, notes } = collector([fail, brute(2)], { budget: 200_000, lateness: 0 });
    let seq = 0;
    const put = (id: string) => engine.ingest({ ...events([(seq += 1), "fail", user(id)])[0]!, seq });
    put("early");
    for (let index = 0; index < 900; index++) put(`u${index}`);
    const { evicted, bytes } = engine.stats();
    expect(evicted).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(400_000);
    put("early");
    put("u899");
    expect(alerts.map(({ group }) => group["actor.id"])).toEqual(["u899"]);
    expect(notes.filter(({ kind }) => kind === "evicted")).toHaveLength(1);
  });

  it("costs nothing for groups that are over", () => {
    const { engine } = collector([fail, brute(2)], { lateness: 0 });
    for (let index = 0; index < 20_000; index++) engine.ingest({ ...events([index * 1000, "fail", user(`u${index}`)])[0]!, seq: index });
    expect(engine.stats().groups).toBeLessThan(400);
    expect(engine.stats().bytes).toBeLessThan(1_000_000);
  });
});

describe("hostile values", () => {
  it("group as text, and do not meet what objects inherit", () => {
    const rule = brute(2);
    const values = [
      "__proto__",
      "constructor",
      1,
      "1",
      null,
      undefined,
      { a: 1 },
      { a: 1 },
      ["x"],
      "x".repeat(300),
      "x".repeat(300),
      Number.NaN,
    ];
    const alerts = run([fail, rule], events(...values.map((value, index) => [index, "fail", user(value)] as const)));
    const groups = alerts.filter(({ phase }) => phase === "opened").map(({ group }) => group["actor.id"]);
    expect(groups.map((text) => text?.slice(0, 10))).toEqual(["1", undefined, '{"a":1}', "xxxxxxxxxx"]);
    expect(groups.at(-1)!.length).toBeLessThan(256);
  });

  it("nested deeper than the stack are one group", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(run([fail, brute(1)], events([0, "fail", user(deep)]))[0]!.group).toEqual({ "actor.id": "[too deep]" });
  });
});

it("bears a caller that hands in another event from within an alert", () => {
  const seen: string[] = [];
  const { engine } = collector([fail, success, brute(1), correlation("other", ["success"])], {
    onAlert: ({ rule, phase }) => {
      seen.push(`${rule.key} ${phase}`);
      if (seen.length === 1) engine.ingest({ ...events([1, "success"])[0]!, seq: 2 });
    },
  });
  engine.ingest(events([0, "fail"])[0]!);
  expect(seen).toEqual(["brute opened", "other opened"]);
});

describe("a snapshot", () => {
  it("of rules that have changed names them and keeps the others", () => {
    const other = correlation("other", ["fail"], { measure: { type: "event_count", is: [{ op: "gte", value: 3 }] } });
    const before = collector([fail, brute(3), other]);
    for (const event of events([0, "fail"], [1, "fail"])) before.engine.ingest(event);
    const after = collector([fail, brute(4), { ...other, description: "said better" }]);
    expect(after.engine.restore(before.engine.snapshot())).toEqual({ dropped: ["brute"] });
    after.engine.ingest({ ...events([2, "fail"])[0]!, seq: 3 });
    expect(after.alerts.map(({ rule, count }) => `${rule.key} ${count}`)).toEqual(["other 3"]);
  });

  it("that is none is refused with a way out", () => {
    const { engine } = collector([fail]);
    expect(() => engine.restore([])).toThrow("snapshot: does not begin with its list of sections. Remove the state to begin anew");
    expect(() => engine.restore([Buffer.from('{"version":0}')])).toThrow("is of version 0");
  });
});
