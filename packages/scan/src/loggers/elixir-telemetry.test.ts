import { beforeAll, describe, expect, it } from "vitest";
import type { Expr } from "../ir/nodes.ts";
import { callsIn, loadLanguages } from "./harness/calls.ts";
import { telemetryEvents, telemetryHandler } from "./elixir-telemetry.ts";

beforeAll(loadLanguages);

function callsOf(...lines: readonly string[]) {
  const body = lines.map((line) => `    ${line}\n`).join("");
  return callsIn("sample.ex", `defmodule Sample do\n  def run(event) do\n${body}  end\nend\n`).map((view) => view.call);
}

/** `@prefix [:shop]` and `@events [[:shop, :a], [:shop, :b]]`. */
function attributeOf(name: string): Expr | undefined {
  const values: Record<string, string> = { "@prefix": "[:shop]", "@events": "[[:shop, :a], [:shop, :b]]" };
  return name in values ? callsOf(`f(${values[name]})`)[0]!.args[0] : undefined;
}

describe("telemetryEvents", () => {
  const eventsOf = (line: string) => callsOf(line).flatMap((call) => telemetryEvents(call, attributeOf));

  it("names what execute sends", () => {
    expect(eventsOf(":telemetry.execute([:shop, :login, :failed], %{count: 1}, %{user: 1})")).toEqual(["shop.login.failed"]);
  });

  it("names the three events of a span", () => {
    expect(eventsOf(":telemetry.span([:shop, :login], %{}, fn -> {1, %{}} end)")).toEqual([
      "shop.login.start",
      "shop.login.stop",
      "shop.login.exception",
    ]);
  });

  it("reads attributes and joined lists", () => {
    expect(eventsOf(":telemetry.execute(@prefix ++ [:login, :failed], %{})")).toEqual(["shop.login.failed"]);
    expect(eventsOf(":telemetry.execute(@unknown ++ [:login], %{})")).toEqual([]);
  });

  it("says nothing of computed names and of other calls", () => {
    expect(eventsOf(":telemetry.execute(event, %{})")).toEqual([]);
    expect(eventsOf(":telemetry.execute([:shop, event], %{})")).toEqual([]);
    expect(eventsOf("Telemetry.execute([:shop, :login], %{})")).toEqual([]);
    expect(eventsOf(":telemetry.list_handlers([:shop])")).toEqual([]);
  });
});

describe("telemetryHandler", () => {
  const handlerOf = (line: string) => callsOf(line).flatMap((call) => telemetryHandler(call, attributeOf) ?? []);

  it("gives the events and the function of attach and attach_many", () => {
    const [one] = handlerOf(':telemetry.attach("log", [:shop, :login, :failed], &Shop.Audit.handle/4, nil)');
    expect(one?.events).toEqual(["shop.login.failed"]);
    expect(one?.handler.kind).toBe("function");
    const [many] = handlerOf(':telemetry.attach_many("log", [[:shop, :a], [:shop, :b], event], &Shop.Audit.handle/4, nil)');
    expect(many?.events).toEqual(["shop.a", "shop.b"]);
    const [named] = handlerOf(':telemetry.attach_many("log", @events, &Shop.Audit.handle/4, nil)');
    expect(named?.events).toEqual(["shop.a", "shop.b"]);
  });

  it("is no handler where the event is computed or another module attaches", () => {
    expect(handlerOf(':telemetry.attach("log", event, &Shop.Audit.handle/4, nil)')).toEqual([]);
    expect(handlerOf('Phoenix.attach("log", [:shop], &Shop.Audit.handle/4, nil)')).toEqual([]);
  });
});
