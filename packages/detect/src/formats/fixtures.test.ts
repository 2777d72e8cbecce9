import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { NoEvent, ReadEvent } from "../contract.ts";
import type { Fields } from "../event.ts";
import { createReader } from "./index.ts";

const facts = { received: Date.UTC(2026, 10, 22, 11) };

/** What is read, in the form of the comments of the fixtures. */
function summary(result: ReadEvent | NoEvent): string {
  if (result.kind !== "event") return result.kind;
  const { event, actor, source, reason } = result.fields;
  return [event, (actor as Fields | undefined)?.["id"], (source as Fields | undefined)?.["ip"], reason].map((one) => one ?? "-").join(" ");
}

describe.each(["sshd", "nginx"])("%s", (name) => {
  const text = readFileSync(new URL(`fixtures/${name}.log`, import.meta.url), "utf8");
  const cases = [...text.matchAll(/^#> (.*)\n(.*)$/gm)].map(([, wanted = "", line = ""]) => ({ wanted, line }));

  test("every line carries its expectation", () => {
    expect(cases).toHaveLength(text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length);
  });

  // In order and by one reader: sshd says one try in several lines.
  const read = createReader();
  for (const { wanted, line } of cases) {
    test(`reads ${line}`, () => {
      const result = read(line, facts);
      expect(summary(result)).toBe(wanted);
      if (result.kind !== "event" || line.startsWith("web-1")) return;
      const second = Number(/10:00:(\d\d)/.exec(line)?.[1]);
      expect(Math.floor(result.time / 1000) * 1000).toBe(Date.UTC(2026, 10, 22, 10, 0, second));
    });
  }

  test("the format may be named", () => {
    const named = createReader({ format: name });
    expect(cases.filter(({ line }) => named(line, facts).kind === "event").length).toBeGreaterThan(5);
  });
});
