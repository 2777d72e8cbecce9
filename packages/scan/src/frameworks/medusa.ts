import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import { bracketPath, isSource } from "./modules/file-paths.ts";
import { entryAt, exportedAs } from "./modules/follow.ts";
import { SAFE_VERBS } from "./reading.ts";

/** https://docs.medusajs.com/learn/fundamentals/api-routes: functions of Express, found by the place of their file. */
const ROUTE_FILE = /^((?:.*\/)?src\/|)api\/(?:.*\/)?route\.[cm]?[jt]s$/;
const VERBS: readonly string[] = ["POST", "PUT", "PATCH", "DELETE", "GET"];

/** Exports of `src/api/…/route.ts` that are named like a verb. */
function handlers({ file, project }: FileView): readonly HandlerFound[] {
  if (!isSource(file.path) || !ROUTE_FILE.test(file.path)) return [];
  const path = routePath(file.path);
  return VERBS.flatMap((verb): readonly HandlerFound[] => {
    const one = exportedAs(file, verb, project);
    if (one === undefined) return [];
    return [
      {
        kind: "route",
        name: verb,
        method: verb,
        path,
        entry: entryAt(one),
        file: one.file,
        at: one.at,
        readOnly: SAFE_VERBS.has(verb),
      },
    ];
  });
}

/** `src/api/admin/users/[id]/route.ts` → `/admin/users/:id`. */
function routePath(path: string): string {
  const before = ROUTE_FILE.exec(path)?.[1] ?? "";
  return bracketPath(path.slice(before.length).split("/").slice(1, -1));
}

export const medusa: Framework = {
  id: "medusa",
  title: "Medusa",
  docs: "https://docs.medusajs.com/learn/fundamentals/api-routes",
  languages: ["javascript"],
  enabledBy: { npm: ["@medusajs/framework", "@medusajs/medusa"] },
  mayHold: /\bexport\s+(?:const|(?:async\s+)?function)\s+(?:GET|POST|PUT|PATCH|DELETE)\b/,
  mayHoldPath: /(?:^|\/)api\/(?:.*\/)?route\.[cm]?[jt]s$/,
  handlers,
  endOfCall: (call) => answerOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // Its error handler writes every error that a route throws as an error line. packages/core/framework/src/http/middlewares/error-handler.ts
  logsUnhandled: () => true,
  request: {
    ip: "req.ip",
    actor: "req.auth_context?.actor_id",
    requestId: 'req.headers["x-request-id"]',
    userAgent: 'req.headers["user-agent"]',
  },
};
