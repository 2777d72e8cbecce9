import type { FunctionIR, Stmt } from "@telltale/scan/analysis";
import { listsOf } from "../places/statement.ts";
import type { Where } from "./where.ts";

/** The one error that a function makes and throws: it refuses, whoever deals with it. */
export function throwOf(fn: FunctionIR | undefined): Where | undefined {
  const [only, ...others] = fn === undefined ? [] : throwsIn(fn.body);
  return fn === undefined || only === undefined || others.length > 0 ? undefined : { file: fn.file, span: only };
}

function throwsIn(body: readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((stmt) => [
    ...(stmt.kind === "throw" && stmt.value?.kind === "call" ? [stmt] : []),
    ...listsOf(stmt).flatMap(throwsIn),
  ]);
}
