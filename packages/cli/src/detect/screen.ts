import { alertText, createOutput, grouped, levels, liveTable } from "@telltale/detect";
import type { Alert, Level, LiveState, Note, RuleSet, RunState, SourceTally } from "@telltale/detect";
import { visible } from "@telltale/vocabulary";
import { drawnLine } from "../terminal.ts";

export interface ScreenOptions {
  readonly rules: RuleSet;
  /** What `--to` says, as it was given. */
  readonly to: readonly string[];
  readonly colour: boolean;
  /** A table that is redrawn while following. */
  readonly live: boolean;
  /** One line of progress on finished input. */
  readonly progress: boolean;
  readonly quiet: boolean;
}

type Outputs = Parameters<typeof import("@telltale/detect").openOutbox>[0]["outputs"];

export interface Screen {
  readonly outputs: Outputs;
  /** A note for the operator, on standard error. */
  readonly tell: (note: Note) => void;
  readonly show: (state: RunState) => void;
  readonly opened: (alert: Alert) => void;
  /** Takes the table or the line away; what is told afterwards is plain. May be called twice. */
  readonly end: () => void;
  readonly summary: (state: RunState, raised: ReadonlyMap<Level, number>) => void;
}

/** What happens every day and is worth a line only to those who look for it. */
const quietKinds: ReadonlySet<Note["kind"]> = new Set(["opened"]);

/** What `--quiet` shows too: alerts or events that may be lost. */
const errorKinds: ReadonlySet<Note["kind"]> = new Set(["output", "store", "checkpoint", "unreadable", "disconnected"]);

/** Where a run shows itself: alerts on standard output (or wherever `--to` says), all else on standard error. */
export function createScreen(options: ScreenOptions): Screen {
  const { live, colour, quiet } = options;
  const draw = (text: string) => process.stderr.write(text);
  // Some terminals (of containers) say that they are 0 wide.
  const table = live
    ? liveTable(draw, () => process.stderr.columns || 80, { rows: process.stderr.rows || undefined, color: colour })
    : undefined;
  const line = options.progress && !live ? drawnLine(draw, Date.now) : undefined;
  let shown = true;
  let before = { events: 0, elapsed: 0 };
  let speed = 0;
  let lastAlert: Alert | undefined;

  function say(text: string): void {
    if (table !== undefined && shown) table.print(text);
    else {
      if (shown) line?.end();
      process.stderr.write(`${text}\n`);
    }
  }

  function liveState(state: RunState): LiveState {
    const passed = state.elapsed - before.elapsed;
    if (passed >= 1000) {
      speed = ((state.engine.events - before.events) * 1000) / passed;
      before = { events: state.engine.events, elapsed: state.elapsed };
    }
    const { events, alerts, late, evicted } = state.engine;
    let unreadable = 0;
    for (const tally of state.sources.values()) unreadable += tally.unreadable;
    const rules = options.rules.rules.filter((rule) => rule.alerts && (alerts.get(rule.key) ?? 0) > 0);
    return {
      events,
      eventsPerSecond: speed,
      rules: rules.map(({ title, level, key }) => ({ title, level, alerts: alerts.get(key) ?? 0 })),
      lastAlert,
      late,
      unreadable,
      evicted,
    };
  }

  return {
    outputs: options.to.map((spec) =>
      table !== undefined && onTerminal(spec) ? tableOutput(say, colour) : createOutput(spec, { color: colour }),
    ),
    tell({ kind, message }) {
      if (quiet ? errorKinds.has(kind) : !quietKinds.has(kind)) say(`telltale: ${visible(message)}`);
    },
    show(state) {
      if (!shown) return;
      table?.show(liveState(state));
      line?.show(`${grouped(state.engine.events)} events, ${grouped(total(state.engine.alerts))} alerts`);
    },
    opened(alert) {
      lastAlert = alert;
    },
    end() {
      if (!shown) return;
      table?.end();
      line?.end();
      shown = false;
    },
    summary(state, raised) {
      if (!quiet) process.stderr.write(`${summaryText(state, raised)}\n`);
    },
  };
}

/** Text for people on a terminal that also shows the table. */
function onTerminal(spec: string): boolean {
  return (spec === "-" || spec === "stdout" || spec === "text") && process.stdout.isTTY === true;
}

/** Prints alerts above the table, in one stream with it: two streams on one terminal would overwrite each other. */
function tableOutput(say: (text: string) => void, color: boolean): Outputs[number] {
  return {
    name: "terminal",
    deliver(alert) {
      say(alertText(alert, { color }));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** `3 alerts (1 high, 2 medium) from 12,345 events in 0.4 s`, and what could not be read. */
function summaryText({ engine, sources, elapsed }: RunState, raised: ReadonlyMap<Level, number>): string {
  const count = total(raised);
  const byLevel = levels
    .toReversed()
    .flatMap((level) => (raised.has(level) ? [`${raised.get(level)} ${level}`] : []))
    .join(", ");
  const alerts = `${count === 0 ? "no" : grouped(count)} ${count === 1 ? "alert" : "alerts"}${count === 0 ? "" : ` (${byLevel})`}`;
  const lines = [`${alerts} from ${plural(engine.events, "event")} in ${(elapsed / 1000).toFixed(1)} s`];
  for (const [source, tally] of sources) {
    const odd = [
      ...(tally.unreadable > 0 ? [`${grouped(tally.unreadable)} unreadable`] : []),
      ...(tally.other > 0 ? [tally.other === 1 ? "1 is no security event" : `${grouped(tally.other)} are no security events`] : []),
      ...(tally.future > 0 ? [`${grouped(tally.future)} with a clock ahead of ours`] : []),
    ];
    if (odd.length > 0) lines.push(`  ${visible(source)}: of ${plural(tally.lines, "line")} ${odd.join(", ")}`);
    if (tally.lines > 0 && tally.events === 0) lines.push(`  ${nothingSeen(tally)}`);
  }
  if (engine.late > 0) lines.push(`  ${plural(engine.late, "event")} came too late for windows: --lateness allows more`);
  if (engine.evicted > 0) lines.push(`  ${plural(engine.evicted, "group")} given up for want of memory: --budget allows more`);
  return lines.join("\n");
}

/** Why a source may have had no event at all, and what to do about it: silence would pass for safety. */
function nothingSeen({ lines, unreadable }: SourceTally): string {
  if (unreadable === lines)
    return "nothing in it could be read: --format names the format, --mapping describes one of your own (docs/formats.md)";
  return "nothing was looked at for attacks: name the events in the log, or map its fields to them with --mapping (docs/formats.md)";
}

function total(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
