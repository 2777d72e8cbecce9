import { diffLines } from "diff";
import { MagicString } from "magic-string";
import type { Edit, Fix } from "../contract.ts";

/** Edits of several fixes by file, equal ones once, with the fixes that could not be made beside earlier ones. */
export interface Together {
  readonly files: ReadonlyMap<string, readonly Edit[]>;
  readonly taken: readonly Fix[];
  /** Their edits overlap with those of others: they are for the next round. */
  readonly deferred: readonly Fix[];
}

export function together(fixes: readonly Fix[]): Together {
  const files = new Map<string, Edit[]>();
  const taken: Fix[] = [];
  const deferred: Fix[] = [];
  for (const fix of fixes) {
    const clashes = fix.files.some(({ file, edits }) =>
      edits.some((edit) => (files.get(file) ?? []).some((other) => overlaps(edit, other))),
    );
    if (clashes) {
      deferred.push(fix);
      continue;
    }
    taken.push(fix);
    for (const { file, edits } of fix.files) {
      const list = files.get(file) ?? [];
      for (const edit of edits) if (!list.some((other) => same(edit, other))) list.push(edit);
      files.set(file, list);
    }
  }
  return { files, taken, deferred };
}

const same = (a: Edit, b: Edit): boolean => a.start === b.start && a.end === b.end && a.text === b.text;

/** Whether two edits cannot both be made. */
export function overlaps(a: Edit, b: Edit): boolean {
  if (same(a, b)) return false;
  if (a.start === a.end && b.start === b.end) return false;
  return a.start === a.end
    ? b.start < a.start && a.start < b.end
    : b.start === b.end
      ? a.start < b.start && b.start < a.end
      : a.start < b.end && b.start < a.end;
}

/** A text with its edits made. What is inserted at one place stands in the order of the edits, before what is replaced there. */
export function edited(text: string, edits: readonly Edit[]): string {
  const magic = new MagicString(text);
  for (const { start, end, text: more } of edits) {
    if (start === end) continue;
    if (more === "") magic.remove(start, end);
    else magic.update(start, end, more);
  }
  for (const { start, end, text: more } of edits) if (start === end) magic.appendLeft(start, more);
  return magic.toString();
}

/** The same edits such that no two touch, in the order of the text. */
export function merged(edits: readonly Edit[]): readonly Edit[] {
  const list: Edit[] = [];
  const inOrder = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const edit of inOrder) {
    const last = list.at(-1);
    if (last === undefined || last.end < edit.start) list.push(edit);
    else list[list.length - 1] = { start: last.start, end: Math.max(last.end, edit.end), text: last.text + edit.text };
  }
  return list;
}

/** Edits that make one text of another: whole lines. */
export function editsBetween(before: string, after: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { added, removed, value } of diffLines(before, after)) {
    if (added) edits.push({ start: at, end: at, text: value });
    if (removed) edits.push({ start: at, end: at + value.length, text: "" });
    if (!added) at += value.length;
  }
  return merged(edits);
}
