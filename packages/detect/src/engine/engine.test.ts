import { expect, it } from "vitest";
import { by, correlation, detection, events, run } from "./harness/rules.ts";

const fail = detection("fail");
const user = (id: string) => ({ actor: { id } });

it("opens when the count is reached in the window, and closes when the input ends", () => {
  const rule = correlation("brute", ["fail"], { groupBy: by(["actor.id"]), measure: { type: "event_count", is: [{ op: "gte", value: 3 }] } });
  const alerts = run([fail, rule], events([0, "fail", user("a")], [1000, "fail", user("b")], [2000, "fail", user("a")], [59_999, "fail", user("a")]));
  expect(alerts.map(({ phase, group, count, since, completed }) => ({ phase, group, count, since, completed }))).toEqual([
    { phase: "opened", group: { "actor.id": "a" }, count: 3, since: 0, completed: 59_999 },
    { phase: "closed", group: { "actor.id": "a" }, count: 3, since: 0, completed: 59_999 },
  ]);
  expect(alerts[0]!.measures).toEqual({ events: 3 });
  expect(alerts[0]!.evidence.map(({ id }) => id)).toEqual(["test@0", "test@200", "test@300"]);
});

it("leaves out what is exactly one timespan old", () => {
  const rule = correlation("brute", ["fail"], { measure: { type: "event_count", is: [{ op: "gte", value: 2 }] } });
  expect(run([fail, rule], events([0, "fail"], [60_000, "fail"]))).toEqual([]);
  expect(run([fail, rule], events([0, "fail"], [59_999, "fail"]))).toHaveLength(2);
});
