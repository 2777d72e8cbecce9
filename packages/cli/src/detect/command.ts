import { createDelivery, createEngine, openGeo, openOutbox, openStore, prepareState, run } from "@telltale/detect";
import type { Geo, Level, Note, RuleSet, RunState } from "@telltale/detect";
import { wantsColour, wantsProgress } from "../terminal.ts";
import { inputsOf, journaledInputs } from "./inputs.ts";
import type { InputFlags, Inputs } from "./inputs.ts";
import { readerOf } from "./reader.ts";
import { ruleSet } from "./rule-set.ts";
import { createScreen } from "./screen.ts";
import { scored, truthFrom } from "./scoring.ts";
import { atLeastAs, levelOf } from "./levels.ts";
import { bytesOf, durationOf } from "./values.ts";

/** Options as commander gives them. */
export interface DetectFlags extends InputFlags {
  readonly rules?: readonly string[];
  readonly format?: string;
  readonly mapping?: string;
  readonly zone?: string;
  readonly to?: readonly string[];
  readonly severity?: string;
  /** False: `--no-state`. */
  readonly state?: string | false;
  readonly checkpointEvery: string;
  readonly lateness: string;
  readonly budget: string;
  readonly geo?: string;
  readonly score?: string;
  readonly quiet?: boolean;
  readonly progress?: boolean;
  readonly color?: boolean;
}

/** Where state lies unless the command line says otherwise; a finished input has none. */
const usualState = ".telltale/detect";

/** What is informational is there for other rules, and wakes nobody. */
const usualSeverity = "low";

/**
 * Reads logs, raises alerts, and says what it saw. Gives 1 where a finished input raised alerts at or above --severity.
 * Following ends with 0 when it is told to stop.
 */
export async function detectCommand(logs: readonly string[], flags: DetectFlags): Promise<number> {
  const { set, notes } = ruleSet(flags.rules);
  const least = levelOf("--severity", flags.severity ?? usualSeverity);
  const truth = flags.score === undefined ? undefined : truthFrom(flags.score);
  const inputs = inputsOf(logs, flags, process.stdin.isTTY === true);
  const state = stateFolder(flags.state, inputs.endless);
  const lateness = durationOf("--lateness", flags.lateness);
  const reader = readerOf(flags, set);
  const geo = geoOf(flags.geo);

  const screen = createScreen({
    rules: set,
    to: flags.to ?? (truth === undefined ? ["-"] : []),
    colour: wantsColour(flags.color, process.env, process.stdout.isTTY === true),
    live: inputs.endless && wantsProgress(flags.progress !== false, process.env, process.stderr.isTTY === true),
    progress: wantsProgress(flags.progress !== false, process.env, process.stderr.isTTY === true),
    quiet: flags.quiet === true,
  });
  const note = (kind: Note["kind"]) => (message: string) => screen.tell({ kind, message });
  for (const message of notes) screen.tell({ kind: "rules", message });
  if (state !== undefined) prepareState(state);
  const store = state === undefined ? undefined : openStore(state, { note: note("store") });
  const outbox = await openOutbox({ outputs: screen.outputs, store, held: inputs.endless ? undefined : Infinity, note: note("output") });
  const scoring = scored(truth);
  const raised = new Map<Level, number>();
  const delivery = createDelivery(outbox);
  if (inputs.endless) screen.tell({ kind: "rules", message: startText(set, state) });
  const hint = pipeHint(inputs, screen.tell);

  const stop = stopSignal();
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= outbox.close());

  try {
    const behind = state === undefined ? undefined : await journaledInputs(inputs.sources, state);
    const last = await run({
      sources: behind?.sources ?? inputs.sources,
      onCheckpoint: behind?.onCheckpoint,
      reader,
      lateness,
      follow: inputs.endless,
      state,
      checkpointEvery: durationOf("--checkpoint-every", flags.checkpointEvery),
      tell: screen.tell,
      onState(now) {
        screen.show(now);
        hint(now);
      },
      signal: stop.signal,
      delivery,
      engine: (raise) =>
        createEngine({
          rules: set,
          lateness,
          budget: bytesOf("--budget", flags.budget),
          locate: geo?.locate,
          onNote: (said) => screen.tell({ kind: "engine", message: said.message }),
          onAlert(alert) {
            if (!atLeastAs(alert.rule.level, least)) return;
            scoring.take(alert);
            if (alert.phase === "opened") {
              raised.set(alert.rule.level, (raised.get(alert.rule.level) ?? 0) + 1);
              screen.opened(alert);
            }
            // Of a finished input each alert is told once, with all that there was.
            if (inputs.endless || alert.phase === "closed") raise(alert);
          },
        }),
    });
    const isCut = stop.signal.aborted;
    await behind?.close();
    await settled(outbox, inputs.endless);
    return await finish(last, isCut);
  } finally {
    stop.end();
    await close();
    await store?.close();
    geo?.close();
    screen.end();
  }

  async function finish(last: RunState, isCut: boolean): Promise<number> {
    screen.end();
    await scoring.print();
    await close();
    const undelivered = outbox.states().filter(({ pending, lost }) => pending + lost > 0);
    for (const one of undelivered) {
      // Without state the outbox itself says what it could not deliver.
      if (state !== undefined || one.lost > 0) screen.tell({ kind: "output", message: undeliveredText(one, state) });
    }
    screen.summary(last, raised);
    if (inputs.endless) return 0;
    if (isCut) screen.tell({ kind: "hint", message: "stopped before the end of the input: what follows there was not looked at" });
    if (undelivered.length > 0 || isCut) return 2;
    return raised.size > 0 ? 1 : 0;
  }
}

type LaneState = ReturnType<Awaited<ReturnType<typeof openOutbox>>["states"]>[number];

function undeliveredText({ name, pending, lost, failing }: LaneState, state: string | undefined): string {
  const why = failing === undefined ? "" : ` (${failing})`;
  if (state !== undefined && lost === 0) return `${name}: ${pending} alerts wait in ${state}${why}; they go out at the next start`;
  return `${name}: ${pending + lost} alerts were not delivered${why}`;
}

function startText(set: RuleSet, state: string | undefined): string {
  const kept = state === undefined ? "nothing is kept: a restart begins anew" : `state and alerts are kept in ${state}`;
  return `${set.rules.filter((rule) => rule.alerts).length} rules; ${kept}`;
}

/** How long a pipe may be silent before its user is told what `--follow` is for, milliseconds. */
const silentPipe = 3000;

/** For `tail -f log | telltale detect`: without --follow an alert is told when its episode is over, and that may never come. */
function pipeHint({ sources, endless }: Inputs, tell: (note: Note) => void): (state: RunState) => void {
  let said = endless || !sources.some(({ name }) => name === "stdin");
  let events = 0;
  let since = 0;
  return ({ engine, elapsed }) => {
    if (said) return;
    if (engine.events > events) since = elapsed;
    events = engine.events;
    if (elapsed - since < silentPipe) return;
    said = true;
    tell({ kind: "hint", message: "standard input is still open, and alerts are told when it ends; --follow tells each at once" });
  };
}

/** How long a finished input waits for outputs that fail, milliseconds. */
const graceOfFinished = 15_000;

async function settled(outbox: { idle(): Promise<void> }, endless: boolean): Promise<void> {
  if (endless) return;
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([outbox.idle(), new Promise((resolve) => (timer = setTimeout(resolve, graceOfFinished)))]);
  clearTimeout(timer);
}

function stateFolder(asked: string | false | undefined, endless: boolean): string | undefined {
  if (asked === false) return undefined;
  return asked ?? (endless ? usualState : undefined);
}

function geoOf(asked: string | undefined): Geo | undefined {
  if (asked === "none") return undefined;
  try {
    return openGeo(asked ?? "auto");
  } catch (error) {
    // Without being asked for one, it is no fault that there is none.
    if (asked === undefined) return undefined;
    throw error;
  }
}

/** Aborted by the first SIGINT or SIGTERM; the second of either ends the process as usual. `end` hears no more of them. */
function stopSignal(): { readonly signal: AbortSignal; readonly end: () => void } {
  const stop = new AbortController();
  const signals = ["SIGINT", "SIGTERM"] as const;
  const end = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  function onSignal(): void {
    end();
    stop.abort();
  }
  for (const signal of signals) process.on(signal, onSignal);
  return { signal: stop.signal, end };
}
