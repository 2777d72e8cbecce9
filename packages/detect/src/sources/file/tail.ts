import { TextDecoder } from "node:util";
import type { Receiver } from "../../contract.ts";
import { messageOf } from "../../errors.ts";
import { LineFeed } from "../feed.ts";
import { headOf, headSize, streamOf } from "./identity.ts";
import type { Known } from "./identity.ts";
import type { OpenFile } from "./open-file.ts";
import { chunkSize, readAt, utf16Of } from "./text.ts";

const newline = 0x0a;
/** Bytes before the read position that are kept to know a copy of this file again. */
const trailSize = 256;

export interface TailOptions {
  readonly to: Receiver;
  /** What the operator named. */
  readonly source: string;
  readonly maxLine: number;
  /** Whether the file may be emptied or grow while it is read: each chunk is then checked to belong to the same file. */
  readonly isLive: boolean;
}

/** `emptied`: the bytes that were read are no longer there. `failed`: the system refused; `problem` says why. */
export type Outcome = "read" | "emptied" | "failed";

/** One open file of plain text, read up to its end as often as asked. It stays the same file whatever becomes of its name. */
export class Tail {
  readonly path: string;
  readonly node: string;
  /** Milliseconds since 1970, when it was last looked at. */
  changed = 0;
  size = 0;
  problem = "";
  private readonly handle: OpenFile;
  private readonly options: TailOptions;
  private readonly buffer = Buffer.allocUnsafeSlow(chunkSize);
  /** Where it was left before a restart, under the name that it had. */
  private known: Known | undefined;
  private fromEnd: boolean;
  private head: Buffer | undefined;
  private feed: LineFeed | undefined;
  /** Where the next read starts, bytes of the file. */
  private at = 0;
  private trail: Buffer = Buffer.alloc(0);
  private decoder: TextDecoder | undefined;
  /** Bytes of decoded text that were read before the restart. */
  private skip = 0;

  constructor(
    handle: OpenFile,
    file: { readonly path: string; readonly node: string },
    options: TailOptions,
    start: { readonly known?: Known | undefined; readonly fromEnd?: boolean } = {},
  ) {
    this.handle = handle;
    this.path = file.path;
    this.node = file.node;
    this.options = options;
    this.known = start.known;
    this.fromEnd = start.fromEnd ?? false;
  }

  /** Reads what is there. Lines wait for their end, and the first line for its name: see `headOf`. Stops early when `signal` aborts. */
  async readOn(signal: AbortSignal): Promise<Outcome> {
    const start = await this.attempt(() => this.look());
    if (start === undefined) return "failed";
    if (!this.feed) {
      const head = headOf(start) ?? (this.options.isLive || start.length === 0 ? undefined : start);
      if (!head) return "read";
      if ((await this.attempt(() => this.begin(head))) === undefined) return "failed";
      if (this.feed && !signal.aborted) await (this.feed as LineFeed).announce(this.changed);
    }
    if (this.size < this.at) return "emptied";
    while (!signal.aborted) {
      const chunk = await this.attempt(() => this.readChunk());
      if (chunk === undefined) return "failed";
      if (chunk === "emptied") return "emptied";
      if (chunk.length === 0) return "read";
      await this.give(chunk);
    }
    return "read";
  }

  /** Gives a last line without a line end. For a file that nobody writes to any more. */
  async finish(): Promise<void> {
    if (!this.feed && this.size > 0) {
      const start = await this.attempt(() => readAt(this.handle, 0, headSize));
      if (!start?.length || (await this.attempt(() => this.begin(start))) === undefined) return;
      const rest = await this.attempt(() => this.readChunk());
      if (rest && rest !== "emptied") await this.give(rest);
    }
    await this.feed?.finish(this.changed);
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }

  /** Begins again at the start of the same file, as a stream of another name. */
  restart(): void {
    Object.assign(this, {
      known: undefined,
      fromEnd: false,
      head: undefined,
      feed: undefined,
      at: 0,
      decoder: undefined,
      skip: 0,
      trail: Buffer.alloc(0),
    });
  }

  /** Where the stream goes on, for a copy of this file; undefined where nothing was read. */
  get left(): Known | undefined {
    return this.feed && this.head
      ? { stream: this.known?.stream ?? streamOf(this.node, this.head), position: this.feed.position }
      : undefined;
  }

  /** Whether another file begins as this one, and holds what was read last at the same place. Its text may be packed: pass a reader of the text. */
  async isCopy(textAt: (position: number, length: number) => Promise<Buffer>): Promise<boolean> {
    const { head, trail, at } = this;
    if (!head || trail.length === 0) return false;
    return (await textAt(0, head.length)).equals(head) && (await textAt(at - trail.length, trail.length)).equals(trail);
  }

  async hasHeadOf(start: Buffer): Promise<boolean> {
    return this.head !== undefined && start.subarray(0, this.head.length).equals(this.head);
  }

  private async look(): Promise<Buffer> {
    const { size, mtimeMs } = await this.handle.stat();
    this.size = size;
    this.changed = mtimeMs;
    return this.feed ? Buffer.alloc(0) : readAt(this.handle, 0, headSize);
  }

  private async begin(head: Buffer): Promise<true> {
    const { to, source, maxLine } = this.options;
    const stream = this.known?.stream ?? streamOf(this.node, head);
    const encoding = utf16Of(head);
    const end = this.fromEnd && !encoding ? await this.lastLineEnd() : 0;
    const from = this.known?.position ?? end;
    this.head = Buffer.from(head);
    this.at = encoding ? 0 : from;
    this.skip = encoding ? from : 0;
    this.decoder = encoding && new TextDecoder(encoding);
    this.feed = new LineFeed({ to, source, stream, place: this.path, from, maxLine });
    if (encoding)
      this.feed.note(
        "encoding",
        `${this.path}: ${encoding.toUpperCase()} by its byte-order mark; it is decoded, and byte offsets count the text as UTF-8`,
      );
    return true;
  }

  private async readChunk(): Promise<Buffer | "emptied"> {
    const { bytesRead } = await this.handle.read(this.buffer, 0, this.buffer.length, this.at);
    // After the read, so that bytes of another file that took this one's place are not given.
    if (this.options.isLive && bytesRead > 0 && !(await readAt(this.handle, 0, this.head!.length)).equals(this.head!)) return "emptied";
    return this.buffer.subarray(0, bytesRead);
  }

  private async give(chunk: Buffer): Promise<void> {
    this.at += chunk.length;
    if (this.options.isLive) this.trail = Buffer.from(chunk.subarray(-trailSize));
    const text = this.decoder ? this.decoded(chunk) : chunk;
    if (text.length === 0) return;
    const taken = this.feed!.push(text, this.changed);
    if (taken) await taken;
  }

  private decoded(chunk: Buffer): Buffer {
    const text = Buffer.from(this.decoder!.decode(chunk, { stream: true }));
    const skipped = Math.min(this.skip, text.length);
    this.skip -= skipped;
    return text.subarray(skipped);
  }

  /** Behind the last line end: whoever starts at the end must not start in the middle of a line. */
  private async lastLineEnd(): Promise<number> {
    for (let to = this.size; to > 0; to -= chunkSize) {
      const from = Math.max(0, to - chunkSize);
      const found = (await readAt(this.handle, from, to - from)).lastIndexOf(newline);
      if (found !== -1) return from + found + 1;
    }
    return 0;
  }

  private async attempt<T>(use: () => Promise<T>): Promise<T | undefined> {
    try {
      return await use();
    } catch (error) {
      this.problem = messageOf(error);
      return undefined;
    }
  }
}
