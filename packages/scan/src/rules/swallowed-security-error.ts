import { swallowsIn, type Swallow } from "../content/security/swallows.ts";
import type { FunctionIR } from "../ir/nodes.ts";
import type { Judged } from "../judge/handler.ts";
import type { ContentRule, Issue } from "./scene.ts";
import { handlerAround, sensitiveFiles, sensitiveHandlers } from "./sensitive.ts";

/** A fault on the way of an authentication or authorization is caught, and nobody hears of it. */
export const swallowedSecurityError: ContentRule = {
  id: "swallowed-security-error",
  mayHold: null,
  check: (scene) => {
    const sensitive = sensitiveHandlers(scene);
    const isInside = (fn: FunctionIR): boolean => handlerAround(fn, sensitive) !== undefined;
    return sensitiveFiles(scene)
      .flatMap((file) => swallowsIn(file, { lines: scene.lines, frameworksFor: scene.frameworksFor, isSensitive: isInside }))
      .map((swallow) => issueOf(swallow, handlerAround(swallow.fn, sensitive)));
  },
};

const SAYINGS: Readonly<
  Record<
    Swallow["sort"],
    { readonly severity: Issue["severity"]; readonly message: (path: string) => string; readonly gain: string; readonly instead: string }
  >
> = {
  passes: {
    severity: "critical",
    message: (path) => `Where \`${path}\` throws, the request goes on as if it had been let in.`,
    gain: "Whoever can make the check fail is let in, and no line says that it happened.",
    instead: "Refuse in the catch, and log the error.",
  },
  forgets: {
    severity: "medium",
    message: (path) => `Where \`${path}\` fails, nobody hears of it.`,
    gain: "What was to be taken away stays, and nothing tells that it did.",
    instead: "Log the error with what could not be done and whom it concerns, or let it through.",
  },
  answers: {
    severity: "low",
    message: (path) => `A fault of \`${path}\` is answered and leaves no record.`,
    gain: "Whoever probes for faults does so unseen, and an outage of the login looks like silence.",
    instead: "Log the error before the answer.",
  },
};

function issueOf({ file, fn, at, sort, call, path, isAudit }: Swallow, judged: Judged | undefined): Issue {
  const { severity, message, gain, instead } = SAYINGS[sort];
  const action = judged?.naming.action;
  return {
    file,
    at,
    fn,
    severity,
    message: message(path),
    because: `the catch neither records nor throws${isAudit ? "; what fails is the record itself" : ""}`,
    gain: isAudit ? "A record that could not be written is missed by nobody." : gain,
    flow: [{ file, span: call, note: `${path}() may fail` }],
    instead,
    key: `${sort}:${path}`,
    ...(judged === undefined ? {} : { judged }),
    ...(action === undefined || action === "none" ? {} : { action }),
  };
}
