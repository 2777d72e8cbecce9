import type { Spot } from "../writer.ts";

/** A name that the function does not use yet; the key of an object is none. */
export function freshIn({ file, fn }: Spot): (wanted: string) => string {
  const text = fn === undefined ? file.text : file.text.slice(fn.start, fn.end);
  const taken = new Set([...text.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)(?!\s*:)/g)].map((match) => match[1]!));
  return (wanted) => {
    const names = wanted === "result" ? ["result", "outcome", "value"] : [wanted];
    const free = [...names, ...[2, 3, 4, 5, 6, 7].map((n) => `${wanted}${n}`)].find((name) => !taken.has(name))!;
    taken.add(free);
    return free;
  };
}
