import { events } from "@telltale/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ECS_VERSION, ecs } from "./ecs.ts";
import { ecsFactVersion, ecsProblems } from "./harness/ecs-schema.ts";
import { anyRecord, anySeal, fullRecord, minimalRecord, safe, vocabulary } from "./harness/records.ts";
import { ecsByCategory } from "./own-events.ts";

const seal = { chain: "a".repeat(16), seq: 2, prev: "b".repeat(64), hash: "c".repeat(64) };

function read(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

function problems(line: string): readonly string[] {
  return ecsProblems(read(line), "telltale");
}

function at(line: string, path: string): unknown {
  return path.split(".").reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], read(line));
}

test("the facts are of the version that is written", () => {
  expect(ECS_VERSION).toBe(ecsFactVersion);
});

test.each(vocabulary)("%s keeps to ECS, with all and with the least", (event, definition) => {
  for (const record of [fullRecord(event, definition), minimalRecord(event, definition)]) {
    const line = ecs.line(record);
    expect(problems(line)).toEqual([]);
    expect(problems(ecs.seal(line, seal))).toEqual([]);
    expect(at(line, "event.action")).toBe(event);
    expect(at(line, "event.outcome")).toBe(definition.ecs["event.outcome"]);
  }
});

test("an application's own events keep to ECS, whatever their category", () => {
  for (const category of [...Object.keys(ecsByCategory), "own", "constructor"]) {
    expect(problems(ecs.line(safe({ ...fullRecord("own_event"), category })))).toEqual([]);
  }
  expect(at(ecs.line(safe({ ...fullRecord("own_event"), category: "authn" })), "event.category")).toEqual(["authentication"]);
  expect(at(ecs.line(fullRecord("own_event")), "event.category")).toBeUndefined();
});

test("any record keeps to ECS, sealed or not", () => {
  fc.assert(
    fc.property(anyRecord, anySeal, (record, anyOne) => {
      const line = ecs.line(record);
      expect(problems(line)).toEqual([]);
      expect(problems(ecs.seal(line, anyOne))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("the checker finds what is wrong", () => {
  const event = read(ecs.line(fullRecord("authn_login_fail")));
  for (const [change, problem] of [
    [{ source: { ip: "somewhere" } }, 'source.ip: "somewhere" is no ip'],
    [{ actor: "me" }, "actor: no such field"],
    [{ related: { user: "me" } }, "related.user: not a list"],
    [{ event: { type: ["deletion"], category: ["authentication"] } }, "event.type: deletion is not expected"],
    [{ event: { type: [], outcome: "fine" } }, "event.outcome: fine is not allowed"],
  ] as const) {
    expect(ecsProblems({ ...event, ...change }, "telltale").join("\n")).toContain(problem);
  }
  const { "@timestamp": time, ...late } = event;
  expect(ecsProblems({ ...late, "@timestamp": time }, "telltale").join("\n")).toContain("@timestamp: at");
});

describe("what an index may refuse", () => {
  test("a pseudonym is an address, not an IP", () => {
    const line = ecs.line(safe({ ...fullRecord("authn_login_fail"), source: { ip: "pseudonym-1" } }));
    expect(at(line, "source")).toEqual({ address: "pseudonym-1" });
  });

  test("details of another type or name, and all that is free, are one text", () => {
    const details = { max: "many", "a.b": 1, "": 2 };
    const line = ecs.line(safe({ ...minimalRecord("excess_rate_limit_exceeded"), details, extra: { deep: { er: [1] } } }));
    expect(at(line, "telltale.details")).toBeUndefined();
    expect(JSON.parse(String(at(line, "telltale.extra")))).toEqual({ details, extra: { deep: { er: [1] } } });
  });

  test("a detail has one type in the whole vocabulary", () => {
    const types = new Map<string, Set<string>>();
    for (const { details } of Object.values(events)) {
      for (const [name, { type }] of Object.entries(details as Record<string, { type: string }>)) {
        types.set(name, (types.get(name) ?? new Set()).add(type === "enum" ? "string" : type));
      }
    }
    expect([...types].filter(([, kinds]) => kinds.size > 1)).toEqual([]);
  });
});
