/** Numbers that wait to be looked at. Emptied with every event: an array whose length is set to 0 would be a new one each time. */
export class NumberStack {
  items = new Int32Array(64);
  size = 0;

  push(number: number): void {
    if (this.size === this.items.length) {
      const items = new Int32Array(this.size * 2);
      items.set(this.items);
      this.items = items;
    }
    this.items[this.size++] = number;
  }
}
