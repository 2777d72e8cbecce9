import type { Alert } from "../alert.ts";
import { levels } from "../rule-ir.ts";
import type { Level } from "../rule-ir.ts";
import { durationText, grouped, headline, isoTime } from "./facts.ts";
import { visibleShort } from "./visible.ts";

/** One rule that has raised alerts. */
export interface LiveRule {
  readonly title: string;
  readonly level: Level;
  readonly alerts: number;
}

export interface LiveState {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly rules: readonly LiveRule[];
  readonly lastAlert?: Alert;
  readonly late: number;
  readonly unreadable: number;
  readonly evicted: number;
  /** How far the last event lies behind the clock, milliseconds. */
  readonly behind?: number;
  /** Outputs that fail, and why. */
  readonly failing?: readonly string[];
}

export interface LiveTable {
  /** Draws the table anew in its place. */
  show(state: LiveState): void;
  /** Prints text (without last line end) above the table, where it stays. It must be safe for a terminal (alertText is). */
  print(text: string): void;
  /** Leaves the last table standing, and the cursor below it. */
  end(): void;
}

export interface LiveOptions {
  /** Rows of the terminal; the table takes fewer. Default: 24. */
  readonly rows?: number;
  /** Colours. Default: false. */
  readonly color?: boolean;
}

/** SGR parameters. */
const colors: Readonly<Record<Level, string>> = { informational: "36", low: "34", medium: "33", high: "31", critical: "1;31" };

/** ECMA-48 and the terminal's mode 2026 (synchronized output): a frame is shown whole or not at all; unknown to a terminal it does nothing. */
const frameStart = "\u001b[?2026h";
const frameEnd = "\u001b[?2026l";

/**
 * A table for terminals that is drawn over itself: counts by rule, speed, the last alert, what went wrong. Each frame is one
 * write, and overwrites lines instead of clearing them. No line is as wide as the terminal, so that none wraps.
 */
export function liveTable(
  write: (text: string) => void,
  columns: number | (() => number),
  { rows = 24, color = false }: LiveOptions = {},
): LiveTable {
  let height = 0;
  let last: LiveState | undefined;
  const frame = (lines: readonly string[], above: readonly string[]) => {
    const up = height === 0 ? "" : `\u001b[${height}A`;
    const text = [...above, ...lines].map((line) => `\r${line}\u001b[K\n`).join("");
    height = lines.length;
    write(`${frameStart}${up}${text}\u001b[J${frameEnd}`);
  };
  const drawn = (state: LiveState) => tableLines(state, typeof columns === "number" ? columns : columns(), rows, color);
  return {
    show(state) {
      last = state;
      frame(drawn(state), []);
    },
    print(text) {
      frame(last === undefined ? [] : drawn(last), text.split("\n"));
    },
    end() {
      height = 0;
      last = undefined;
    },
  };
}

function tableLines(state: LiveState, columns: number, rows: number, color: boolean): readonly string[] {
  const width = Math.max(10, columns - 1);
  const rules = [...state.rules].sort(
    (a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.alerts - a.alerts || (a.title < b.title ? -1 : 1),
  );
  const room = Math.max(1, rows - 8);
  const digits = Math.max(6, ...rules.map(({ alerts }) => String(alerts).length));
  const shown = rules.slice(0, room).map((rule) => ruleLine(rule, digits, width, color));
  const hidden = rules.slice(room);
  const more = hidden.length === 0 ? [] : [fitted(`${" ".repeat(digits)}  and ${hidden.length} more rules`, width)];
  return [fitted(summary(state), width), ...shown, ...more, ...lastLine(state, width), ...troubles(state, width)];
}

function summary({ events, eventsPerSecond, rules, behind }: LiveState): string {
  const alerts = rules.reduce((sum, rule) => sum + rule.alerts, 0);
  const lag = behind === undefined || behind < 1000 ? "" : ` · ${durationText(behind)} behind`;
  return `${grouped(alerts)} alerts · ${grouped(events)} events · ${grouped(Math.round(eventsPerSecond))}/s${lag}`;
}

function ruleLine({ title, level, alerts }: LiveRule, digits: number, width: number, color: boolean): string {
  const name = levelWidth < width - digits - 12 ? level.padEnd(levelWidth) : level.slice(0, 1).toUpperCase();
  const line = fitted(`${String(alerts).padStart(digits)}  ${name}  ${visibleShort(title, 200)}`, width);
  if (!color || alerts === 0) return line;
  const at = digits + 2;
  return `${line.slice(0, at)}\u001b[${colors[level]}m${line.slice(at, at + name.length)}\u001b[0m${line.slice(at + name.length)}`;
}

const levelWidth = "informational".length;

function lastLine({ lastAlert }: LiveState, width: number): readonly string[] {
  if (lastAlert === undefined) return [];
  return [fitted(`last  ${isoTime(lastAlert.completed).slice(11, 19)}  ${visibleShort(headline(lastAlert), 400)}`, width)];
}

/** What an operator has to know, and only where it is so. */
function troubles({ late, unreadable, evicted, failing = [] }: LiveState, width: number): readonly string[] {
  const counts = [[late, "late"] as const, [unreadable, "unreadable"] as const, [evicted, "groups evicted"] as const].flatMap(
    ([count, what]) => (count > 0 ? [`${grouped(count)} ${what}`] : []),
  );
  return [...(counts.length === 0 ? [] : [counts.join(" · ")]), ...failing.slice(0, 3).map((problem) => visibleShort(problem, 400))].map(
    (line) => fitted(line, width),
  );
}

/** East Asian wide characters and most pictographs (Unicode Standard Annex 11) take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Cut to so many columns. Combining marks count as one, for terminals that do not know the newest of them. */
function fitted(text: string, width: number): string {
  const shown: string[] = [];
  let used = 0;
  for (const character of text) {
    const columns = wide.test(character) ? 2 : 1;
    if (used + columns > width) return `${shown.slice(0, -1).join("")}…`;
    used += columns;
    shown.push(character);
  }
  return text;
}
