import { Console } from "node:console";
import { describe, expect, it } from "vitest";
import { hostileValues, Kept, leaksIn, ORDINARY, PLANTED, safeRecord, secretValues } from "../harness/planted.ts";
import { redactConsole } from "./console.ts";
import { consoleSink } from "./sink.ts";

const METHODS = ["log", "info", "warn", "error", "debug", "trace", "dir", "dirxml", "table", "group", "groupCollapsed"] as const;

function redacted() {
  const kept = new Kept();
  const target = new Console({ stdout: kept, stderr: kept });
  return { kept, target, undo: redactConsole(target as never) };
}

describe("redactConsole", () => {
  it.each(Object.keys(secretValues()))("prints no secret of: %s", (name) => {
    const { kept, target } = redacted();
    for (const method of METHODS) {
      const value = secretValues()[name];
      (target[method] as (...args: unknown[]) => void)({ [name]: value });
      (target[method] as (...args: unknown[]) => void)(value);
      if (method !== "dir" && method !== "table")
        target[method]("%s %d %i %f %j %o %O %c more", value, value, value, value, value, value, value, "css", value, { [name]: value });
      target.groupEnd();
      target.groupEnd();
      target.groupEnd();
    }
    (target.assert as (...args: unknown[]) => void)(false, value(name), "%o", value(name));
    target.assert(false, "%o", value(name));
    target.count(`n ${PLANTED.jwt}`);
    target.time("t");
    target.timeLog("t", value(name));
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.bytes.length).toBeGreaterThan(500);
  });

  const value = (name: string) => secretValues()[name];

  it("judges a template once it is put together", () => {
    const { kept, target } = redacted();
    target.log("password=%s and x%s", PLANTED.password, PLANTED.jwt);
    target.log(`plain ${PLANTED.bearer}`);
    target.log("Authorization:", PLANTED.bearer);
    expect(leaksIn(kept.bytes)).toEqual([]);
    expect(kept.bytes).not.toContain("%s");
  });

  it("prints ordinary values as a console does", () => {
    const { kept, target } = redacted();
    const plain = new Kept();
    const other = new Console({ stdout: plain, stderr: plain });
    for (const one of [target, other]) {
      one.log("order %s took %d ms, 100%%", "ORD-1", 12, { a: 1 });
      one.log(ORDINARY, "100% sure", 3);
      one.log("100% sure", { b: [1, 2, { c: null }] });
      one.log("50%", "%s");
      one.log();
      one.log(null, undefined, true, 10n);
      one.error("%o", 1);
      one.assert(true, "not printed");
      one.assert(false, "wrong: %s", "x");
      one.table(
        [
          { a: 1, b: "x" },
          { a: 2, b: "y" },
        ],
        ["a"],
      );
      one.dir({ deep: { a: { b: { c: { d: 1 } } } } }, { depth: 0 });
      one.group("group");
      one.log("inside");
      one.groupEnd();
      one.log("%");
    }
    expect(kept.bytes).toBe(plain.bytes);
  });

  it("prints errors with stack, own fields and causes", () => {
    const { kept, target } = redacted();
    target.error(Object.assign(new Error("outer", { cause: new TypeError("inner") }), { status: 503 }));
    target.error("failed: %s", new Error("why"));
    target.error("failed", new RangeError("range"));
    expect(kept.bytes).toMatch(/Error: outer\n\s+at .*console\.test\.ts[\s\S]*status: 503[\s\S]*\[cause\]: TypeError: inner\n\s+at /);
    expect(kept.bytes).toContain("failed: Error: why");
    expect(kept.bytes).toMatch(/failed RangeError: range\n\s+at /);
  });

  it.each(Object.keys(hostileValues()))("does not throw with: %s", (name) => {
    const { kept, target } = redacted();
    const make = hostileValues()[name]!;
    expect(() => {
      for (const method of METHODS) (target[method] as (...args: unknown[]) => void)(make());
      target.log("%s %d %o %j", make(), make(), make(), make(), make());
      (target.assert as (...args: unknown[]) => void)(false, make());
    }).not.toThrow();
    expect(kept.bytes.split("\n").length).toBeGreaterThan(METHODS.length);
  });

  it("does not throw where the console does, nor where methods are missing", () => {
    const target = {
      log: () => {
        throw new Error("gone");
      },
    };
    redactConsole(target);
    expect(() => target.log()).not.toThrow();
    expect(Object.keys(target)).toEqual(["log"]);
  });

  it("is taken back, also under somebody else's wrapper", () => {
    const { kept, target, undo } = redacted();
    const wrapped = target.log;
    target.log = (...args: unknown[]) => wrapped("outer", ...args);
    undo();
    target.log("password=clear");
    target.info("password=clear");
    expect(kept.bytes).toBe("outer password=clear\npassword=clear\n");
    expect(Object.hasOwn(target, "info")).toBe(true);
  });

  it("redacts once more where it is applied twice, and is taken back in any order", () => {
    const kept = new Kept();
    const target = new Console({ stdout: kept, stderr: kept });
    const before = target.log;
    const [first, second] = [redactConsole(target as never), redactConsole(target as never)];
    first();
    target.log(PLANTED.jwt);
    expect(leaksIn(kept.bytes)).toEqual([]);
    second();
    target.log("password=clear");
    expect(kept.bytes).toContain("password=clear");
    expect(target.log === before || leaksIn(kept.bytes).length === 0).toBe(true);
  });
});

describe("consoleSink", () => {
  it("writes JSON lines, the serious ones to standard error, behind the redaction", () => {
    const [out, err] = [new Kept(), new Kept()];
    const target = new Console({ stdout: out, stderr: err });
    redactConsole(target as never, {
      redactor: { record: (record) => record as never, text: () => "redacted twice", value: () => "redacted twice" },
    });
    const sink = consoleSink(target as never);
    for (const level of ["INFO", "WARN", "CRITICAL"] as const) sink.write(safeRecord({ level, user_agent: "100%s" }));
    expect(out.lines).toHaveLength(1);
    expect(err.lines).toHaveLength(2);
    expect(out.last).toMatchObject({ event: "authn_login_fail", level: 30, user_agent: "100%s" });
    expect(sink.stats()).toEqual({ written: 3, buffered: 0, dropped: 0, trouble: undefined });
  });

  it("counts what a console does not take, and never throws", () => {
    const sink = consoleSink({
      log: () => {
        throw new Error("gone");
      },
    });
    sink.write(safeRecord());
    consoleSink({}).write(safeRecord());
    expect(sink.stats()).toMatchObject({ dropped: 1, trouble: "Error: gone" });
  });
});
