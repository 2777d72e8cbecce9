import type { Framework, HandlerFound } from "./framework.ts";
import { deployed, httpsErrorOf, type Deployed } from "./functions/firebase.ts";
import { httpErrorOf } from "./http/errors.ts";

/** Blocking functions decide a sign-in: https://firebase.google.com/docs/auth/extend-with-blocking-functions. */
const BLOCKING: ReadonlySet<string> = new Set(["beforeUserSignedIn", "beforeUserCreated", "beforeSignIn", "beforeCreate"]);
const TRIGGERS: ReadonlySet<string> = new Set(["onCall", ...BLOCKING]);

export const firebaseCallables: Framework = {
  id: "firebase-callables",
  title: "Firebase callable functions",
  docs: "https://firebase.google.com/docs/functions/callable",
  languages: ["javascript"],
  enabledBy: { npm: ["firebase-functions"] },
  mayHold: /\b(?:onCall|before(?:User)?(?:SignedIn|SignIn|Created?))\b/,
  handlers: (view) => deployed(view, TRIGGERS).map((one) => ofDeployed(one, view.file)),
  endOfCall: (call) => httpsErrorOf(call) ?? httpErrorOf(call),
  // src/common/providers/https.ts: "Unhandled error" is written for what is no HttpsError.
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "request.rawRequest.ip",
    actor: "request.auth?.uid",
    requestId: 'request.rawRequest.get("x-cloud-trace-context")',
    userAgent: 'request.rawRequest.get("user-agent")',
  },
};

function ofDeployed({ trigger, name, entry, at }: Deployed, file: HandlerFound["file"]): HandlerFound {
  if (BLOCKING.has(trigger)) return { kind: "callback", name, entry, file, at };
  // The protocol is a POST to the function's name: https://firebase.google.com/docs/functions/callable-reference
  return { kind: "route", name, method: "POST", path: `/${name}`, entry, file, at };
}
