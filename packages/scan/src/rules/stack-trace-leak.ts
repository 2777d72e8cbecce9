import { READS } from "../content/errors/words.ts";
import { errorsSent } from "../content/errors/leaks.ts";
import type { Sent } from "../content/errors/outlet.ts";
import type { ContentRule, Issue, Scene } from "./scene.ts";

/** How code comes by errors. */
const CATCHES =
  /\bcatch\b|\brescue|\bexcept\b|[eE]rror_?[hH]andler|[eE]xception_?[hH]andler|\berr\b|\berror\b|runtime\.Stack|\bcaller\b|#errors?\b/;
/** How code answers. */
const ANSWERS =
  /(?:\.|->|\|>\s*)(?:json|send|end|write\w*|render|status|code|respond\w*|body|text|html|jsonp|reply|error|Error|JSON|String|Write\w*|print\w*|sendError)\s*\(|Response|\brender\b|\bjsonify\b|\babort\b|\bflash\b|put_flash|send_resp|HTTPException|TRPCError|\bProblem\(|StatusCode\(|\becho\b|\.body\s*=|@app\.|@\w*(?:Mapping|Get|Post)\b|use server/;

/** An error's stack reaches the client; or its message does, where the error may be any and the answer says that the server failed. */
export const stackTraceLeak: ContentRule = {
  id: "stack-trace-leak",
  mayHold: new RegExp(
    `^(?=[^]*(?:${CATCHES.source}))(?=[^]*(?:${ANSWERS.source}))[^]*(?:${READS.source})|UseDeveloperExceptionPage|UseDatabaseErrorPage|consider_all_requests_local`,
  ),
  check: (scene) =>
    errorsSent(scene.files, { ...scene, answering: answeringFunctions(scene) })
      .filter(isLeak)
      .map(issueOf),
};

function answeringFunctions({ judged }: Scene): ReadonlySet<NonNullable<Issue["fn"]>> {
  return new Set(
    judged.flatMap(({ fn, found }) =>
      fn !== undefined && found.framework.answersByReturn === true && found.handler.kind !== "gate" ? [fn] : [],
    ),
  );
}

/** A stack is never meant for the client. A message is a leak where the error may be any and the answer speaks of the server's fault. */
function isLeak({ shown, status }: Sent): boolean {
  if (shown.what === "stack") return true;
  if (shown.what !== "message" || shown.told) return false;
  if (typeof status === "number") return status >= 500;
  return status === "unsaid" && shown.of.sort === "any";
}

function issueOf({ file, fn, at, shown, status }: Sent): Issue {
  const isStack = shown.what === "stack";
  const answer = typeof status === "number" ? `an answer with status ${status}` : "the answer";
  const name = shown.of.name === "" ? "an error" : `\`${shown.of.name}\``;
  return {
    file,
    at,
    fn,
    severity: isStack ? "high" : "medium",
    message: isStack ? `The stack of ${name} is sent to the client.` : `What ${name} says is sent to the client.`,
    because: `${ORIGINS[shown.of.sort]} reaches ${answer}`,
    gain: isStack
      ? "Paths, versions and the course of the code: a map for the next attack."
      : "Names of tables, hosts, files and libraries that errors speak of, and an oracle that tells which input broke what.",
    flow: shown.steps,
    instead: "Log the error, and answer with a fixed text and an ID that leads to the log line.",
    key: `${shown.what}:${shown.of.name}`,
  };
}

const ORIGINS: Readonly<Record<Sent["shown"]["of"]["sort"], string>> = {
  any: "an error that may be any",
  typed: "an error",
  value: "an error that a call gave back",
  parameter: "an error that is handed over",
  given: "a value",
};
