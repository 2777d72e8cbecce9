import { earlyClaims, type EarlyClaim } from "../content/security/order.ts";
import { pathOf } from "../outcomes/values.ts";
import type { ContentRule, Issue } from "./scene.ts";
import { sensitiveFiles } from "./sensitive.ts";

/** A line says that something is done, and the work that does it comes after the line. */
export const logBeforeOutcome: ContentRule = {
  id: "log-before-outcome",
  mayHold: null,
  check: (scene) =>
    sensitiveFiles(scene).flatMap((file) => {
      const lines = scene.lines(file);
      return lines.length === 0 ? [] : file.functions.flatMap((fn) => earlyClaims(fn, lines)).map(issueOf);
    }),
};

function issueOf({ line, claim, deed }: EarlyClaim): Issue {
  const path = pathOf(deed.callee);
  return {
    file: line.file,
    at: line.call,
    fn: line.fn,
    severity: "medium",
    message: `"${claim.text.trim().slice(0, 60)}" is written before \`${path}\` has done it.`,
    because: `\`${path}\` stands after the line and can still fail`,
    gain: "A record that is wrong when it matters: what failed looks done.",
    flow: [{ file: line.file, span: deed, note: `${path}() does it` }],
    instead: `Write the line after \`${path}\`, or say that it is about to happen.`,
    key: `${claim.actions[0] ?? ""}:${path}`,
  };
}
