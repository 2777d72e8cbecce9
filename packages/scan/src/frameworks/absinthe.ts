import type { CallExpr, ContainerIR, Expr } from "../ir/nodes.ts";
import { blockOf, functionOf, macrosOf, moduleOf, optionsOf, symbolOf, symbolsOf, usesModule } from "./elixir/modules.ts";
import { indexOf } from "./elixir/project-index.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { entryOf, stringOf } from "./reading.ts";

/** What a field of the root objects does. */
const ROOTS: Readonly<Record<string, string>> = { mutation: "mutation", query: "query", subscription: "subscription" };

/** Absinthe, GraphQL for Elixir: the resolvers of mutations, queries and subscriptions. */
export const absinthe: Framework = {
  id: "absinthe",
  title: "Absinthe",
  docs: "https://hexdocs.pm/absinthe/mutations.html",
  languages: ["elixir"],
  enabledBy: { hex: ["absinthe"], imports: [/^Absinthe(?:\.|$)/] },
  mayHold: /\bAbsinthe\.|\bresolve\b/,
  handlers: (view) => view.file.containers.flatMap((container) => fieldsOfModule(container, view)),
  // Absinthe lets an exception of a resolver through to the Plug adapter.
  logsUnhandled: (status) => status === undefined || status >= 500,
  request: {
    ip: null,
    actor: "resolution.context.current_user",
    requestId: "Logger.metadata()[:request_id]",
  },
};

/** `mutation do … end` of a schema, and `object :session_mutations do … end` that a schema's mutation imports. */
function fieldsOfModule(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!container.mixins.some((one) => one.name.startsWith("Absinthe.")) && !usesModule(container, "Absinthe.Schema")) return [];
  return macrosOf(container.body).flatMap(({ name, call }) => {
    const root = rootOf(name, call, view);
    return root === undefined ? [] : fields(call, root, container, view);
  });
}

function rootOf(macro: string, call: CallExpr, view: FileView): string | undefined {
  if (Object.hasOwn(ROOTS, macro)) return ROOTS[macro];
  const object = macro === "object" ? symbolOf(call.args[0]) : undefined;
  if (object === undefined) return undefined;
  return (
    indexOf(view.project).rootOf(object) ?? Object.keys(ROOTS).find((root) => object === root || object.split("_").includes(`${root}s`))
  );
}

function fields(object: CallExpr, root: string, container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return macrosOf(blockOf(object)?.fn.body ?? []).flatMap(({ name, call }) => {
    if (name === "field" || name === "payload" || name === "connection") return field(call, root, container, view);
    return name === "import_fields" ? [] : fields(call, root, container, view);
  });
}

/** `field :login, :session do arg …; middleware …; resolve … end`, also with `resolve:` among the options. */
function field(call: CallExpr, root: string, container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const name = stringOf(call.args.find((arg) => symbolOf(arg) !== undefined));
  const inside = macrosOf(blockOf(call)?.fn.body ?? []).map((macro) => macro.call);
  const expr = entryOf(optionsOf(call), "resolve") ?? argumentOf(inside, "resolve");
  if (name === undefined || expr === undefined) return [];
  const path = camel(name);
  return [
    {
      kind: "route",
      name: `${root} ${path}`,
      method: root,
      path,
      entry: { expr, scope: blockOf(call)?.fn ?? null },
      file: view.file,
      container,
      at: call,
      through: inside.flatMap(middlewareAt),
      readOnly: root !== "mutation",
      hints: authorisations(inside),
    },
  ];
}

function argumentOf(calls: readonly CallExpr[], name: string): Expr | undefined {
  return calls.find((call) => call.callee.kind === "name" && call.callee.name === name)?.args[0];
}

/** `middleware MyApp.RequireUser` runs the module's `call/2`; `middleware &check/2` a function. */
function middlewareAt(call: CallExpr): readonly Expr[] {
  const first = call.args[0];
  if (call.callee.kind !== "name" || call.callee.name !== "middleware" || first === undefined) return [];
  return first.kind === "name" && moduleOf(first) !== undefined ? [functionOf(first, "call")] : [first];
}

/** What a middleware was told: `middleware Authorize, :admin`. */
function authorisations(calls: readonly CallExpr[]): readonly string[] {
  return calls
    .filter((call) => call.callee.kind === "name" && call.callee.name === "middleware")
    .flatMap((call) => symbolsOf(call.args[1]));
}

/** As clients write it: `create_session` → `createSession`. */
function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
