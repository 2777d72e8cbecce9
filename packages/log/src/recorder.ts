import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { addressOf } from "./context/address.ts";
import type { RequestContext } from "./context/request-context.ts";
import { currentContext } from "./context/store.ts";
import type { Redactor } from "./contract.ts";
import { compose } from "./events/compose.ts";
import type { ComposeFacts, Said } from "./events/compose.ts";
import type { Output } from "./outputs.ts";
import type { SafeRecord, SecurityRecord, Source } from "./record.ts";

/** Characters of a name that is not of the vocabulary; declared ones have up to 64. */
const LONGEST_NAME = 128;

/** What is said of an event that is not known and could not be read. */
const UNKNOWN = { level: "WARN", category: "other", outcome: "unknown" } as const;

/** Who writes: the same in every record of one log. */
export interface Application {
  readonly service: string;
  readonly service_version?: string;
  readonly environment?: string;
}

export interface RecorderParts {
  readonly application: Application;
  readonly facts: ComposeFacts;
  readonly redactor: Redactor;
  readonly hashSession: (id: string) => string;
  readonly outputs: readonly Output[];
}

export type Listener = (record: SafeRecord) => void;

/**
 * From a call to its lines: what the caller says and what the request's context knows become one record, which goes through the
 * redactor once and to every output. Nothing in here throws, and no level, filter or sample stands between a call and its outputs.
 */
export class Recorder {
  /** Records made so far. */
  seq = 0;
  readonly writer = randomBytes(8).toString("hex");
  readonly listeners = new Set<Listener>();
  private readonly parts: RecorderParts;
  private readonly host = hostname();
  private readonly pid = process.pid;

  constructor(parts: RecorderParts) {
    this.parts = parts;
  }

  /** Records one event. What cannot be read of it is a warning; the event is recorded nevertheless. */
  record(given: string, passed: unknown): void {
    const name = this.parts.facts.known.has(given) ? given : this.strangeName(given);
    try {
      const context = currentContext();
      const said = compose(this.parts.facts, name, passed, context?.actor !== undefined);
      this.send(this.build(name, said, context));
    } catch (error) {
      this.incomplete(name, error);
    }
  }

  /** A name that nobody declared may be anything, a text of the client's with a secret in it too. */
  private strangeName(given: unknown): string {
    try {
      return this.parts.redactor.text(String(given)).slice(0, LONGEST_NAME);
    } catch {
      return "unnamed";
    }
  }

  private build(name: string, said: Said, context: RequestContext | undefined): SecurityRecord {
    const { application } = this.parts;
    // Member by member: V8 gives an object that is made by spreading a long one a shape of its own, and everything that reads it
    // after that (the redactor, the format) is three times as slow.
    return {
      time: Date.now(),
      level: said.level,
      event: name,
      category: said.category,
      outcome: said.outcome,
      service: application.service,
      service_version: application.service_version,
      environment: application.environment,
      hostname: this.host,
      pid: this.pid,
      writer: this.writer,
      seq: ++this.seq,
      msg: said.message ?? name,
      reason: said.reason,
      actor: said.actor ?? context?.actor,
      target: said.target,
      source: sourceOf(said, context),
      user_agent: said.userAgent ?? context?.userAgent,
      request: context?.request,
      tenant: said.tenant ?? context?.tenant,
      session: said.session === undefined ? context?.session : this.parts.hashSession(said.session),
      details: said.details,
      error: said.error,
      extra: said.extra,
    };
  }

  private send(record: SecurityRecord): void {
    const safe = this.parts.redactor.record(record);
    for (const output of this.parts.outputs) output.write(safe);
    for (const listener of this.listeners) this.tell(listener, safe);
  }

  private tell(listener: Listener, record: SafeRecord): void {
    try {
      listener(record);
    } catch {
      // A listener's fault is its own: the record is written, and the request goes on.
    }
  }

  /** A defect of ours or a hostile object: the event stays, without what the caller passed. */
  private incomplete(name: string, error: unknown): void {
    const detail = error instanceof Error ? error.name : typeof error;
    try {
      this.parts.facts.warnings.add("incomplete-record", { event: name, detail });
      const { level, category, outcome } = this.parts.facts.known.get(name) ?? UNKNOWN;
      this.send(this.build(name, { level, category, outcome, extra: { incomplete: detail } }, undefined));
    } catch {
      // Counted above; there is nothing left that could be tried.
    }
  }
}

/** The socket knows better than the caller; the caller knows better than nothing. */
function sourceOf(said: Said, context: RequestContext | undefined): Source | undefined {
  if (context?.source !== undefined) return context.source;
  const ip = addressOf(said.ip);
  return ip === undefined ? undefined : { ip, via: "application" };
}
