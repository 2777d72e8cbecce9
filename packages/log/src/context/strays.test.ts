import { describe, expect, it } from "vitest";
import { type Stray, Strays } from "./strays.ts";

describe("calls outside of a request", () => {
  function logOf(report: (stray: Stray) => void) {
    const strays = new Strays(report);
    const record = () => strays.note("event", record);
    const identify = () => strays.note("identify", identify);
    return { strays, record, identify };
  }

  it("are all counted, and each site is reported once, by its place", () => {
    const told: Stray[] = [];
    const { strays, record, identify } = logOf((stray) => told.push(stray));
    function checkout() {
      record();
    }
    for (let round = 0; round < 50; round++) {
      checkout();
      record();
      identify();
    }
    expect(strays.counts).toEqual({ event: 100, identify: 50 });
    expect(told.map(({ call }) => call)).toEqual(["event", "event", "identify"]);
    expect(told[0]!.site).toMatch(/^checkout \(.*strays\.test\.ts:\d+:\d+\)$/);
    expect(new Set(told.map(({ site }) => site)).size).toBe(3);
  });

  it("never throw: with a report that fails, a limit of no frames, a way of its own to write stacks", () => {
    const prepare = Error.prepareStackTrace;
    const limit = Error.stackTraceLimit;
    const told: Stray[] = [];
    const { strays, record } = logOf((stray) => {
      told.push(stray);
      throw new Error("as planned");
    });
    try {
      record();
      Error.stackTraceLimit = 0;
      record();
      expect(Error.stackTraceLimit).toBe(0);
      Error.prepareStackTrace = () => ({ not: "a string" });
      record();
    } finally {
      Error.prepareStackTrace = prepare;
      Error.stackTraceLimit = limit;
    }
    expect(strays.counts.event).toBe(3);
    expect(told.map(({ site }) => site)).toEqual([
      expect.stringContaining("strays.test.ts"),
      expect.stringContaining("strays.test.ts"),
      "unknown",
    ]);
  });

  it("stop being looked at after so many, and are counted on", () => {
    let told = 0;
    const { strays, record } = logOf(() => told++);
    for (let site = 0; site < 300; site++) new Function("record", `return function site${site}() { record(); }`)(record)();
    expect(strays.counts.event).toBe(300);
    expect(told).toBeLessThanOrEqual(200);
    expect(told).toBeGreaterThan(100);
  });
});
