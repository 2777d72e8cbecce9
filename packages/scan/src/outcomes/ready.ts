import type { CallExpr } from "../ir/nodes.ts";
import type { Scope } from "./walk.ts";
import type { Value } from "./values.ts";
import type { Way } from "./way.ts";

/** A call whose parts are evaluated. */
export interface Ready {
  readonly call: CallExpr;
  readonly target: Value;
  readonly receiver: Value | null;
  readonly args: readonly Value[];
  readonly path: string;
  readonly way: Way;
  readonly scope: Scope;
  readonly awaited: boolean;
}

export const methodOf = (ready: Ready): string => lastName(ready.path);
export const lastName = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
