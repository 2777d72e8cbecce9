import { crc32 } from "node:zlib";

/**
 * A line of the store's files: JSON whose first key is the checksum of the rest, `{"sum":"0a1b2c3d",` and then the body
 * without its opening brace. The sum is CRC-32 over the bytes after that comma. So a line that a crash cut or a disk
 * garbled is told from a whole one, and any JSON tool reads the file.
 */
const head = /^\{"sum":"[0-9a-f]{8}",$/;
const headLength = 18;

/** Makes a line of a body that is a JSON object with at least one key; without line end. */
export function journalLine(body: string): string {
  const rest = body.slice(1);
  return `{"sum":"${crc32(rest).toString(16).padStart(8, "0")}",${rest}`;
}

/** The body of a line, as JSON text; undefined where the line is not whole. */
export function journalBody(line: Buffer): string | undefined {
  const start = line.toString("latin1", 0, headLength);
  if (!head.test(start)) return undefined;
  const rest = line.subarray(headLength);
  if (crc32(rest) !== Number.parseInt(start.slice(8, 16), 16)) return undefined;
  return `{${rest.toString()}`;
}
