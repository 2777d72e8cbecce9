import { expect, test } from "vitest";
import { linkFile, UNLINKED } from "./link.ts";
import type { ContainerIR, FunctionIR } from "./nodes.ts";

function fn(name: string, start: number, end: number): FunctionIR {
  return { kind: "functionIR", name, start, end, params: [], body: [], decorators: [], file: UNLINKED };
}

function container(name: string, start: number, end: number): ContainerIR {
  const parts = { extends: [], decorators: [], fields: [], functions: [], body: [], imports: [], mixins: [] };
  return { kind: "containerIR", sort: "class", name, start, end, ...parts, file: UNLINKED };
}

test("what stands in what is read from the spans, in whatever order it comes", () => {
  const file = linkFile({
    ...UNLINKED,
    path: "a",
    functions: [fn("closure", 14, 18), fn("method", 12, 20), fn("factory", 40, 90), fn("inner", 60, 70), fn("free", 30, 35)],
    containers: [container("Local", 50, 80), container("Outer", 10, 28), container("Nested", 21, 26)],
  });
  expect(file.functions.map((one) => [one.name, one.parent?.name, one.container?.name])).toEqual([
    ["method", undefined, "Outer"],
    ["closure", "method", "Outer"],
    ["free", undefined, undefined],
    ["factory", undefined, undefined],
    ["inner", "factory", "Local"],
  ]);
  expect(file.containers.map((one) => [one.name, one.parent?.name])).toEqual([
    ["Outer", undefined],
    ["Nested", "Outer"],
    ["Local", undefined],
  ]);
  expect([...file.functions, ...file.containers].every((one) => one.file === file)).toBe(true);
});

test("two of the same span are siblings", () => {
  const file = linkFile({ ...UNLINKED, functions: [fn("outer", 0, 20), fn("a", 5, 9), fn("b", 5, 9)], containers: [] });
  expect(file.functions.map((one) => one.parent?.name)).toEqual([undefined, "outer", "outer"]);
});

test("a container that is known already is kept: methods that stand outside their type", () => {
  const server = container("Server", 0, 10);
  const method = { ...fn("login", 20, 30), container: server };
  expect(linkFile({ ...UNLINKED, functions: [method], containers: [server] }).functions[0]?.container).toBe(server);
});
