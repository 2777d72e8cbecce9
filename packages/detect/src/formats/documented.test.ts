import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Mapping } from "./mapping-file.ts";
import { createReader, formats, readMapping } from "./index.ts";

const page = readFileSync(new URL("../../../../docs/formats.md", import.meta.url), "utf8");

interface Example {
  readonly line: string;
  readonly wanted: object;
  readonly mapping: Mapping | undefined;
}

/** Each line of the page, what it says is read from it, and the mapping file that stands right before it. */
const examples: readonly Example[] = [...page.matchAll(/(?:```yaml\n([^`]*)```\s*)?```log\n(.*)\n```\s*```json\n([^`]*)```/g)].map(
  ([, mapping, line = "", wanted = ""]) => ({
    line,
    wanted: JSON.parse(wanted) as object,
    mapping: mapping === undefined ? undefined : readMapping({ file: "mapping.yaml", text: mapping }),
  }),
);

test("the page has an example for every format", () => {
  expect(page.match(/```log/g)).toHaveLength(examples.length);
  expect(examples.filter(({ mapping }) => mapping !== undefined)).toHaveLength(2);
  for (const id of formats.keys()) expect(page).toMatch(new RegExp(`^### .*\`${id}\``, "m"));
});

test.each(examples)("$line", ({ line, wanted, mapping }) => {
  const read = createReader({ format: mapping });
  const result = read(line, { received: Date.UTC(2026, 10, 22, 11) });
  expect(result).toMatchObject({ kind: "event", fields: wanted });
  expect(Math.floor((result as { time: number }).time / 1000) * 1000).toBe(Date.UTC(2026, 10, 22, 10));
});
