import type { CallExpr, RecordEntry } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { endByCodeIn, readsOnly } from "./http/grpc-codes.ts";
import { entryAt, follow, type Placed } from "./modules/follow.ts";
import { bare, entryOf, isNothing, methodOf, namesOf } from "./reading.ts";

/** Methods that give a service its procedures: of @grpc/grpc-js, of Connect. */
const REGISTERS: ReadonlySet<string> = new Set(["addService", "service"]);
/** What a service's definition is called: `AccountsService`, `proto.Accounts.service`. */
const DEFINITION = /service(?:definition)?$/i;
/** What a procedure of @grpc/grpc-js calls the function that it answers with. */
const CALLBACKS: ReadonlySet<string> = new Set(["callback", "cb", "sendUnaryData"]);

/** gRPC and Connect of Node.js: objects of procedures that a server or a router is given. */
export const nodeGrpc: Framework = {
  id: "node-grpc",
  title: "gRPC and Connect (Node.js)",
  docs: "https://connectrpc.com/docs/node/implementing-services",
  languages: ["javascript"],
  enabledBy: { npm: ["@grpc/grpc-js", "grpc", "@connectrpc/connect", "@bufbuild/connect"] },
  mayHold: /\.\s*(?:addService|service|rpc)\s*\(/,
  handlers: (view) => view.calls.flatMap((site) => [...ofService(view, site), ...ofProcedure(view, site)]),
  endOfCall,
  // Both hand what a procedure throws to the client and write nothing.
  logsUnhandled: () => false,
  request: { ip: null, actor: null, requestId: null },
};

/** `server.addService(AccountsService, { login, remove })`, `router.service(Accounts, accounts)`. */
function ofService(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const [definition, procedures] = call.args;
  if (!REGISTERS.has(methodOf(call)) || definition === undefined || procedures === undefined) return [];
  if (!DEFINITION.test(namesOf(definition).at(-1) ?? "") && !isConnect(view)) return [];
  const map = follow({ expr: procedures, file: view.file, scope }, view.project);
  return map.expr.kind === "record" ? map.expr.entries.flatMap((entry) => procedure(map, entry)) : [];
}

function isConnect(view: FileView): boolean {
  return view.file.imports.some(({ source }) => /^@(?:connectrpc|bufbuild)\/connect/.test(source));
}

function procedure(map: Placed, entry: RecordEntry): readonly HandlerFound[] {
  const value = bare(entry.value);
  if (entry.key === null || entry.spread === true || !canBeFunction(value)) return [];
  return [rpc(entry.key, { ...map, expr: value }, entry)];
}

/** `router.rpc(Accounts.method.login, async (request) => …)`. */
function ofProcedure(view: FileView, { call, scope }: CallSite): readonly HandlerFound[] {
  const entry = call.args.at(-1);
  const name = namesOf(call.args.at(-2) ?? call).at(-1);
  if (methodOf(call) !== "rpc" || call.args.length < 2 || entry === undefined || name === undefined || !isConnect(view)) return [];
  return canBeFunction(bare(entry)) ? [rpc(name, { expr: bare(entry), file: view.file, scope }, call)] : [];
}

function rpc(name: string, placed: Placed, at: { readonly start: number; readonly end: number }): HandlerFound {
  return {
    kind: "route",
    name,
    method: "rpc",
    path: name,
    entry: entryAt(placed),
    file: placed.file,
    at: { start: at.start, end: at.end },
    ...(readsOnly(name) ? { readOnly: true } : {}),
  };
}

/** `callback({ code: status.UNAUTHENTICATED })`, `callback(null, reply)`, `new ConnectError("no", Code.NotFound)`. */
function endOfCall(call: CallExpr): End | undefined {
  const [first, second] = call.args;
  const name = methodOf(call);
  if (call.creates === true && name === "ConnectError") {
    const end = endByCodeIn(second);
    return end === undefined ? undefined : { ...end, says: call.args };
  }
  if (call.callee.kind !== "name" || !CALLBACKS.has(name) || first === undefined) return undefined;
  if (isNothing(first)) return { status: 200, sent: true };
  return { ...(endByCodeIn(entryOf(first, "code")) ?? { kind: "error" }), sent: true, says: call.args };
}
