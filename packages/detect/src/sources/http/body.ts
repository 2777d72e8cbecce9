import type { IncomingMessage } from "node:http";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { messageOf } from "../../errors.ts";

/** What a client is told, with the status of HTTP. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body of a request, unpacked. Throws a Refusal where it is larger than `maxBody` bytes, packed or unpacked, or broken. */
export async function bodyOf(request: IncomingMessage, maxBody: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBody) throw tooLarge(maxBody);
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const unpacker = unpackers[encoding];
  if (!unpacker && encoding !== "identity" && encoding !== "")
    throw new Refusal(415, `content-encoding ${encoding.slice(0, 40)} is not read here; send gzip, deflate, br or none`);
  try {
    return await collect(request, unpacker ? [counted(maxBody), unpacker()] : [], maxBody);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, `the body cannot be read: ${messageOf(error)}`);
  }
}

/** Bytes before unpacking are bounded as well: a bomb may also be one of many empty members. */
function counted(maxBody: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBody) done(tooLarge(maxBody));
      else done(null, chunk);
    },
  });
}

async function collect(request: Readable, unpackers: readonly Transform[], maxBody: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      chunks.push(chunk);
      done(size > maxBody ? tooLarge(maxBody) : null);
    },
  });
  // The request itself is not destroyed by a refusal: its answer goes over the same connection.
  await pipeline([Readable.from(passOn(request)), ...unpackers, sink]);
  return Buffer.concat(chunks);
}

async function* passOn(request: Readable): AsyncGenerator<Buffer, void> {
  for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
}

function tooLarge(maxBody: number): Refusal {
  return new Refusal(413, `the body is larger than ${maxBody} bytes; send fewer events at once`, { connection: "close" });
}
