import { DetectError } from "../../errors.ts";

/** Raised whenever the meaning of a section changes: an older snapshot is refused. */
const version = 1;

/** Items of a list that one chunk holds: the text of a chunk stays far below what a string may hold. */
const sliceLength = 16_384;

/** What stands in the first chunk. */
interface Head {
  readonly version: number;
  /** Tables are copies of memory: a snapshot is read by a machine of the same byte order. */
  readonly order: string;
  /** Name, facts and number of chunks of each section. */
  readonly sections: readonly (readonly [string, unknown, number])[];
}

const machineOrder = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? "little" : "big";

/** Collects the state of an engine, section by section. All that it is given is copied or text. */
export class SectionWriter {
  readonly #sections: [string, unknown, number][] = [];
  readonly #chunks: Uint8Array[] = [];

  facts(name: string, facts: unknown): void {
    this.#sections.push([name, facts, 0]);
  }

  bytes(name: string, { facts, bytes }: { readonly facts: unknown; readonly bytes: Uint8Array }): void {
    this.#sections.push([name, facts, 1]);
    this.#chunks.push(bytes);
  }

  list(name: string, items: readonly unknown[]): void {
    let chunks = 0;
    for (let from = 0; from < items.length; from += sliceLength) {
      this.#chunks.push(Buffer.from(JSON.stringify(items.slice(from, from + sliceLength))));
      chunks += 1;
    }
    this.#sections.push([name, undefined, chunks]);
  }

  chunks(): readonly Uint8Array[] {
    const head: Head = { version, order: machineOrder, sections: this.#sections };
    return [Buffer.from(JSON.stringify(head)), ...this.#chunks];
  }
}

/** Reads what a {@link SectionWriter} wrote. Throws a DetectError where it cannot be its work, or that of another version. */
export class SectionReader {
  readonly #sections = new Map<string, { readonly facts: unknown; readonly chunks: readonly Uint8Array[] }>();

  constructor(chunks: readonly Uint8Array[]) {
    const head = headOf(chunks[0]);
    let at = 1;
    for (const [name, facts, count] of head.sections) {
      const own = chunks.slice(at, at + count);
      if (own.length !== count) throw broken("is cut short");
      this.#sections.set(name, { facts, chunks: own });
      at += count;
    }
  }

  has(name: string): boolean {
    return this.#sections.has(name);
  }

  facts<Facts>(name: string): Facts {
    return this.#section(name).facts as Facts;
  }

  bytes<Facts>(name: string): { readonly facts: Facts; readonly bytes: Uint8Array } {
    const { facts, chunks } = this.#section(name);
    return { facts: facts as Facts, bytes: chunks[0]! };
  }

  list<Item>(name: string): Item[] {
    return this.#section(name).chunks.flatMap((chunk) => JSON.parse(textOf(chunk)) as Item[]);
  }

  #section(name: string) {
    const section = this.#sections.get(name);
    if (section === undefined) throw broken(`lacks ${name}`);
    return section;
  }
}

function headOf(chunk: Uint8Array | undefined): Head {
  let head: Head;
  try {
    head = JSON.parse(textOf(chunk ?? new Uint8Array())) as Head;
  } catch {
    throw broken("does not begin with its list of sections");
  }
  if (head.version !== version) throw broken(`is of version ${head.version}; this engine reads version ${version}`);
  if (head.order !== machineOrder) throw broken("was written by a machine of another byte order");
  return head;
}

function textOf(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("utf8");
}

function broken(problem: string): DetectError {
  return new DetectError("STATE", { place: "snapshot", problem: `${problem}. Remove the state to begin anew` });
}
