import type { Positions, Receiver, SourceNote } from "../../contract.ts";
import type { Bell } from "./bell.ts";
import { copiesSince, isStart } from "./copies.ts";
import { headOfFile, itinerary, openLegs, withHeads } from "./legs.ts";
import type { OpenLeg } from "./legs.ts";
import { filesOfLog, statFile } from "./past.ts";
import type { LogFile } from "./past.ts";
import { isSystemError, readLeg } from "./read-leg.ts";
import { Tail } from "./tail.ts";
import { packingOf, readAt, startOfText, textReader, withFile } from "./text.ts";

/** How long a rotated file is still looked at: its writer may not know yet. Milliseconds. */
const lingerFor = 10_000;
/** Past files that are looked at for a copy of an emptied one, newest first. */
const copiesToTry = 3;

export interface FollowOptions {
  readonly path: string;
  readonly to: Receiver;
  readonly maxLine: number;
  readonly withPast: boolean;
  readonly fromEnd: boolean;
}

/**
 * Follows one log through rotations. `current` is the file that is read; it stays open whatever becomes of its name. When the name
 * stands for another file that holds something, its predecessor is complete: it is read to its end, then every file between the two,
 * then the new one. Where the new one is still empty, the writer may still be at the old one.
 */
export class Follower {
  private readonly options: FollowOptions;
  private readonly signal: AbortSignal;
  private current: Tail | undefined;
  /** Rotated files whose writer may not have noticed, and until when they are looked at. */
  private lingering: { readonly tail: Tail; readonly until: number }[] = [];
  /** Past files of a first start, which nobody asked for. */
  private unwanted: ReadonlySet<string> = new Set();
  private isMissing = false;
  private saidProblem = "";

  constructor(options: FollowOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
  }

  async run(from: Positions, bell: Bell): Promise<void> {
    try {
      await this.start(from);
      while (!this.signal.aborted) {
        await this.poll();
        await bell.wait(this.signal);
      }
    } finally {
      for (const { tail } of this.lingering) await tail.close();
      await this.current?.close();
    }
  }

  private async start(from: Positions): Promise<void> {
    const { path, withPast, fromEnd } = this.options;
    // Before the look of the itinerary: what comes after it is wanted.
    const before = filesOfLog(path).map(({ node }) => node);
    const { legs, isResumed } = await itinerary(path, from, withPast, this.sayLost);

    if (legs.length === 0) this.unwanted = new Set(before);
    await this.travel(legs, fromEnd && !isResumed);
  }

  private async poll(): Promise<void> {
    await this.readLingering();
    const there = statFile(this.options.path);
    this.sayWhetherThere(there !== undefined);
    if (this.current) await this.read(this.current);
    if (there?.node !== this.current?.node || !this.current) await this.catchUp();
  }

  private async read(tail: Tail): Promise<void> {
    const outcome = await tail.readOn(this.signal);
    if (outcome === "emptied") await this.beginAgain(tail);
    else if (outcome === "failed") this.sayProblem(`${tail.path}: ${tail.problem}; it is tried again`);
    else this.saidProblem = "";
  }

  /** The name stands for another file, or none: reads the files that are newer than the one that is open. */
  private async catchUp(): Promise<void> {
    const { path } = this.options;
    const files = filesOfLog(path);
    // With nothing open yet, a file may have come and been rotated since the last look.
    let newer = this.current
      ? files.slice((await this.placeOf(this.current, files)) + 1)
      : files.filter(({ node }) => !this.unwanted.has(node));
    while (this.current && newer.at(-1)?.size === 0) newer = newer.slice(0, -1);
    if (newer.length === 0) return;
    if (this.current) this.note("rotated", `${path}: rotated; reading goes on in the new file`);
    await this.travel(
      openLegs(
        path,
        newer.map((file) => ({ file })),
        this.sayLost,
      ),
      false,
    );
  }

  /** Where the open file stands among the files of the log. One that was packed is known by its text, one that is gone by its time. */
  private async placeOf(tail: Tail, files: readonly LogFile[]): Promise<number> {
    const byNode = files.findIndex(({ node }) => node === tail.node);
    if (byNode !== -1) return byNode;
    for (let index = files.length - 1; index >= 0; index -= 1) {
      if (files[index]!.path.endsWith(".gz") && (await isSameText(tail, files[index]!))) return index;
    }
    return files.findLastIndex(({ changed, path }) => path !== this.options.path && changed <= tail.changed);
  }

  /** Reads files in order; the last one becomes the current. All are open already: the next rotation may delete them. */
  private async travel(opened: readonly OpenLeg[], fromEnd: boolean): Promise<void> {
    const { path } = this.options;
    const legs = await withHeads(opened);
    for (const [index, leg] of legs.entries()) {
      if (this.signal.aborted) await leg.handle.close();
      else if (await isPacked(leg)) await readLeg(leg, { ...this.options, source: path }, this.signal);
      else await this.moveTo(await this.afterCopies(leg, legs.slice(0, index)), fromEnd && index === legs.length - 1);
    }
  }

  /** The log may have been emptied while the files before it were read: what it held stands in copies, and comes first. */
  private async afterCopies(leg: OpenLeg, before: readonly OpenLeg[]): Promise<OpenLeg> {
    const { path } = this.options;
    if (leg.file.path !== path || isStart(leg.head, await headOfFile(leg.handle))) return leg;
    const copies = await copiesSince(
      path,
      leg,
      before.map(({ head }) => head),
    );
    for (const copy of openLegs(path, copies, this.sayLost)) await readLeg(copy, { ...this.options, source: path }, this.signal);
    // A log that was empty is another one only where it has been copied since.
    if (!leg.head && copies.length === 0) return leg;
    this.note("truncated", `${path}: it was emptied while older files were read; reading goes on at its start, after its copies`);
    return { ...leg, known: undefined };
  }

  private async moveTo(leg: OpenLeg, fromEnd: boolean): Promise<void> {
    const { to, path, maxLine } = this.options;
    const before = this.current;
    if (before) {
      // Its successor holds something, so what its writer wrote to it before is there now.
      await this.read(before);
      // Not read to its end: a checkpoint must not know its successor.
      if (this.signal.aborted) return leg.handle.close();
      this.lingering.push({ tail: before, until: Date.now() + lingerFor });
    }
    const tail = new Tail(leg.handle, leg.file, { to, source: path, maxLine, isLive: true }, { known: leg.known, fromEnd });
    this.current = tail;
    await this.read(tail);
  }

  private async readLingering(): Promise<void> {
    const now = Date.now();
    for (const { tail, until } of this.lingering) {
      const outcome = await tail.readOn(this.signal);
      if (now < until && outcome === "read") continue;
      if (!this.signal.aborted) await tail.finish();
      await tail.close();
      this.lingering = this.lingering.filter((one) => one.tail !== tail);
    }
  }

  /** The open file was emptied, or overwritten. What was written before that and not read may stand in the copy that was made of it. */
  private async beginAgain(tail: Tail): Promise<void> {
    const { path } = this.options;
    const copy = await this.copyOf(tail);
    if (copy) {
      const legs = openLegs(path, [{ file: copy, known: tail.left }], () => undefined);
      for (const leg of legs) await readLeg(leg, { ...this.options, source: path }, this.signal);
    } else if (tail.left) await tail.finish();
    this.note(
      "truncated",
      `${path}: it was emptied; reading goes on at its start${copy ? `, after the rest of its copy ${copy.path}` : ""}`,
    );
    tail.restart();
    await tail.readOn(this.signal);
  }

  private async copyOf(tail: Tail): Promise<LogFile | undefined> {
    const files = filesOfLog(this.options.path);
    const others = files.filter(({ node }) => node !== tail.node).slice(-copiesToTry);
    for (const file of others.reverse()) {
      try {
        if (await withFile(file.path, (handle) => tail.isCopy(textReader(handle)))) return file;
      } catch (error) {
        if (!isSystemError(error)) throw error;
      }
    }
    return undefined;
  }

  private sayWhetherThere(isThere: boolean): void {
    const { path } = this.options;
    if (isThere === !this.isMissing) return;
    this.isMissing = !isThere;
    if (isThere) this.note("opened", `${path}: it is there now`);
    else
      this.note(
        "vanished",
        this.current ? `${path}: it is gone; waiting for it to come back` : `${path}: it does not exist yet; waiting for it`,
      );
  }

  private readonly sayLost = ({ path }: LogFile, problem: string) => this.sayProblem(`${path}: cannot be read: ${problem}`);

  private sayProblem(message: string): void {
    if (message === this.saidProblem) return;
    this.saidProblem = message;
    this.note("unreadable", message);
  }

  private note(kind: SourceNote["kind"], message: string): void {
    this.options.to.note({ kind, source: this.options.path, message });
  }
}

async function isPacked({ handle }: OpenLeg): Promise<boolean> {
  try {
    return packingOf(await readAt(handle, 0, 8)).kind !== "plain";
  } catch {
    return false;
  }
}

async function isSameText(tail: Tail, file: LogFile): Promise<boolean> {
  try {
    return tail.hasHeadOf(await withFile(file.path, startOfText));
  } catch {
    return false;
  }
}
