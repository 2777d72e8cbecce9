import type { Receiver } from "../../contract.ts";
import { messageOf } from "../../errors.ts";
import { LineFeed } from "../feed.ts";
import { headOf, headSize, streamOf } from "./identity.ts";
import type { OpenLeg } from "./legs.ts";
import { Tail } from "./tail.ts";
import { packingOf, readAt, startOfText, unpacked, utf16Of } from "./text.ts";

export interface ReadOptions {
  readonly to: Receiver;
  /** What the operator named. */
  readonly source: string;
  readonly maxLine: number;
}

/** Reads a file that is finished, packed or not, to its end and closes it. What cannot be read becomes a note. */
export async function readLeg(leg: OpenLeg, options: ReadOptions, signal: AbortSignal): Promise<void> {
  const { file, handle } = leg;
  try {
    const packing = packingOf(await readAt(handle, 0, headSize));
    if (packing.kind === "gzip") return await readPacked(leg, options, signal);
    if (packing.kind === "refused") return refuse(`${file.path}: ${packing.problem}`, options);
    await readPlain(leg, options, signal);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    refuse(`${file.path}: ${error.message}`, options);
  } finally {
    await handle.close().catch(() => undefined);
  }
}

async function readPlain({ file, handle, known }: OpenLeg, options: ReadOptions, signal: AbortSignal): Promise<void> {
  const tail = new Tail(handle, file, { ...options, isLive: false }, { known });
  let outcome = await tail.readOn(signal);
  if (outcome === "emptied") {
    options.to.note({
      kind: "truncated",
      source: options.source,
      message: `${file.path}: it is shorter than when it was last read; it is read from its start`,
    });
    tail.restart();
    outcome = await tail.readOn(signal);
  }
  if (outcome === "failed") refuse(`${file.path}: ${tail.problem}`, options);
  if (!signal.aborted) await tail.finish();
}

async function readPacked({ file, handle, known }: OpenLeg, options: ReadOptions, signal: AbortSignal): Promise<void> {
  const { to, source, maxLine } = options;
  const start = await startOfText(handle);
  const stream = known?.stream ?? streamOf(file.node, headOf(start) ?? start);
  const feed = new LineFeed({ to, source, stream, place: file.path, from: known?.position ?? 0, maxLine });
  if (utf16Of(start)) return refuse(`${file.path}: packed UTF-16 is not read; unpack it first`, options);
  let skip = known?.position ?? 0;
  const broken = new Broken();
  for await (const chunk of broken.guard(unpacked(handle))) {
    if (signal.aborted) return;
    const text = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - text.length;
    if (text.length > 0) await feed.push(text, file.changed);
  }
  await feed.finish(file.changed);
  if (broken.problem)
    feed.note(
      "unreadable",
      `${file.path}: the packed data is broken or cut off (${broken.problem}); what stands before byte ${feed.position} of the text was read`,
    );
}

/** Ends an iteration where its source fails, and keeps the reason: what came before the failure is good. */
class Broken {
  problem: string | undefined;

  async *guard(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    try {
      for await (const chunk of chunks) yield chunk;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

function refuse(message: string, { to, source }: ReadOptions): void {
  to.note({ kind: "unreadable", source, message });
}

/** What the operating system says, in contrast to a fault of the receiver. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
