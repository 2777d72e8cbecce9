/** Files whose exports are named like the verbs that they serve. */
import { canBeFunction } from "../builders/chain.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { SAFE_VERBS } from "../reading.ts";
import { entryAt, exportedAs } from "./follow.ts";

/** A route for each export of the file that is named like one of the verbs; `ALL` serves every verb. */
export function verbExports(view: FileView, verbs: readonly string[], path: string): readonly HandlerFound[] {
  return verbs.flatMap((verb): readonly HandlerFound[] => {
    const one = exportedAs(view.file, verb, view.project);
    if (one === undefined || !canBeFunction(one.expr)) return [];
    const { start, end } = one.at;
    const readOnly = SAFE_VERBS.has(verb);
    return [
      { kind: "route", name: `${verb} ${path}`, method: verb, path, entry: entryAt(one), file: one.file, at: { start, end }, readOnly },
    ];
  });
}
