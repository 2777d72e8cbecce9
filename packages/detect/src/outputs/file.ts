import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, statSync, write, writeSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { visible } from "@telltale/vocabulary";
import type { Alert } from "../alert.ts";
import type { Output } from "../contract.ts";
import { causeOf, DetectError } from "../errors.ts";
import { alertKey } from "../store/bounded-alert.ts";
import { DeliveryError } from "./delivery-error.ts";
import type { Renderer } from "./renderer.ts";

const writeTo = promisify(write);
const sync = promisify(fdatasync);

/** Bytes at the end of a file that are searched for alerts which it holds already. An outbox repeats its last ones only. */
const searched = 4 * 1024 * 1024;
/** Keys that are remembered; the oldest are forgotten. */
const remembered = 65_536;

/**
 * Appends alerts to a file of its own (mode 0600) and syncs them, those that come together with one sync. An alert that the end of the file holds already is not
 * written again, so that a restart repeats none. A file that was moved away (logrotate) is begun anew; a write that fails
 * (a full disk) leaves no half alert. Throws DetectError OUTPUT where the file cannot be opened.
 */
export function createFileOutput(path: string, renderer: Renderer): Output {
  try {
    return new FileOutput(resolve(path), renderer);
  } catch (error) {
    throw new DetectError("OUTPUT", { place: path, problem: `cannot be written: ${problemOf(error)}` });
  }
}

interface Waiting {
  readonly alert: Alert;
  readonly resolve: () => void;
  readonly reject: (problem: DeliveryError) => void;
}

class FileOutput implements Output {
  readonly name: string;
  private readonly path: string;
  private readonly renderer: Renderer;
  private readonly known = new Set<string>();
  readonly together = 256;
  /** Something is written that is not yet said to be on the disk. */
  private isUnsynced = false;
  private descriptor: number | undefined;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;

  constructor(path: string, renderer: Renderer) {
    this.path = path;
    this.renderer = renderer;
    this.name = `${renderer.id} file ${visible(path)}`;
    this.open();
  }

  /** One after the other, whoever calls. */
  deliver(alert: Alert): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ alert, resolve, reject });
      this.writing ??= this.write();
    });
  }

  async close(): Promise<void> {
    await this.writing;
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private async write(): Promise<void> {
    // What is handed in within one turn goes out together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        const descriptor = this.followed();
        for (const { alert } of group) await this.append(descriptor, alert);
        if (this.isUnsynced) await sync(descriptor);
        this.isUnsynced = false;
        for (const { resolve } of group) resolve();
      } catch (error) {
        const problem = new DeliveryError(`${visible(this.path)}: cannot be written: ${problemOf(error)}`);
        // Those of the group that were written are known, and cost nothing when they come again.
        for (const { reject } of group) reject(problem);
      }
    }
    // In the same turn as the last look at `waiting`: whoever comes later begins anew.
    this.writing = undefined;
  }

  private async append(descriptor: number, alert: Alert): Promise<void> {
    const key = alertKey(alert);
    if (this.known.has(key)) return;
    await this.put(descriptor, this.renderer.render(alert));
    this.remember(key);
    this.isUnsynced = true;
  }

  /** The whole text or nothing of it. */
  private async put(descriptor: number, text: string): Promise<void> {
    const bytes = Buffer.from(text.includes("\n") ? `${text}\n\n` : `${text}\n`);
    const { size } = fstatSync(descriptor);
    try {
      for (let at = 0; at < bytes.length;) at += (await writeTo(descriptor, bytes, at, bytes.length - at, null)).bytesWritten;
    } catch (error) {
      if (fstatSync(descriptor).size > size) ftruncateSync(descriptor, size);
      throw error;
    }
  }

  private remember(key: string): void {
    this.known.add(key);
    if (this.known.size > remembered) this.known.delete(this.known.values().next().value!);
  }

  /** The descriptor, of a new file where the old one does not bear the name any more. */
  private followed(): number {
    if (this.descriptor !== undefined) {
      const now = statSync(this.path, { throwIfNoEntry: false });
      const own = fstatSync(this.descriptor);
      if (now?.ino === own.ino && now.dev === own.dev) return this.descriptor;
      closeSync(this.descriptor);
      this.descriptor = undefined;
      this.isUnsynced = false;
    }
    return this.open();
  }

  private open(): number {
    this.descriptor = openSync(this.path, "a+", 0o600);
    this.mendTail(this.descriptor);
    return this.descriptor;
  }

  /** Learns what the file holds. What a crash left of an alert is cut off; an unfinished line of somebody else only gets its end. */
  private mendTail(descriptor: number): void {
    const stats = fstatSync(descriptor);
    // A device or a pipe has no end to read.
    if (!stats.isFile() || stats.size === 0) return;
    const start = Math.max(0, stats.size - searched);
    const bytes = Buffer.alloc(stats.size - start);
    const tail = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start));
    const lineStart = tail.lastIndexOf(10) + 1;
    for (const line of tail.toString().split("\n")) {
      const key = this.renderer.keyOf(line);
      if (key !== undefined) this.remember(key);
    }
    if (lineStart === tail.length) return;
    const fragment = tail.toString("utf8", lineStart);
    if (this.isTorn(fragment)) ftruncateSync(descriptor, start + lineStart);
    else writeSync(descriptor, "\n");
  }

  /** Whether a last line without its end is the beginning of an alert; and if so, it is not known. */
  private isTorn(fragment: string): boolean {
    const { head, keyOf } = this.renderer;
    if (head === "" || !(fragment.startsWith(head) || head.startsWith(fragment)) || isWhole(fragment)) return false;
    const key = keyOf(fragment);
    if (key !== undefined) this.known.delete(key);
    return true;
  }
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function problemOf(error: unknown): string {
  return visible(causeOf(error));
}
