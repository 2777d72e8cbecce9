const newline = 0x0a;
const space = 0x20;
const zero = 0x30;
const nine = 0x39;
/** Digits of a length that is believed. */
const mostDigits = 9;

type State = "start" | "length" | "counted" | "line";

/**
 * RFC 6587: a message is either `LENGTH SP TEXT` (octet counting) or a line. A digit begins the first, anything else (`<` of the
 * priority) the second. A counted message of any length passes through piece by piece: nothing is kept here. Gives lines for a splitter: a line end inside a counted message becomes a space, one follows it.
 */
export class FrameReader {
  private state: State = "start";
  private digits = "";
  private left = 0;

  toLines(chunk: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let at = 0; at < chunk.length;) at = this.step(chunk, at, parts);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  private step(chunk: Buffer, at: number, parts: Buffer[]): number {
    if (this.state === "start") return this.begin(chunk, at);
    if (this.state === "length") return this.readLength(chunk, at, parts);
    if (this.state === "counted") return this.readCounted(chunk, at, parts);
    const end = chunk.indexOf(newline, at);
    if (end !== -1) this.state = "start";
    parts.push(chunk.subarray(at, end === -1 ? chunk.length : end + 1));
    return end === -1 ? chunk.length : end + 1;
  }

  private begin(chunk: Buffer, at: number): number {
    const byte = chunk[at]!;
    // Some senders end counted messages with a line end, too.
    if (byte === newline) return at + 1;
    this.state = byte > zero && byte <= nine ? "length" : "line";
    this.digits = "";
    return at;
  }

  private readLength(chunk: Buffer, at: number, parts: Buffer[]): number {
    const byte = chunk[at]!;
    if (byte >= zero && byte <= nine && this.digits.length < mostDigits) {
      this.digits += String.fromCharCode(byte);
      return at + 1;
    }
    if (byte === space) {
      this.left = Number(this.digits);
      this.state = "counted";
      return at + 1;
    }
    // No length after all: a line that begins with digits.
    parts.push(Buffer.from(this.digits));
    this.state = "line";
    return at;
  }

  private readCounted(chunk: Buffer, at: number, parts: Buffer[]): number {
    const end = Math.min(chunk.length, at + this.left);
    const text = Buffer.from(chunk.subarray(at, end));
    for (let found = text.indexOf(newline); found !== -1; found = text.indexOf(newline, found + 1)) text[found] = space;
    parts.push(text);
    this.left -= end - at;
    if (this.left === 0) {
      parts.push(lineEnd);
      this.state = "start";
    }
    return end;
  }
}

const lineEnd = Buffer.from("\n");
