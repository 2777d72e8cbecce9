import type { Expr } from "../ir/nodes.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { onlyRoute, returnedDispatches } from "./http/dispatches.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { webResponseOf } from "./http/web-responses.ts";
import { isSource } from "./modules/file-paths.ts";
import { dotted, entryOf } from "./reading.ts";
import { found } from "./routers/found.ts";
import { functionBehind } from "./routers/functions.ts";

/** Modules with a `serve` of Deno's standard library. */
const STD =
  /^(?:https:\/\/deno\.land\/std(?:@[^/]+)?\/http\/server\.ts|jsr:@std\/http(?:@[^/]+)?(?:\/server)?|@std\/http(?:\/server)?|std\/(?:http\/)?server(?:\.ts)?)$/;
/** https://supabase.com/docs/guides/functions/quickstart: the folder is the function's name. */
const SUPABASE = /(?:^|\/)supabase\/functions\/([^/_][^/]*)\//;

function handlers(view: FileView): readonly HandlerFound[] {
  if (!isSource(view.file.path)) return [];
  return view.calls.flatMap((site) => {
    const entry = handlerOf(view, site);
    const fn = entry === undefined ? undefined : functionBehind(entry, view, site.scope);
    if (entry === undefined || fn === undefined) return [];
    const name = SUPABASE.exec(view.file.path)?.[1];
    const parts = fn.file === view.file ? returnedDispatches(view, fn) : { found: [], all: false };
    if (parts.all) return parts.found;
    const { scope, container } = site;
    const at = site.call;
    const whole = found(view, { name: "request handler", ...onlyRoute(fn.body), entry, scope, container, at });
    return [...parts.found, name === undefined ? whole : { ...whole, name, path: whole.path ?? `/functions/v1/${name}` }];
  });
}

/** `Deno.serve(handler)`, `Deno.serve(options, handler)`, `Deno.serve({ handler })`, `serve(handler, options)` of the standard library. */
function handlerOf(view: FileView, { call }: CallSite): Expr | undefined {
  const callee = dotted(call.callee);
  if (callee === "Deno.serve") return entryOf(call.args[0], "handler") ?? call.args.at(-1);
  return callee === "serve" && STD.test(view.importOf("serve")?.source ?? "") ? call.args[0] : undefined;
}

export const deno: Framework = {
  id: "deno",
  title: "Deno and Supabase Edge Functions",
  docs: "https://docs.deno.com/api/deno/~/Deno.serve",
  languages: ["javascript"],
  enabledBy: { always: true },
  mayHold: /\bDeno\s*\.\s*serve\b|\bimport\b[^\n]*\bserve\b/,
  handlers,
  endOfCall: (call) => webResponseOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: statusOnError,
  // The default `onError` of Deno.serve prints the error: ext/http/00_serve.ts.
  logsUnhandled: () => true,
  request: {
    ip: 'req.headers.get("x-forwarded-for")',
    actor: null,
    requestId: 'req.headers.get("x-request-id")',
    userAgent: 'req.headers.get("user-agent")',
  },
};
