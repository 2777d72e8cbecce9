import { expect, it } from "vitest";
import { javascript } from "../../languages/javascript/index.ts";
import { isFailure } from "../../languages/language.ts";
import type { Expr } from "../../ir/nodes.ts";
import { dotted } from "../reading.ts";
import { chainOf, finalArgument, usedBy, wrapperHints } from "./chain.ts";

function valueOf(text: string): Expr {
  const file = javascript.parse("a.ts", `export const x = ${text};`);
  const [statement] = isFailure(file) ? [] : file.body;
  if (statement?.kind !== "let" || statement.value === null) throw new Error(`no value in ${text}`);
  return statement.value;
}

it("reads a chain in the order in which it runs", () => {
  const chain = chainOf(valueOf("t.procedure.use(first).input(S).use(second).mutation(run)"));
  expect(dotted(chain.root)).toBe("t.procedure");
  expect(chain.steps.map((step) => step.name)).toEqual(["use", "input", "use", "mutation"]);
  expect(usedBy(chain).map(dotted)).toEqual(["first", "second"]);
  expect(finalArgument(chain, new Set(["mutation"]))).toMatchObject({ kind: "name", name: "run" });
  expect(finalArgument(chain, new Set(["input"]))).toBeUndefined();
});

it("takes no last argument that cannot be a function", () => {
  expect(finalArgument(chainOf(valueOf("db.query('select 1')")), new Set(["query"]))).toBeUndefined();
});

it.each([
  ["withTeam(async () => {}, { requiredPermissions: ['keys.write'] })", ["withTeam", "keys.write"]],
  ["withTeam(withAdmin(() => {}))", ["withTeam", "withAdmin"]],
  ["client.inputSchema(z.object({ name: z.string() })).action(() => {})", ["client"]],
  ["client.metadata({ actionName: 'deleteKey' }).action(run)", ["client", "deleteKey"]],
  ["() => {}", []],
])("reads hints of %s", (text, hints) => {
  expect(wrapperHints(valueOf(text))).toEqual(hints);
});
