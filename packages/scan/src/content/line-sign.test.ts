import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { callsIn, loadLanguages } from "../loggers/harness/calls.ts";
import { loggers } from "../loggers/index.ts";
import { LINE_SIGN } from "./line-sign.ts";

const FOLDER = join(import.meta.dirname, "../loggers/fixtures");

beforeAll(loadLanguages);

/** The text of every call in the fixtures of a logger that is a record for it, behind the imports of its file. */
function callsOf(id: string): readonly string[] {
  const logger = loggers.find((one) => one.id === id);
  if (logger === undefined) return [];
  return readdirSync(join(FOLDER, id)).flatMap((name) => {
    const text = readFileSync(join(FOLDER, id, name), "utf8");
    const imports = text.split("\n").filter((line) => /^(?:import|from|use|using|const .*\brequire)\b/.test(line));
    return callsIn(name, text)
      .filter((view) => logger.record(view) !== undefined && view.call.end > view.call.start)
      .map(({ call }) => [...imports, text.slice(call.start, call.end)].join("\n"));
  });
}

describe("the sign of log lines", () => {
  it.each(loggers.map(({ id }) => id).filter((id) => readdirSync(FOLDER).includes(id)))("misses no call of %s", (id) => {
    expect(callsOf(id).filter((call) => !LINE_SIGN.test(call))).toEqual([]);
  });

  it.each([
    "'login' => 'Your password or user name is wrong. Log in again.',",
    "class Password < ApplicationRecord\n  has_many :logins\nend",
    'export const labels = { logout: "Sign out", errors: "Wrong password" };',
  ])("is not in a text that only speaks of them: %s", (text) => {
    expect(LINE_SIGN.test(text)).toBe(false);
  });
});
