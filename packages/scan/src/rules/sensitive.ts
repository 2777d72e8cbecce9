import type { FileIR, FunctionIR } from "../ir/nodes.ts";
import type { Judged } from "../judge/handler.ts";
import type { Outcome } from "../judge/verdict.ts";
import { listed } from "../outcomes/way.ts";
import type { Scene } from "./scene.ts";

/** The functions that serve sensitive requests, with what was judged of them. */
export function sensitiveHandlers({ judged }: Scene): ReadonlyMap<FunctionIR, Judged> {
  return new Map(judged.flatMap((one) => (isSensitive(one) ? [[one.fn, one] as const] : [])));
}

function isSensitive(judged: Judged): judged is Judged & { readonly fn: FunctionIR } {
  return judged.fn !== undefined && judged.naming.action !== "none";
}

/** The sensitive handler that a function is, or stands in. */
export function handlerAround(fn: FunctionIR, sensitive: ReadonlyMap<FunctionIR, Judged>): Judged | undefined {
  for (let at: FunctionIR | undefined = fn; at !== undefined; at = at.parent) {
    const judged = sensitive.get(at);
    if (judged !== undefined) return judged;
  }
  return undefined;
}

/** The files of sensitive handlers, and those that their ways lead through, in the order of their paths. */
export function sensitiveFiles({ judged }: Scene): readonly FileIR[] {
  const files = new Set<FileIR>();
  for (const one of judged) {
    if (!isSensitive(one)) continue;
    for (const file of [one.file, one.fn.file, ...one.outcomes.flatMap(filesOf)]) files.add(file);
  }
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function filesOf({ ending: { at, way }, records }: Outcome): readonly FileIR[] {
  return [at, ...listed(way.steps), ...records].map(({ file }) => file);
}
