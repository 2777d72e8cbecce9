import * as fc from "fast-check";
import { expect, test } from "vitest";
import { alertOf, anyAlert, stuffing } from "../store/harness/alerts.ts";
import { liveTable } from "./live.ts";
import type { LiveState } from "./live.ts";

/** As much of a terminal as the table uses: what stands on the screen, and whether anything wrapped. Throws at any other sequence. */
class Screen {
  readonly lines: string[] = [""];
  readonly frames: string[] = [];
  private row = 0;

  write(text: string): void {
    this.frames.push(text);
    // oxlint-disable-next-line no-control-regex -- what a terminal reads
    for (const [token, up] of text.matchAll(/\u001b\[(?:\?2026[hl]|(\d+)A|[\d;]*m|[KJ])|[\r\n]|[^\u001b\r\n]+|\u001b/g)) {
      if (up !== undefined) this.row -= Number(up);
      else if (token === "\n") this.down();
      else if (token === "\r") this.column = 0;
      else if (token === "\u001b[K") this.lines[this.row] = this.lines[this.row]!.slice(0, this.column);
      else if (token === "\u001b[J") this.lines.splice(this.row + 1);
      else if (token === "\u001b") throw new Error("an unknown sequence");
      else if (!token.startsWith("\u001b")) this.put(token);
      if (this.row < 0) throw new Error("above the screen");
    }
  }

  private column = 0;

  private down(): void {
    this.row += 1;
    this.column = 0;
    this.lines[this.row] ??= "";
  }

  private put(text: string): void {
    const line = this.lines[this.row]!;
    this.lines[this.row] = line.slice(0, this.column) + text + line.slice(this.column + text.length);
    this.column += text.length;
  }
}

const state: LiveState = {
  events: 1_234_567,
  eventsPerSecond: 4321.4,
  rules: [
    { title: "Log silence", level: "low", alerts: 7 },
    { title: "Credential stuffing from one source", level: "high", alerts: 2 },
  ],
  lastAlert: stuffing,
  late: 0,
  unreadable: 3,
  evicted: 0,
};

test("is drawn over itself, and what is printed stays above it", () => {
  const screen = new Screen();
  const table = liveTable((text) => screen.write(text), 100);
  table.show(state);
  table.show({ ...state, unreadable: 0 });
  table.print("an alert\nof two lines");
  table.show({ ...state, behind: 90_000, failing: ["webhook: answered 500"] });
  table.end();
  expect(screen.lines).toEqual([
    "an alert",
    "of two lines",
    "9 alerts · 1,234,567 events · 4,321/s · 1 min 30 s behind",
    "     2  high           Credential stuffing from one source",
    "     7  low            Log silence",
    "last  10:12:30  High: Credential stuffing from one source (source.ip 203.0.113.7), 42 events",
    "3 unreadable",
    "webhook: answered 500",
    "",
  ]);
});

test("does not flicker: each frame is one write that clears nothing before it is overwritten", () => {
  const screen = new Screen();
  const table = liveTable((text) => screen.write(text), 80);
  for (let at = 0; at < 3; at += 1) table.show(state);
  expect(screen.frames).toHaveLength(3);
  for (const frame of screen.frames) {
    expect(frame.startsWith("\u001b[?2026h")).toBe(true);
    expect(frame.endsWith("\u001b[J\u001b[?2026l")).toBe(true);
    expect(frame).not.toContain("\u001b[2J");
  }
});

test("shows the gravest rules where there is no room for all", () => {
  const screen = new Screen();
  const rules = Array.from({ length: 30 }, (_, at) => ({
    title: `rule ${at}`,
    level: at === 29 ? ("critical" as const) : ("low" as const),
    alerts: at,
  }));
  liveTable((text) => screen.write(text), 80, { rows: 12 }).show({ ...state, rules });
  expect(screen.lines[1]).toBe("    29  critical       rule 29");
  expect(screen.lines).toContain("        and 26 more rules");
  expect(screen.lines.length).toBeLessThanOrEqual(12);
});

test("no line is wider than the terminal, however narrow, and no alert steers it", () => {
  fc.assert(
    fc.property(anyAlert, fc.integer({ min: 12, max: 200 }), fc.boolean(), (lastAlert, columns, color) => {
      const screen = new Screen();
      const table = liveTable(
        (text) => screen.write(text),
        () => columns,
        { color },
      );
      const rules = [{ title: lastAlert.rule.title, level: lastAlert.rule.level, alerts: 1 }];
      for (let at = 0; at < 2; at += 1) table.show({ ...state, lastAlert, rules, failing: [lastAlert.rule.title] });
      for (const line of screen.lines) expect([...line].length).toBeLessThan(columns);
    }),
    { numRuns: 200 },
  );
  const screen = new Screen();
  liveTable((text) => screen.write(text), 40).show({
    ...state,
    lastAlert: alertOf(1, { rule: { ...stuffing.rule, title: "漢".repeat(40) } }),
  });
  const wide = screen.lines.find((line) => line.startsWith("last"))!;
  expect([...wide].reduce((width, character) => width + (character === "漢" ? 2 : 1), 0)).toBeLessThan(40);
});
