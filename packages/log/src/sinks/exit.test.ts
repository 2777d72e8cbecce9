import { describe, expect, it } from "vitest";
import { ended, start } from "./harness/children.ts";

/** Each: what the listener hears, and how the process ends. */
const ways: readonly (readonly [string, readonly string[], number | null, string | null])[] = [
  ["idle", ["idle", "exit 0"], 0, null],
  ["exit", ["exit 3"], 3, null],
  ["throw", ["crash boom uncaughtException", "exit 1"], 1, null],
  ["reject", ["crash boom unhandledRejection", "exit 1"], 1, null],
  ["sigterm", ["signal SIGTERM true"], null, "SIGTERM"],
  ["sigint", ["signal SIGINT true"], null, "SIGINT"],
  ["sighup", ["signal SIGHUP true"], null, "SIGHUP"],
  ["handled", ["signal SIGTERM false", "exit 0"], 0, null],
  ["ignored", ["signal SIGTERM false", "the application goes on", "exit 0"], 0, null],
  ["caught", ["crash boom uncaughtException", "the application goes on", "exit 0"], 0, null],
  ["stopped-watching", ["nothing is left"], null, "SIGTERM"],
  ["signal-exit", ["signal SIGTERM true", "signal-exit gives way"], null, "SIGTERM"],
];

describe.skipIf(process.platform === "win32")("the end of a process", () => {
  it.each(ways)("by %s is heard of and not changed", async (way, heard, code, signal) => {
    const end = await ended(start("exiting.ts", [way]));
    expect(end.out.trim().split("\n")).toEqual(heard);
    expect([end.code, end.signal]).toEqual([code, signal]);
  });
});
