import { actions, type ActionName } from "@telltale/vocabulary";
import { createWritesAll } from "../content/record/default-level.ts";
import { createCompletion, type Complete } from "../judge/completion.ts";
import type { Judged } from "../judge/handler.ts";
import type { Outcome } from "../judge/verdict.ts";
import { gapsIn } from "./gaps.ts";
import { droppedLineOf, quietLineOf, type QuietLine } from "./quiet-lines.ts";
import type { ContentRule, Issue, Scene } from "./scene.ts";

/** An outcome with the line that nobody will read. */
interface Quiet extends QuietLine {
  readonly judged: Judged;
  readonly action: ActionName;
  readonly kind: Outcome["kind"];
  /** The silent outcomes of the gap; empty where the outcome counts as recorded. */
  readonly covers: readonly Outcome[];
}

/** Outcomes whose every line is below the level from which production writes. One finding a line. */
export const debugOnlySecurityLog: ContentRule = {
  id: "debug-only-security-log",
  mayHold: null,
  check: ({ judged, project, loggersFor, setupOf, spelling }) => {
    const complete = createCompletion(project, loggersFor, spelling);
    const writesAll = createWritesAll(project);
    const bySite = new Map<string, Quiet>();
    for (const quiet of judged.flatMap((one) => [...silentIn(one, setupOf, writesAll), ...droppedIn(one, setupOf)])) {
      const key = `${quiet.line.file.path}:${quiet.line.span.start}`;
      const known = bySite.get(key);
      bySite.set(key, known === undefined ? quiet : { ...known, covers: [...known.covers, ...quiet.covers] });
    }
    return [...bySite.values()].map((quiet) => issueOf(quiet, complete));
  },
};

/** Of each gap of a handler that is written down below info only, the line about its worst outcome. */
function silentIn(judged: Judged, setupOf: Scene["setupOf"], writesAll: () => boolean): readonly Quiet[] {
  const { action } = judged.naming;
  if (action === "none") return [];
  return gapsIn(judged).flatMap(({ silent }) => {
    const lines = silent.map((outcome) => quietLineOf(outcome, action, setupOf, writesAll));
    if (lines.length === 0 || lines.includes(undefined)) return [];
    const failure = silent.findIndex(({ kind }) => kind === "failure");
    const worst = failure === -1 ? 0 : failure;
    return [{ ...lines[worst]!, judged, action, kind: silent[worst]!.kind, covers: silent }];
  });
}

/** Outcomes that are recorded at a level that the project's production configuration drops. */
function droppedIn(judged: Judged, setupOf: Scene["setupOf"]): readonly Quiet[] {
  const { action } = judged.naming;
  if (action === "none") return [];
  return judged.outcomes.flatMap((outcome) => {
    const dropped = outcome.recorded === true ? droppedLineOf(outcome, action, setupOf) : undefined;
    return dropped === undefined ? [] : [{ ...dropped, judged, action, kind: outcome.kind, covers: [] }];
  });
}

function issueOf({ judged, action, kind, line, from, covers }: Quiet, complete: Complete): Issue {
  const { title, severity, gain, failure } = actions[action];
  const refused = failure === "authz_fail" || failure === null;
  const what = kind === "success" ? `This ${title}` : refused ? "This refused request" : `This failed ${title}`;
  const instead = complete(line, judged, kind, ["outcome"])?.line;
  return {
    file: line.file,
    at: line.span,
    fn: line.written?.fn ?? null,
    severity: covers.length > 0 ? severity[kind] : "medium",
    message: `${what} is written down at ${line.level} level only`,
    because: from === undefined ? "production writes info and above as a rule" : `the logger is set up to write ${from} and above`,
    gain: gain[kind],
    ...(instead === undefined ? {} : { instead }),
    key: `${action}:${kind}:${line.texts[0] ?? ""}`,
    judged,
    action,
    ...(covers.length === 0 ? {} : { covers }),
  };
}
