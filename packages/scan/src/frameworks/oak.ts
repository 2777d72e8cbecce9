import { contextAssigned, contextEndOf } from "./http/contexts.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { sortOfMiddleware } from "./koa.ts";
import { joinPaths } from "./reading.ts";
import { belongsElsewhere, type RouterFamily } from "./routers/family.ts";
import { found } from "./routers/found.ts";
import { middleware } from "./routers/gates.ts";
import { mountsOf } from "./routers/mounts.ts";
import { mayRegister, verbRegistrations } from "./routers/registrations.ts";

const PACKAGE = /^(?:https:\/\/deno\.land\/x\/oak(?:@[^/]+)?\/.*|(?:jsr:|npm:)?@oak\/oak(?:@[^/]+)?(?:\/.*)?|oak)$/;

const FAMILY: RouterFamily = {
  packages: PACKAGE,
  makers: /^(?:oak\.)?(?:Router|Application)$/,
  types: /^(?:oak\.)?(?:Router|Application)$/,
  names: /^(?:app|router|routes?|\w*(?:Router|App|Routes?))$/,
  maybe: /^(?!)$/,
  firstParam: /^_?(?:ctx|context|c|_)$/,
  yieldsTo: ["express", "koa", "hono"],
};

/** Only files that import Oak: the routers of others look alike, and Deno names no dependencies in a manifest of npm. */
function handlers(view: FileView): readonly HandlerFound[] {
  const own = view.file.imports.some((one) => PACKAGE.test(one.source) || /(?:^|\/)deps\.ts$/.test(one.source));
  if (!own || belongsElsewhere(view.file, FAMILY)) return [];
  const mounts = mountsOf(view);
  const routes = verbRegistrations(view, FAMILY).map((one) => {
    const { scope, container } = one.site;
    const prefix = mounts.prefixOf(one.receiver, scope);
    const path = one.path === undefined || prefix === "" ? one.path : joinPaths(prefix, one.path);
    const entry = one.chain[one.chain.length - 1]!;
    return found(view, { method: one.method, path, entry, scope, container, at: one.at, through: one.chain.slice(0, -1) });
  });
  return [...routes, ...middleware(view, FAMILY, sortOfMiddleware)];
}

export const oak: Framework = {
  id: "oak",
  title: "Oak",
  docs: "https://oakserver.org/",
  languages: ["javascript"],
  enabledBy: { npm: ["@oak/oak"], imports: [PACKAGE] },
  mayHold: mayRegister("use"),
  handlers,
  endOfCall: (call) => contextEndOf(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: (assign) => contextAssigned(assign) ?? statusOnError(assign),
  // application.ts: `logErrors`, on by default, prints "[uncaught application error]" for what no middleware caught.
  logsUnhandled: () => true,
  request: {
    ip: "ctx.request.ip",
    actor: "ctx.state.user?.id",
    requestId: 'ctx.request.headers.get("x-request-id")',
    userAgent: 'ctx.request.headers.get("user-agent")',
  },
};
