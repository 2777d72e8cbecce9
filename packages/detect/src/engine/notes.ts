/** Something an operator has to know of the engine. */
export interface EngineNote {
  readonly kind: "late" | "evicted" | "null-group" | "shortened" | "time" | "no-places" | "unread";
  readonly message: string;
}

/** Says each kind of note once for a rule; how often it happened since is counted. */
export class Notes {
  readonly #say: (note: EngineNote) => void;
  readonly #counts = new Map<string, number>();

  constructor(say: ((note: EngineNote) => void) | undefined) {
    this.#say = say ?? (() => undefined);
  }

  /** `message` is only asked for the first time. */
  add(kind: EngineNote["kind"], rule: string, message: () => string): void {
    const key = `${kind} ${rule}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count === 1) this.#say({ kind, message: message() });
  }

  count(kind: EngineNote["kind"], rule = ""): number {
    return this.#counts.get(`${kind} ${rule}`) ?? 0;
  }

  save(): readonly (readonly [string, number])[] {
    return [...this.#counts];
  }

  load(counts: readonly (readonly [string, number])[]): void {
    this.#counts.clear();
    for (const [key, count] of counts) this.#counts.set(key, count);
  }
}
