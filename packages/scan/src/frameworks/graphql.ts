import type { CallExpr, Expr, FileIR, FunctionIR, RecordEntry, RecordExpr, Span } from "../ir/nodes.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";
import { canBeFunction } from "./builders/chain.ts";
import { resolverMethods } from "./classes/resolvers.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { entryAt, follow, ownExports, type Placed } from "./modules/follow.ts";
import { isSource } from "./modules/file-paths.ts";
import { bare, entryOf, isClosure, methodOf, stringOf } from "./reading.ts";

/** The root types of a schema. https://spec.graphql.org/October2021/#sec-Root-Operation-Types */
const ROOTS: Readonly<Record<string, string>> = { Mutation: "mutation", Query: "query", Subscription: "subscription" };
/** How extensions of a schema name them: `g.extend({ mutation: { … } })`. https://docs.keystonejs.com/docs/guides/schema-extension */
const EXTENDED: ReadonlySet<string> = new Set(Object.values(ROOTS));
/** https://typegraphql.com/docs/middlewares.html, https://typegraphql.com/docs/authorization.html */
const GUARDS: ReadonlySet<string> = new Set(["UseMiddleware"]);
/** Functions that add fields to a root type: Pothos (`builder.mutationField`) and Nexus. `s` for several at once. */
const BUILDERS = /^(?:relay)?(mutation|query|subscription)(?:Field|Type)s?$/i;

export const graphql: Framework = {
  id: "graphql",
  title: "GraphQL",
  docs: "https://www.apollographql.com/docs/apollo-server/data/resolvers",
  languages: ["javascript"],
  enabledBy: {
    npm: [
      "graphql",
      "@apollo/server",
      "apollo-server",
      "apollo-server-express",
      "graphql-yoga",
      "mercurius",
      "type-graphql",
      "@pothos/core",
      "nexus",
      "@graphql-ts/schema",
      "@keystone-6/core",
    ],
  },
  mayHold:
    /\b(?:Mutation|Query|Subscription)(?:Resolvers?)?\b|(?:mutation|query|subscription)(?:Field|Type)s?\b|\brule\s*\(|\b(?:mutation|query|subscription)\s*:\s*\{/,
  handlers: (view) => {
    if (!isSource(view.file.path)) return [];
    const found = [
      ...resolverMaps(view),
      ...extensions(view),
      ...exportedRoots(view),
      ...view.calls.flatMap((site) => [...objectType(site, view), ...builtFields(site, view), ...shieldRule(site, view)]),
      ...definedFields(view),
      ...resolverMethods(view, /^(?:type-graphql|@typegraphql)/, GUARDS),
    ];
    return [...new Map(found.map((one) => [`${one.file.path}:${one.at.start}`, one])).values()];
  },
  endOfCall: httpErrorOf,
  // Servers answer with `errors` and log nothing; https://www.apollographql.com/docs/apollo-server/data/errors
  logsUnhandled: () => false,
  answersByReturn: true,
  request: { ip: "context.req.ip", actor: "context.user", requestId: 'context.req.headers["x-request-id"]' },
};

/** `{ Mutation: { login: fn }, Query: { … } }` wherever it is written. */
function resolverMaps(view: FileView): readonly HandlerFound[] {
  return recordsOf(view).flatMap(({ record, scope }) =>
    record.entries.flatMap((entry) => {
      const method = entry.key !== null && Object.hasOwn(ROOTS, entry.key) ? ROOTS[entry.key] : undefined;
      if (method === undefined) return [];
      const map = follow({ expr: entry.value, file: view.file, scope }, view.project);
      return fieldsOf(map, method, view);
    }),
  );
}

/** `{ mutation: { banPost: g.field({ resolve }) }, query: { … } }` */
function extensions(view: FileView): readonly HandlerFound[] {
  return recordsOf(view).flatMap(({ record, scope }) =>
    record.entries.flatMap((entry) =>
      entry.key !== null && EXTENDED.has(entry.key)
        ? builtMap(follow({ expr: entry.value, file: view.file, scope }, view.project), entry.key)
        : [],
    ),
  );
}

function recordsOf(view: FileView): readonly { record: RecordExpr; scope: FunctionIR | null }[] {
  const records: { record: RecordExpr; scope: FunctionIR | null }[] = [];
  const visit = (scope: FunctionIR | null) => (expr: Expr) => {
    if (expr.kind === "record") records.push({ record: expr, scope });
  };
  for (const { body, scope } of bodiesOf(view.file)) walkStmts(body, visit(scope));
  for (const { value, start, end } of view.file.exports) {
    if (value !== undefined) walkStmts([{ kind: "expr", value, start, end }], visit(null));
  }
  return records;
}

/** `export const Mutation = { … }`, `export const MutationResolvers`, and exports whose type says so. */
function exportedRoots(view: FileView): readonly HandlerFound[] {
  return ownExports(view.file).flatMap((one) => {
    const type = view.typeOf(one.local ?? one.name, null)?.name ?? "";
    const named = [one.name, one.local ?? "", type].map((name) => /^(Mutation|Query|Subscription)(?:Resolvers?)?$/.exec(name)?.[1]);
    const method = ROOTS[named.find((root) => root !== undefined) ?? ""];
    return method === undefined ? [] : fieldsOf(one, method, view);
  });
}

/** The fields of a map; spreads are followed. */
function fieldsOf(map: Placed, method: string, view: FileView, depth = 4): readonly HandlerFound[] {
  if (map.expr.kind !== "record" || depth === 0) return [];
  return map.expr.entries.flatMap((entry) => {
    if (entry.spread) return fieldsOf(follow({ ...map, expr: entry.value }, view.project), method, view, depth - 1);
    const resolver = resolverIn(entry.value);
    if (entry.key === null || resolver === undefined) return [];
    return [field(entry.key, method, { ...map, expr: resolver }, entry)];
  });
}

/** A function, or the `resolve` of a field's options. */
function resolverIn(value: Expr): Expr | undefined {
  const expr = bare(value);
  if (expr.kind === "record") return entryOf(expr, "resolve", "subscribe");
  return canBeFunction(expr) ? expr : undefined;
}

function field(name: string, method: string, placed: Placed, at: Span): HandlerFound {
  return {
    kind: "route",
    name,
    method,
    path: name,
    entry: entryAt(placed),
    file: placed.file,
    at: { start: at.start, end: at.end },
    readOnly: method !== "mutation",
  };
}

/** `new GraphQLObjectType({ name: "Mutation", fields: { login: { resolve } } })`. */
function objectType({ call, scope }: CallSite, view: FileView): readonly HandlerFound[] {
  if (methodOf(call) !== "GraphQLObjectType") return [];
  const method = rootNamed(stringOf(entryOf(call.args[0], "name")));
  const fields = entryOf(call.args[0], "fields");
  if (method === undefined || fields === undefined) return [];
  const placed = follow({ expr: fields, file: view.file, scope }, view.project);
  return fieldsOf(isClosure(placed.expr) ? returned(placed.expr.fn, placed) : placed, method, view);
}

/** `Mutation`, `RootMutation`, `MutationType`. */
function rootNamed(name: string | undefined): string | undefined {
  const root = /^(?:Root)?(Mutation|Query|Subscription)s?(?:Type)?$/.exec(name ?? "")?.[1];
  return root === undefined ? undefined : ROOTS[root];
}

/** What a function gives back, where one `return` says it. */
function returned(fn: FunctionIR, placed: Placed): Placed {
  const last = fn.body.findLast((stmt) => stmt.kind === "return");
  const expr = last?.kind === "return" ? last.value : null;
  return expr === null || expr === undefined ? placed : { expr: bare(expr), file: fn.file, scope: fn };
}

/** `mutationField("login", …)` with a name and a field; `mutationFields((t) => ({ login: t.field(…) }))` with a map of them. */
function builtFields(site: CallSite, view: FileView): readonly HandlerFound[] {
  const { call, scope } = site;
  const method = builderMethod(call);
  if (method === undefined) return [];
  const name = stringOf(call.args[0]);
  if (name !== undefined) {
    const resolver = call.args
      .slice(1)
      .map((arg) => resolveIn({ expr: arg, file: view.file, scope }))
      .find((one) => one !== undefined);
    return resolver === undefined ? [] : [field(name, method, resolver, call)];
  }
  const maps = call.args.map((arg) => mapIn({ expr: entryOf(arg, "fields") ?? arg, file: view.file, scope }));
  return maps.flatMap((map) => (map === undefined ? [] : builtMap(map, method)));
}

function builderMethod(call: CallExpr): string | undefined {
  return BUILDERS.exec(methodOf(call))?.[1]?.toLowerCase();
}

function builtMap(map: Placed, method: string): readonly HandlerFound[] {
  if (map.expr.kind !== "record") return [];
  return map.expr.entries.flatMap((entry) => {
    if (entry.spread) return spreadOf(entry.value).flatMap((expr) => builtMap({ ...map, expr }, method));
    const resolver = resolveIn({ ...map, expr: entry.value });
    return resolver === undefined ? [] : [field(entry.key ?? computedName(map.file, entry), method, resolver, entry)];
  });
}

/** `...(isInternal ? { banPost } : {})` may spread either. */
function spreadOf(value: Expr): readonly Expr[] {
  const expr = bare(value);
  if (expr.kind === "choice") return [...spreadOf(expr.then), ...spreadOf(expr.otherwise)];
  return expr.kind === "logical" ? spreadOf(expr.right) : [expr];
}

/** `[names.authenticateItem]: …` is called by the last name of its key. */
function computedName({ text }: FileIR, { start, value }: RecordEntry): string {
  return /([\w$]+)["'`]?\s*\]\s*:?\s*$/.exec(text.slice(start, value.start))?.[1] ?? "";
}

function mapIn(placed: Placed): Placed | undefined {
  const map = isClosure(placed.expr) ? returned(placed.expr.fn, placed) : placed;
  return map.expr.kind === "record" ? map : undefined;
}

/** The `resolve` of a field, through `(t) => t.field({ resolve })`. */
function resolveIn(placed: Placed): Placed | undefined {
  const expr = bare(placed.expr);
  if (isClosure(expr)) {
    const value = returned(expr.fn, placed);
    return value.expr === placed.expr ? undefined : resolveIn(value);
  }
  if (expr.kind === "call") return expr.args.map((arg) => resolveIn({ ...placed, expr: arg })).find((one) => one !== undefined);
  const resolver = entryOf(expr, "resolve");
  return resolver === undefined ? undefined : { ...placed, expr: resolver };
}

/** Nexus: `extendType({ type: "Mutation", definition(t) { t.field("login", { resolve }) } })`. */
function definedFields(view: FileView): readonly HandlerFound[] {
  const definitions = new Map(view.calls.flatMap(({ call }) => definitionOf(call)));
  return view.calls.flatMap(({ call, scope }) => {
    const method = scope === null ? undefined : definitions.get(scope);
    const name = stringOf(call.args[0]);
    if (method === undefined || name === undefined) return [];
    const resolver = call.args
      .slice(1)
      .map((arg) => resolveIn({ expr: arg, file: view.file, scope }))
      .find((one) => one !== undefined);
    return resolver === undefined ? [] : [field(name, method, resolver, call)];
  });
}

function definitionOf(call: CallExpr): readonly (readonly [FunctionIR, string])[] {
  const [options] = call.args;
  const definition = entryOf(options, "definition") ?? options;
  const method = builderMethod(call) ?? rootNamed(stringOf(entryOf(options, "type", "name")));
  return method !== undefined && isClosure(definition) ? [[definition.fn, method]] : [];
}

/** GraphQL Shield: `rule()(async (parent, args, context) => …)`. */
function shieldRule({ call, scope }: CallSite, view: FileView): readonly HandlerFound[] {
  const [fn] = call.args;
  if (call.callee.kind !== "call" || methodOf(call.callee) !== "rule" || !isClosure(fn)) return [];
  if (scope !== null || view.importOf("rule")?.source !== "graphql-shield") return [];
  return [{ kind: "gate", name: "rule", entry: { fn: fn.fn }, file: view.file, at: call }];
}
