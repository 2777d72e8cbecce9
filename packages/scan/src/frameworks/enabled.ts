/** Patterns for whole names → patterns for a text. */
const inText = new WeakMap<RegExp, RegExp>();

/** Whether a text speaks of an import source at all: a cheap test that may only over-approximate. */
export function sourceMatches(text: string, source: string | RegExp): boolean {
  return typeof source === "string" ? text.includes(source) : textPattern(source).test(text);
}

/** A pattern for whole names is anchored; in a text it stands behind a quote or a blank. */
function textPattern(source: RegExp): RegExp {
  let pattern = inText.get(source);
  if (pattern === undefined) inText.set(source, (pattern = new RegExp(source.source.replace(/^\^/, "").replace(/\$$/, ""), source.flags)));
  return pattern;
}
