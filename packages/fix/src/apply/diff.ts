import { createTwoFilesPatch } from "diff";
import type { Change } from "../contract.ts";

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** A unified diff that `git apply` takes; `prefix` stands before the path of each file. */
export function unifiedDiff(changes: readonly Change[], prefix = ""): string {
  return changes
    .map(({ file, before, after }) => {
      const patch = createTwoFilesPatch(`a/${prefix}${file}`, `b/${prefix}${file}`, before, after, undefined, undefined, {
        context: CONTEXT,
      });
      return patch.replace(/^=+\n/, "").replace(/^(---|\+\+\+) (.*?)\t?$/gm, "$1 $2");
    })
    .join("");
}
