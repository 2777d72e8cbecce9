import { isMainThread } from "node:worker_threads";

/** Why the process ends, as far as it can be known. */
export type ExitCause =
  | { readonly kind: "idle" }
  | { readonly kind: "exit"; readonly code: number }
  /** `isFinal`: the application does not handle it, so that it ends the process. */
  | { readonly kind: "signal"; readonly signal: FatalSignal; readonly isFinal: boolean }
  /** An exception that nobody caught; the application may live on if it has a handler of its own. */
  | { readonly kind: "crash"; readonly error: unknown; readonly origin: string };

export type FatalSignal = "SIGTERM" | "SIGINT" | "SIGHUP";

/** Told of an end that may be near, synchronously, and more than once: a signal that the application handles, then its exit. */
export type ExitListener = (cause: ExitCause) => void;

const fatalSignals: readonly FatalSignal[] = ["SIGTERM", "SIGINT", "SIGHUP"];

/** One set of process listeners a thread, however many logs and copies of this package there are. */
interface Watch {
  readonly listeners: Set<ExitListener>;
  stop: (() => void) | undefined;
}

const watchName = Symbol.for("@telltale/log: exit watch");

/**
 * Calls `listener` when the process is about to end. Gives a function that takes it off again. The application behaves as without it:
 * a signal that it does not handle ends the process as ever, one that it handles is its own affair. In worker threads, only
 * their exit is seen.
 */
export function onExit(listener: ExitListener): () => void {
  const holder = globalThis as { [watchName]?: Watch };
  const watch = (holder[watchName] ??= { listeners: new Set(), stop: undefined });
  watch.listeners.add(listener);
  watch.stop ??= install(watch.listeners);
  return () => {
    watch.listeners.delete(listener);
    if (watch.listeners.size > 0) return;
    watch.stop?.();
    watch.stop = undefined;
  };
}

function install(listeners: ReadonlySet<ExitListener>): () => void {
  const tell = (cause: ExitCause) => {
    for (const listener of listeners) tellOne(listener, cause);
  };
  const atIdle = () => tell({ kind: "idle" });
  const atExit = (code: number) => tell({ kind: "exit", code });
  const atCrash = (error: unknown, origin: string) => tell({ kind: "crash", error, origin });
  const signals = isMainThread ? fatalSignals.map((signal) => watchSignal(signal, tell)) : [];
  process.on("beforeExit", atIdle);
  process.on("exit", atExit);
  process.on("uncaughtExceptionMonitor", atCrash);
  return () => {
    process.off("beforeExit", atIdle);
    process.off("exit", atExit);
    process.off("uncaughtExceptionMonitor", atCrash);
    for (const stop of signals) stop();
  };
}

/** A listener's fault must not keep the process from ending, or the others from hearing of it. */
function tellOne(listener: ExitListener, cause: ExitCause): void {
  try {
    listener(cause);
  } catch {
    // There is nobody left to tell.
  }
}

function watchSignal(signal: FatalSignal, tell: ExitListener): () => void {
  const heard = () => {
    const isFinal = process.listenerCount(signal) <= 1 + onlookers();
    tell({ kind: "signal", signal, isFinal });
    if (!isFinal) return;
    // Nobody but us and others who only look on: without listener, the signal does what it does by default.
    process.off(signal, heard);
    process.kill(process.pid, signal);
  };
  process.on(signal, heard);
  return () => process.off(signal, heard);
}

/**
 * Listeners of the package signal-exit, which also give way to the default, but only where nobody else listens. Each copy of it
 * counts itself there (versions 2 and 3, 4).
 */
function onlookers(): number {
  const older = (process as { readonly __signal_exit_emitter__?: { readonly count?: unknown } })["__signal_exit_emitter__"];
  const newer = (globalThis as { readonly [name: symbol]: { readonly count?: unknown } | undefined })[Symbol.for("signal-exit emitter")];
  return [older?.count, newer?.count].reduce<number>((sum, count) => sum + (typeof count === "number" ? count : 0), 0);
}
