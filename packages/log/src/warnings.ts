/** What can go wrong with a call at run time. None of it throws, and none of it loses the event. */
const warnings = {
  "unknown-event": "{event} is not an event of the vocabulary, nor declared in `events`; it was recorded under this name{hint}",
  "missing-detail": "{event} was recorded without its mandatory detail {detail}",
  "unknown-detail": "{event} has no detail {detail}; it was recorded under `extra`",
  "forbidden-detail": "{event}: {detail} must never be logged; it was left out",
  "wrong-type": "{event}: {detail} should be {wants}",
  "contradicting-outcome": "{event} cannot end in {given}; its name says how it ended",
  "unreadable-detail": "{event}: reading {detail} threw an error; it was left out",
  "no-context":
    "an {event} call at {detail} is outside of any request, though an adapter is in use: where the place belongs to a request, asynchronous context was lost on the way",
  "no-actor": "identify() was given something without an id; nobody was identified",
  "incomplete-record": "{event} could not be recorded in full: {detail}",
} as const;

export type WarningCode = keyof typeof warnings;

/** One kind of misuse, told once; `count` in `stats()` goes on. */
export interface Warning {
  readonly code: WarningCode;
  /** A sentence for people. */
  readonly message: string;
  readonly event?: string;
  readonly detail?: string;
}

interface Facts {
  readonly event?: string;
  readonly detail?: string;
  readonly [fact: string]: string | undefined;
}

/** Different warnings told in one run; the rest is only counted. Names of events may come from outside. */
const MOST_TOLD = 500;

/** Counts every warning, tells each once. */
export class Warnings {
  readonly counts: Partial<Record<WarningCode, number>> = {};
  private readonly told = new Set<string>();
  private readonly tell: (warning: Warning) => void;

  constructor(tell: (warning: Warning) => void) {
    this.tell = tell;
  }

  /** Never throws, whatever the listener does. */
  add(code: WarningCode, facts: Facts = {}): void {
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    const key = `${code} ${facts.event ?? ""} ${facts.detail ?? ""}`;
    if (this.told.has(key) || this.told.size >= MOST_TOLD) return;
    this.told.add(key);
    try {
      const message = warnings[code].replace(/\{(\w+)\}/g, (_, fact: string) => printable(facts[fact] ?? ""));
      this.tell({ code, message, event: facts.event, detail: facts.detail });
    } catch {
      // A listener that throws must not take the request down; the warning stays counted.
    }
  }
}

/** Told on the terminal of a developer: short, and without characters that drive it. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 200);
}

/** The default listener: a Node.js process warning, on standard error unless the application silences or handles it. */
export function emitWarning(warning: Warning): void {
  process.emitWarning(warning.message, { type: "TelltaleWarning", code: warning.code });
}
