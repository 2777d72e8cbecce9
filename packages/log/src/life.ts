import type { Output } from "./outputs.ts";
import type { Recorder } from "./recorder.ts";
import { onExit } from "./sinks/exit.ts";
import type { ExitCause } from "./sinks/exit.ts";

export interface LifeParts {
  readonly recorder: Recorder;
  readonly outputs: readonly Output[];
  /** Who starts and stops, where nobody else is known. */
  readonly service: string;
  /** Whether start, stop and crash are recorded. */
  readonly lifecycle: boolean;
  /** Seconds, or none. */
  readonly heartbeat: number | false;
}

/** A log from its first record to its last. */
export interface Life {
  /** Records how far the sequence has come and what was lost. */
  readonly beat: (extra?: Readonly<Record<string, unknown>>) => void;
  /** The last record, what waits is written, and the outputs are closed. */
  readonly end: () => Promise<void>;
}

/** Records the start, and from then on heartbeats and the end, however it comes. */
export function beginLife({ recorder, outputs, service, lifecycle, heartbeat }: LifeParts): Life {
  let stopped = false;
  const actor = { id: service, type: "service" };
  const dropped = () => outputs.reduce((sum, output) => sum + output.stats().dropped, 0);
  const beat: Life["beat"] = (extra) => recorder.record("sys_heartbeat", { seq: recorder.seq + 1, dropped: dropped(), actor, extra });

  const stop = (extra: Readonly<Record<string, unknown>>): void => {
    if (stopped) return;
    stopped = true;
    for (const output of outputs) output.signNext();
    if (lifecycle) recorder.record("sys_shutdown", { actor, extra: { ...extra, dropped: dropped() } });
  };

  const ending = (cause: ExitCause): void => {
    if (cause.kind === "exit") stop({ code: cause.code });
    else if (cause.kind === "signal" && cause.isFinal) stop({ signal: cause.signal });
    else if (cause.kind === "crash" && lifecycle && isFatal()) {
      recorder.record("sys_crash", { reason: reasonOf(cause.error), error: cause.error, actor });
    }
    for (const output of outputs) output.flushSync();
  };

  if (lifecycle) recorder.record("sys_startup", { actor, extra: startOf(outputs) });
  const timer = heartbeat === false ? undefined : setInterval(beat, heartbeat * 1000).unref();
  const forget = onExit(ending);

  return {
    beat,
    end: async () => {
      clearInterval(timer);
      stop({});
      forget();
      await Promise.all(outputs.map((output) => output.close()));
    },
  };
}

/** An application that handles what nobody caught may live on; then it is no crash. */
function isFatal(): boolean {
  return process.listenerCount("uncaughtException") === 0;
}

/** The kind of the error alone: its message goes through the redactor with the error. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : `${typeof error} thrown`;
}

/** How the chains of this run began: one that could not be continued is evidence itself. */
function startOf(outputs: readonly Output[]): Readonly<Record<string, unknown>> | undefined {
  const chains = outputs.flatMap((output) => output.beginning() ?? []);
  return chains.length === 0 ? undefined : { chains };
}
