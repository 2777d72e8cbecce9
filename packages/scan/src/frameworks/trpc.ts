import type { CallExpr, Expr, LetStmt, Span } from "../ir/nodes.ts";
import { chainOf, finalArgument, usedBy, type Chain } from "./builders/chain.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { entryAt } from "./modules/follow.ts";
import { isSource } from "./modules/file-paths.ts";
import { bare, dotted, isClosure, methodOf, namesOf, stringOf } from "./reading.ts";

/** https://trpc.io/docs/server/procedures */
const KINDS: ReadonlySet<string> = new Set(["mutation", "query", "subscription"]);
const ROUTERS = /(?:^router|Router)$/;
const MIDDLEWARE: ReadonlySet<string> = new Set(["middleware", "experimental_standaloneMiddleware"]);

export const trpc: Framework = {
  id: "trpc",
  title: "tRPC",
  docs: "https://trpc.io/docs/server/procedures",
  languages: ["javascript"],
  enabledBy: { npm: ["@trpc/server"] },
  mayHold: /\.(?:mutation|query|subscription|middleware)\s*\(|[pP]rocedure|[mM]iddleware/,
  handlers: (view) => {
    if (!isSource(view.file.path)) return [];
    const places = placesOf(view);
    return view.calls.flatMap((site) => procedureOf(site, view, places) ?? middlewareOf(site, view));
  },
  endOfCall: httpErrorOf,
  // Errors go to the client; only an `onError` of the application logs them. https://trpc.io/docs/server/error-handling
  logsUnhandled: () => false,
  answersByReturn: true,
  request: { ip: "ctx.ip", actor: "ctx.session?.user", requestId: 'ctx.headers.get("x-request-id")' },
};

/** Where a procedure is registered or declared, and under which name. */
interface Place {
  readonly path: string;
  readonly at: Span;
}

function procedureOf({ call, scope }: CallSite, view: FileView, places: ReadonlyMap<CallExpr, Place>): HandlerFound[] | undefined {
  const method = methodOf(call);
  if (!KINDS.has(method)) return undefined;
  const chain = chainOf(call);
  const place = places.get(call);
  const argument = finalArgument(chain, KINDS);
  if (argument === undefined || !isProcedure(chain, place)) return undefined;
  const path = place?.path ?? method;
  const kind: HandlerFound = {
    kind: "route",
    name: path,
    method,
    path,
    entry: entryAt({ expr: argument, file: view.file, scope }),
    file: view.file,
    at: place?.at ?? call,
    through: usedBy(chain),
    readOnly: method !== "mutation",
    hints: [namesOf(chain.root).at(-1) ?? "", ...metaOf(chain)].filter((hint) => hint !== ""),
  };
  return [kind];
}

/** A chain from a procedure builder: by its name, by its steps, or because it stands in a router. */
function isProcedure(chain: Chain, place: Place | undefined): boolean {
  if (chain.steps.at(-1)?.call.creates) return false;
  if (/procedure/i.test(dotted(chain.root))) return true;
  const built = chain.steps.some((step) => step.name === "input" || step.name === "output");
  return built || (place !== undefined && place.path.includes("."));
}

/** `.meta({ permission: "users.delete" })` */
function metaOf(chain: Chain): readonly string[] {
  return chain.steps
    .filter((step) => step.name === "meta")
    .flatMap((step) => step.call.args.flatMap((arg) => (arg.kind === "record" ? arg.entries.map((entry) => stringOf(entry.value)) : [])))
    .filter((text) => text !== undefined);
}

/** Places of all procedures of the file. Those in a router come first: `router({ login })` names what `const login` declares. */
function placesOf(view: FileView): ReadonlyMap<CallExpr, Place> {
  const places = new Map<CallExpr, Place>();
  const declared = declarations(view);
  const roots = view.calls.filter(({ call }) => isRouter(call));
  for (const { call } of roots) addRouter(call, routerName(call, declared), declared, places);
  for (const [call, { name, at }] of declared) if (!places.has(call)) places.set(call, { path: name, at });
  return places;
}

function isRouter(call: CallExpr): boolean {
  return ROUTERS.test(methodOf(call)) && call.args[0]?.kind === "record";
}

function addRouter(call: CallExpr, prefix: string, declared: Declared, places: Map<CallExpr, Place>): void {
  if (call.args[0] !== undefined) addEntries(call.args[0], prefix, declared, places);
}

function addEntries(record: Expr, prefix: string, declared: Declared, places: Map<CallExpr, Place>): void {
  if (record.kind !== "record") return;
  for (const entry of record.entries) {
    if (entry.key === null) continue;
    const path = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    const value = bare(entry.value);
    if (value.kind === "record") addEntries(value, path, declared, places);
    else if (value.kind === "name") addNamed(value.name, path, declared, places);
    else if (value.kind === "call" && isRouter(value)) addRouter(value, path, declared, places);
    else if (value.kind === "call" && !places.has(value)) places.set(value, { path, at: entry });
  }
}

function addNamed(name: string, path: string, declared: Declared, places: Map<CallExpr, Place>): void {
  for (const [call, one] of declared) if (one.name === name && !places.has(call)) places.set(call, { path, at: one.at });
}

type Declared = ReadonlyMap<CallExpr, { readonly name: string; readonly at: Span }>;

/** Calls that a top-level name is given, with the statement. */
function declarations(view: FileView): Declared {
  const lets = view.file.body.filter((stmt): stmt is LetStmt => stmt.kind === "let");
  return new Map(
    lets.flatMap((stmt) => {
      const value = stmt.value === null ? undefined : bare(stmt.value);
      if (value?.kind !== "call" || stmt.target.kind !== "bind") return [];
      return [[value, { name: stmt.target.name, at: stmt }] as const];
    }),
  );
}

/** `export const postRouter = createTRPCRouter(…)` is `post` where it is mounted, by custom; the root has no name. */
function routerName(call: CallExpr, declared: Declared): string {
  const name = declared.get(call)?.name.replace(/_?router$/i, "") ?? "";
  return /^(?:app|root|main|index|trpc|_app)?$/i.test(name) ? "" : name;
}

/** `t.middleware(fn)`, `procedure.use(fn)`. */
function middlewareOf({ call, scope }: CallSite, view: FileView): HandlerFound[] {
  const [fn] = call.args;
  if (!isClosure(fn)) return [];
  const method = methodOf(call);
  const isUse = method === "use" && /procedure|middleware/i.test(dotted(chainOf(call).root));
  if (!isUse && !(MIDDLEWARE.has(method) && call.callee.kind === "member" && scope === null)) return [];
  return [{ kind: "gate", name: gateName(view, call), entry: { fn: fn.fn }, file: view.file, at: fn }];
}

/** The name of what the middleware is declared as, or of the procedure that it builds. */
function gateName(view: FileView, call: CallExpr): string {
  const around = view.file.body.find((stmt) => stmt.kind === "let" && stmt.start <= call.start && stmt.end >= call.end);
  return around?.kind === "let" && around.target.kind === "bind" ? around.target.name : "middleware";
}
