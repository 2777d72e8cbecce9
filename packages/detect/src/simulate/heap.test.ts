import fc from "fast-check";
import { expect, it } from "vitest";
import { Heap } from "./heap.ts";

it("gives the earliest first, and of the same time the one that came first", () => {
  const item = fc.record({ time: fc.integer({ min: 0, max: 20 }), later: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 100 }), (items) => {
      const heap = new Heap<{ time: number; order: number }>();
      const expected = items.map(({ time, later }, order) => {
        heap.push({ time, order });
        const first = heap.first as { time: number; order: number };
        // The one that is first goes back in at a later time, as a course does.
        first.time += later;
        heap.settle();
        return order;
      });
      const given: { time: number; order: number }[] = [];
      for (let one = heap.pop(); one !== undefined; one = heap.pop()) given.push(one);
      expect(given.map((one) => one.order).sort((one, other) => one - other)).toEqual(expected);
      expect(given).toEqual([...given].sort((one, other) => one.time - other.time || one.order - other.order));
      expect(heap.size).toBe(0);
    }),
  );
});
