import { describe, expect, it } from "vitest";
import { progressLine, wantsColour, wantsProgress } from "./terminal.ts";

describe("wantsColour", () => {
  it.each([
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    [undefined, { TERM: "dumb" }, true, false],
    [undefined, { NO_COLOR: "1" }, true, false],
    [undefined, { NO_COLOR: "" }, true, true],
    [undefined, { FORCE_COLOR: "1" }, false, true],
    [undefined, { FORCE_COLOR: "0" }, true, false],
    [undefined, { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [true, { NO_COLOR: "1" }, false, true],
    [false, { FORCE_COLOR: "1" }, true, false],
  ])("option %s, environment %j, terminal %s: %s", (option, environment, isTerminal, expected) => {
    expect(wantsColour(option, environment, isTerminal)).toBe(expected);
  });
});

describe("wantsProgress", () => {
  it.each([
    [true, {}, true, true],
    [false, {}, true, false],
    [true, {}, false, false],
    [true, { CI: "true" }, true, false],
    [true, { CI: "false" }, true, true],
  ])("option %s, environment %j, terminal %s: %s", (option, environment, isTerminal, expected) => {
    expect(wantsProgress(option, environment, isTerminal)).toBe(expected);
  });
});

describe("progressLine", () => {
  it("redraws at a bounded pace and leaves nothing behind", () => {
    let time = 0;
    let drawn = "";
    const line = progressLine(
      (text) => (drawn += text),
      () => time,
    );
    for (; time < 400; time++) line.tell({ step: "parse", done: time, total: 400 });
    expect(drawn.split("\r").length - 1).toBe(5);
    line.end();
    expect(drawn.endsWith("\r\u001b[2K")).toBe(true);
  });

  it("writes nothing where nothing was told", () => {
    let drawn = "";
    progressLine(
      (text) => (drawn += text),
      () => 0,
    ).end();
    expect(drawn).toBe("");
  });
});
