/** What a {@link Heap} orders: by time, then by the order in which it came. */
export interface Timed {
  time: number;
  order: number;
}

/** Gives the earliest first (binary heap). */
export class Heap<T extends Timed> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  get first(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    const { items } = this;
    let place = items.length;
    items.push(item);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above] as T;
      if (!before(item, parent)) break;
      items[place] = parent;
      place = above;
    }
    items[place] = item;
  }

  /** Takes the first away. */
  pop(): T | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last as T;
      this.settle();
    }
    return first;
  }

  /** Puts the first in its place again after its time was changed. */
  settle(): void {
    const { items } = this;
    const { length } = items;
    const item = items[0] as T;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= length) break;
      if (below + 1 < length && before(items[below + 1] as T, items[below] as T)) below++;
      const child = items[below] as T;
      if (!before(child, item)) break;
      items[place] = child;
      place = below;
    }
    items[place] = item;
  }
}

function before(one: Timed, other: Timed): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}
