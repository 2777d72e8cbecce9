import { visible, visibleJson } from "@telltale/vocabulary";

/** Text as a terminal, a mail or a chat may show it, cut to so many characters at most. Never cuts a surrogate pair in two. */
export function visibleShort(text: string, longest: number): string {
  // Cut first: a text may be a megabyte.
  const shown = visible(text.slice(0, longest + 1).replace(/[\ud800-\udbff]$/, ""));
  return shown.length <= longest && text.length <= longest ? shown : `${shown.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** JSON on one line in which what a terminal would obey is an escape: the same value. */
export function jsonText(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}
