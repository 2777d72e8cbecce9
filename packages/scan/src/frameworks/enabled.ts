/** Whether a text speaks of an import source at all: a cheap test that may only over-approximate. */
export function sourceMatches(text: string, source: string | RegExp): boolean {
  if (typeof source === "string") return text.includes(source);
  // A pattern for whole names is anchored; in a text it stands behind a quote or a blank.
  return new RegExp(source.source.replace(/^\^/, "").replace(/\$$/, ""), source.flags).test(text);
}
