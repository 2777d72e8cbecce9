/**
 * Random numbers that are the same on every machine for one seed: xoshiro128** (Blackman and Vigna, 2018), its state filled by
 * SplitMix32. Not for secrets.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number | string) {
    let state = typeof seed === "number" ? seed >>> 0 : hashOf(seed);
    const word = () => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    };
    this.a = word();
    this.b = word();
    this.c = word();
    this.d = word();
  }

  /** A whole number of 32 bits. */
  bits(): number {
    const scrambled = Math.imul(this.b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** In [0, 1). */
  unit(): number {
    return this.bits() / 4_294_967_296;
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  /** As often a tenth of the way from `low` to `high` as ten times `low`: for rates and sizes. Both above zero. */
  logBetween(low: number, high: number): number {
    return low * Math.exp(Math.log(high / low) * this.unit());
  }

  /** Number of further tries when each goes on with `share`; at most `most`. */
  geometric(share: number, most: number): number {
    let count = 0;
    while (count < most && this.chance(share)) count++;
    return count;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)] as T;
  }

  /** `count` different ones, or all where there are fewer, in random order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const wanted = Math.min(count, left.length);
    for (let index = 0; index < wanted; index++) {
      const other = this.whole(index, left.length - 1);
      [left[index], left[other]] = [left[other] as T, left[index] as T];
    }
    return left.slice(0, wanted);
  }

  /** 8 hex digits. */
  hex8(): string {
    const bits = this.bits();
    return (hex4[bits >>> 16] as string) + (hex4[bits & 0xffff] as string);
  }
}

/** All numbers of four hex digits: every event has some of them, and to look them up takes a fifth of the time. */
const hex4: readonly string[] = Array.from({ length: 0x10000 }, (_, number) => (number + 0x10000).toString(16).slice(1));

/** A 32-bit hash of a text (FNV-1a), to derive seeds from names. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
