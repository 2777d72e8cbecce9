import type { Alert } from "../alert.ts";
import type { Level } from "../rule-ir.ts";
import { alertKey } from "./bounded-alert.ts";

/** Where one message of an alert lies in the journal. */
export interface Message {
  readonly key: string;
  readonly id: string;
  readonly offset: number;
  /** Bytes, without the line end. */
  readonly length: number;
}

/** What is known of an alert without reading it. */
export interface Entry {
  readonly id: string;
  readonly rule: string;
  level: Level;
  until: number;
  /** In the order in which they came. */
  messages: readonly Message[];
}

/** The keys of a journal line before its alert, so that the alert need not be parsed to index it. */
interface Head {
  readonly key: string;
  readonly id: string;
  readonly rule: string;
  readonly level: Level;
  readonly until: number;
}

/** Cannot stand inside a JSON string, where the quotes would be escaped. */
const alertStart = ',"alert":';

/** The body of the line of an alert. The alert must be bounded. */
export function alertBody(alert: Alert): string {
  const head: Head = { key: alertKey(alert), id: alert.id, rule: alert.rule.key, level: alert.rule.level, until: alert.until };
  return `${JSON.stringify(head).slice(0, -1)}${alertStart}${JSON.stringify(alert)}}`;
}

/** Reads what {@link alertBody} wrote. */
export function alertOf(body: string): Alert {
  return JSON.parse(body.slice(body.indexOf(alertStart) + alertStart.length, -1)) as Alert;
}

/** `{"output":"json file alerts.jsonl"}`: from here on this output gets alerts. */
interface OutputRecord {
  readonly output: string;
  /** From here on it gets none: a detector ran without it. What it waits for stays. */
  readonly detached?: true;
  readonly delivered?: string;
  /** What still has to go out, as compaction found it. */
  readonly pending?: readonly string[];
}

export function outputBody(output: string, more: Omit<OutputRecord, "output"> = {}): string {
  return JSON.stringify({ output, ...more });
}

/** What the journal holds, about 400 bytes an alert; alerts themselves stay on the disk. */
export class AlertIndex {
  readonly entries = new Map<string, Entry>();
  readonly messages = new Map<string, Message>();
  /** By output: keys that it did not get yet, in order. */
  readonly pending = new Map<string, Set<string>>();
  /** Outputs that get what is put. */
  readonly attached = new Set<string>();
  /** Bytes of lines that compaction would keep. */
  liveBytes = 0;

  /** Takes the body of a whole line. One of a kind that this version does not know is passed over. */
  take(body: string, offset: number, length: number): void {
    const end = body.indexOf(alertStart);
    if (body.startsWith('{"output":')) this.takeOutput(JSON.parse(body) as OutputRecord);
    else if (body.startsWith('{"key":') && end !== -1) this.add(JSON.parse(`${body.slice(0, end)}}`) as Head, offset, length);
  }

  private add({ key, id, rule, level, until }: Head, offset: number, length: number): void {
    if (this.messages.has(key)) return;
    const message = { key, id, offset, length };
    this.messages.set(key, message);
    this.liveBytes += length;
    const entry = this.entries.get(id);
    if (entry) Object.assign(entry, { level, until, messages: [...entry.messages, message] });
    else this.entries.set(id, { id, rule, level, until, messages: [message] });
    for (const output of this.attached) this.pending.get(output)?.add(key);
  }

  private takeOutput({ output, detached, delivered, pending }: OutputRecord): void {
    const keys = this.pending.get(output) ?? new Set<string>();
    this.pending.set(output, keys);
    if (delivered !== undefined) return void keys.delete(delivered);
    if (detached) this.attached.delete(output);
    else this.attached.add(output);
    for (const key of pending ?? []) if (this.messages.has(key)) keys.add(key);
  }

  /** Alerts whose id starts so; all of them where it is a whole id. */
  startingWith(prefix: string): readonly Entry[] {
    const whole = this.entries.get(prefix);
    if (whole) return [whole];
    return [...this.entries.values()].filter(({ id }) => id.startsWith(prefix));
  }
}
