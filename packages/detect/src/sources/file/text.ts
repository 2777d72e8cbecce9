import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { headSize } from "./identity.ts";
import { OpenFile } from "./open-file.ts";

/** Bytes per read. */
export const chunkSize = 256 * 1024;
const packedChunkSize = 64 * 1024;

/** How the bytes of a file become text. What is `refused` cannot be read; the rest of the sentence says why and what to do. */
export type Packing = { readonly kind: "plain" } | { readonly kind: "gzip" } | { readonly kind: "refused"; readonly problem: string };

interface Signature {
  readonly bytes: readonly number[];
  readonly packing: Packing;
}

const refused = (name: string, command: string): Packing => ({
  kind: "refused",
  problem: `it is packed with ${name}, which is not read here; unpack it, or pipe it: ${command} FILE | telltale detect -`,
});

/** First bytes of packed files, whatever their name. */
const signatures: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], packing: { kind: "gzip" } },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], packing: refused("zstd", "zstdcat") },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], packing: refused("xz", "xzcat") },
  { bytes: [0x42, 0x5a, 0x68], packing: refused("bzip2", "bzcat") },
  { bytes: [0x50, 0x4b, 0x03, 0x04], packing: refused("zip", "unzip -p") },
];

export function packingOf(start: Buffer): Packing {
  const found = signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  return found?.packing ?? { kind: "plain" };
}

/** UTF-16 by its byte-order mark; undefined for anything else, which is read as UTF-8. */
export function utf16Of(start: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  return undefined;
}

/** Up to `length` bytes from `position`. */
export async function readAt(handle: OpenFile, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The first bytes of the text of a file, unpacked; what is broken counts as empty. */
export async function startOfText(handle: OpenFile): Promise<Buffer> {
  const start = await readAt(handle, 0, headSize);
  if (packingOf(start).kind !== "gzip") return start;
  let text = Buffer.alloc(0);
  try {
    for await (const chunk of unpacked(handle)) {
      text = Buffer.concat([text, chunk]);
      if (text.length >= headSize) break;
    }
  } catch {
    // Whoever reads it on says what is wrong.
  }
  return text.subarray(0, headSize);
}

/** Reads of the text of a file at any place, packed or not. */
export function textReader(handle: OpenFile): (position: number, length: number) => Promise<Buffer> {
  return async (position, length) => {
    if (packingOf(await readAt(handle, 0, headSize)).kind !== "gzip") return readAt(handle, position, length);
    let passed = 0;
    let found = Buffer.alloc(0);
    for await (const chunk of unpacked(handle)) {
      found = Buffer.concat([found, chunk.subarray(Math.max(0, position - passed))]);
      passed += chunk.length;
      if (found.length >= length) break;
    }
    return found.subarray(0, length);
  };
}

/** A handle that is closed whatever happens. */
export async function withFile<T>(path: string, use: (handle: OpenFile) => Promise<T>): Promise<T> {
  const handle = new OpenFile(path);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** A stream of the handle's own would close it. */
async function* rawChunks(handle: OpenFile): AsyncGenerator<Buffer, void> {
  for (let at = 0; ;) {
    const chunk = await readAt(handle, at, packedChunkSize);
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

/**
 * The text of a gzip file, all members of it, chunk by chunk. Throws after the last readable byte where the file is broken or cut
 * off. Memory stays at some chunks however well the text is packed: the unpacking waits for the reader.
 */
export async function* unpacked(handle: OpenFile): AsyncGenerator<Buffer, void> {
  const gunzip = createGunzip({ chunkSize });
  let wake = () => {};
  let failure: Error | undefined;
  gunzip.on("readable", () => wake());
  gunzip.on("end", () => wake());
  gunzip.on("error", (error) => ((failure = error), wake()));
  const packed = Readable.from(rawChunks(handle));
  packed.on("error", (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    while (!gunzip.readableEnded) {
      // Read also after a failure: what was unpacked before it is whole.
      const chunk = gunzip.read() as Buffer | null;
      if (chunk) yield chunk;
      else if (failure) throw failure;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
