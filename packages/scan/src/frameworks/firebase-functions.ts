import type { Framework } from "./framework.ts";
import { deployed, httpsErrorOf } from "./functions/firebase.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";

const TRIGGERS: ReadonlySet<string> = new Set(["onRequest"]);

/** Functions for HTTP; those that clients of Firebase call are in `firebase-callables.ts`: they are given another request. */
export const firebaseFunctions: Framework = {
  id: "firebase-functions",
  title: "Firebase HTTP functions",
  docs: "https://firebase.google.com/docs/functions/http-events",
  languages: ["javascript"],
  enabledBy: { npm: ["firebase-functions"] },
  mayHold: /\bonRequest\b/,
  handlers: (view) =>
    deployed(view, TRIGGERS).map(({ name, entry, at }) => ({ kind: "route", name, path: `/${name}`, entry, file: view.file, at })),
  endOfCall: (call) => answerOf(call) ?? httpsErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // What a function throws is reported: https://firebase.google.com/docs/functions/error-reporting
  logsUnhandled: () => true,
  request: {
    ip: "req.ip",
    actor: null,
    requestId: 'req.get("x-cloud-trace-context")',
    userAgent: 'req.get("user-agent")',
  },
};
