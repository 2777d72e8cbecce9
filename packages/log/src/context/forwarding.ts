/**
 * What proxies wrote down of those before them, nearest first. Each proxy appends at the right, so both readers go from the
 * right: nothing that a client put at the left changes how the part of a trusted proxy is read.
 */
export type ForwardingHeader = "x-forwarded-for" | "forwarded";

/** No chain of proxies is longer; a longer header is someone's attempt to keep us busy. */
const MOST_HOPS = 64;

/** Yields the nodes of the header from right to left: an address, perhaps with a port, or whatever else stands there. */
export const nodesOf: { readonly [header in ForwardingHeader]: (value: string) => Generator<string, void, undefined> } = {
  "x-forwarded-for": function* (value) {
    let end = value.length;
    for (let hop = 0; hop < MOST_HOPS && end >= 0; hop++) {
      const comma = end === 0 ? -1 : value.lastIndexOf(",", end - 1);
      yield value.slice(comma + 1, end).trim();
      end = comma;
    }
  },

  /** RFC 7239. */
  forwarded: function* (value) {
    let hop = 0;
    for (const element of splitFromRight(value, ",")) {
      yield forOf(element) ?? "";
      if (++hop === MOST_HOPS) return;
    }
  },
};

/** The `for` of one element. Where a client repeats it within one element, the last one counts; the grammar allows only one. */
function forOf(element: string): string | undefined {
  for (const pair of splitFromRight(element, ";")) {
    const match = /^for=(.*)$/is.exec(pair);
    if (match) return unquoted(match[1]!);
  }
  return undefined;
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).replace(/\\(.)/gs, "$1") : value;
}

/** Parts between separators outside quotes, trimmed, the last one first. */
function* splitFromRight(text: string, separator: string): Generator<string, void, undefined> {
  let end = text.length;
  let quoted = false;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text[at];
    if (char === '"' && !isEscaped(text, at)) quoted = !quoted;
    else if (char === separator && !quoted) {
      yield text.slice(at + 1, end).trim();
      end = at;
    }
  }
  yield text.slice(0, end).trim();
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}
