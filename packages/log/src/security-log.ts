import { createNames, type EventName } from "@telltale/vocabulary";
import { contextOf } from "./context/request-context.ts";
import { contextSettings } from "./context/settings.ts";
import type { ContextSource } from "./context/source.ts";
import { currentContext, identify, runInContext } from "./context/store.ts";
import type { Affiliation } from "./context/store.ts";
import { Strays } from "./context/strays.ts";
import { actorOf, idOf } from "./actor.ts";
import type { DetailsArgument, DetailsOf, EventDeclarations } from "./events/details.ts";
import { knownEvents } from "./events/known.ts";
import { beginLife } from "./life.ts";
import type { Life } from "./life.ts";
import { nearest } from "./checks.ts";
import { checkOptions } from "./options.ts";
import type { SecurityLogOptions } from "./options.ts";
import { openOutputs } from "./outputs.ts";
import type { Output } from "./outputs.ts";
import type { Actor, Json, SafeRecord } from "./record.ts";
import { Recorder } from "./recorder.ts";
import type { Application } from "./recorder.ts";
import { createRedactor, createSessionHasher } from "./redact/index.ts";
import { emitWarning, Warnings } from "./warnings.ts";
import type { WarningCode } from "./warnings.ts";

/** Numbers of one log since it was created. */
export interface LogStats {
  /** Events recorded. */
  readonly recorded: number;
  readonly warnings: Readonly<Partial<Record<WarningCode, number>>>;
  readonly outputs: readonly {
    readonly name: string;
    readonly written: number;
    readonly buffered: number;
    readonly dropped: number;
    readonly trouble?: string;
  }[];
}

/** What belongs to an actor in a request. */
export interface Belongs {
  readonly tenant?: string;
  /** Identifier of the session; written as a keyed hash. */
  readonly session?: string;
}

/** Records security events. Nothing in it throws at run time. */
export interface SecurityLog<Own extends EventDeclarations = EventDeclarations> extends ContextSource {
  /**
   * Records one event: its name, then what it says. Actor, address, user agent and request come from the request's context where
   * they are not given. A wrong name or detail is a type error here, and a counted warning at run time; the event is recorded.
   */
  record<N extends EventName | (keyof Own & string)>(name: N, ...details: DetailsArgument<DetailsOf<N, Own>>): void;
  /** After authentication: who acts in this request from now on, and in which tenant and session; `undefined` after a logout. */
  identify(actor: Actor | string | undefined, belongs?: Belongs): void;
  /** Any value without its secrets, as plain JSON: for other things that the application logs. */
  redact(value: unknown): Json;
  /** Hears of every record, redacted, at once. Returns how to stop. */
  subscribe(listener: (record: SafeRecord) => void): () => void;
  /** Resolves when every event recorded before is as durable as its outputs can make it; rejects where one cannot. */
  flush(): Promise<void>;
  /** Records the shutdown, flushes, and closes the outputs. */
  close(): Promise<void>;
  stats(): LogStats;
}

/**
 * Opens a security log. Throws a `SetupError` that names the field where an option is wrong, a file cannot be written or a key
 * is missing.
 */
export function createSecurityLog<const Own extends EventDeclarations = Record<never, never>>(
  options: SecurityLogOptions<Own>,
): SecurityLog<Own> {
  checkOptions(options);
  const warnings = new Warnings(options.onWarning ?? emitWarning);
  const application = applicationOf(options.service);
  const settings = contextSettings(options);
  const redactor = createRedactor(options.redact);
  const names = createNames(options.redact?.names, options.redact?.allow);
  const known = knownEvents(options.events ?? {});
  // Outputs may speak up before the log lives.
  let life: Life | undefined;
  const outputs = openOutputs(options.outputs, {
    redactor,
    onRecovered: (output, loss) => life?.beat({ output, ...loss }),
    onIdle: () => life?.beat(),
  });
  const hashSession = createSessionHasher(options.sessionKey);
  const recorder = new Recorder({
    application,
    facts: {
      known,
      warnings,
      forbids: (name) => names.verdict(name) !== undefined,
      hint: (event) => didYouMean(nearest(event, [...known.keys()])),
    },
    redactor,
    hashSession,
    outputs,
  });
  life = beginLife({
    recorder,
    outputs,
    service: application.service,
    lifecycle: options.lifecycle ?? true,
    heartbeat: options.heartbeat ?? 300,
  });

  const strays = new Strays(({ call, site }) => warnings.add("no-context", { event: call, detail: site }));
  let adapterInUse = false;

  const log: SecurityLog<Own> = {
    record(name, ...[details]) {
      if (adapterInUse && currentContext() === undefined) strays.note("event", log.record);
      recorder.record(name, details);
    },
    identify(actor, belongs) {
      const who = actor === undefined ? undefined : actorOf(actor);
      if (actor !== undefined && who === undefined) warnings.add("no-actor");
      else if (!identify(who, affiliationOf(belongs, hashSession))) strays.note("identify", log.identify);
    },
    run(incoming, fn) {
      adapterInUse = true;
      return runInContext(contextOf(incoming, settings), fn);
    },
    redact: (value) => redactor.value(value),
    subscribe: (listener) => {
      recorder.listeners.add(listener);
      return () => recorder.listeners.delete(listener);
    },
    flush: () => flushAll(outputs),
    close: async () => life?.end(),
    stats: () => ({
      recorded: recorder.seq,
      warnings: { ...warnings.counts },
      outputs: outputs.map((output) => ({ name: output.name, ...output.stats() })),
    }),
  };
  return log;
}

function applicationOf(service: SecurityLogOptions["service"]): Application {
  if (typeof service === "string") return { service };
  return { service: service.name, service_version: service.version, environment: service.environment };
}

function didYouMean(event: string | undefined): string {
  return event === undefined ? "" : ` (did you mean ${event}?)`;
}

/** Whatever an application passes: its getters may throw, and its session may be a number. */
function affiliationOf(belongs: Belongs | undefined, hashSession: (id: string) => string): Affiliation {
  try {
    const session = idOf(belongs?.session);
    return { tenant: idOf(belongs?.tenant), session: session === undefined ? undefined : hashSession(session) };
  } catch {
    return {};
  }
}

async function flushAll(outputs: readonly Output[]): Promise<void> {
  await Promise.all(outputs.map((output) => output.flush()));
}
