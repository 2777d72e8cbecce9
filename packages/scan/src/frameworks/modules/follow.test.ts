import { expect, it } from "vitest";
import { createProject } from "../../project/project.ts";
import { javascript } from "../../languages/javascript/index.ts";
import { exportedAs, follow, ownExports } from "./follow.ts";

const TEXTS = new Map([
  [
    "a.ts",
    'import { hooks as h } from "./barrel";\nimport * as all from "./b";\nconst member = h.create?.after;\nconst star = all.run;\nconst missing = h.nothing;',
  ],
  ["b.ts", "export const run = async () => 1;\nexport const hooks = { create: { after: run } };"],
  [
    "barrel.ts",
    'export * from "./barrel";\nexport * from "./b";\nexport { run as renamed } from "./b";\nexport { gone } from "a-package";',
  ],
  ["own.ts", 'import { run } from "./b";\nfunction local() {}\nexport { run, local };\nexport const { GET } = handlers;'],
]);
const project = createProject("/", { texts: TEXTS, manifests: [], notAnalysed: [] }, [javascript]);

function placed(path: string, name: string): ReturnType<typeof follow> {
  const file = project.file(path);
  if (file === undefined) throw new Error(path);
  return follow({ expr: { kind: "name", name, start: 0, end: 0 }, file, scope: null }, project);
}

it("follows members, barrels in a circle and namespaces to the value and its file", () => {
  expect(placed("a.ts", "member")).toMatchObject({ file: { path: "b.ts" }, expr: { kind: "function" } });
  expect(placed("a.ts", "star")).toMatchObject({ file: { path: "b.ts" }, expr: { kind: "function" } });
});

it("stops at what cannot be followed", () => {
  expect(placed("a.ts", "missing").expr.kind).toBe("member");
  expect(placed("a.ts", "unknown").expr).toMatchObject({ kind: "name", name: "unknown" });
});

it("gives exports the name under which they are exported", () => {
  const barrel = project.file("barrel.ts")!;
  expect(exportedAs(barrel, "renamed", project)).toMatchObject({ name: "renamed", local: "run", file: { path: "b.ts" } });
  expect(exportedAs(barrel, "gone", project)).toMatchObject({ name: "gone", file: { path: "barrel.ts" } });
  expect(exportedAs(barrel, "absent", project)).toBeUndefined();
});

it("tells what a file declares from what it passes on", () => {
  const own = ownExports(project.file("own.ts")!);
  expect(own.map((one) => one.name)).toEqual(["local", "GET"]);
  expect(own[1]?.expr).toMatchObject({ kind: "member", property: "GET" });
});
