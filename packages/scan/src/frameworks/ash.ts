import type { CallExpr, ContainerIR, Expr, Stmt } from "../ir/nodes.ts";
import { endOnConn, logsServerErrors } from "./elixir/answers.ts";
import { blockOf, clausesOf, functionOf, macrosOf, moduleOf, optionsOf, symbolOf, usesModule } from "./elixir/modules.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { entryOf, stringOf } from "./reading.ts";

/** Kinds of action → what a request asks for; `read` reads only and is left out. */
const KINDS: Readonly<Record<string, string>> = { create: "create", update: "update", destroy: "destroy", action: "action" };

/** Blocks of a resource through which requests reach its actions, without code of the application between. */
const INTERFACES = new Set(["graphql", "json_api", "rpc", "typescript_rpc"]);

/** Extensions that store a version or event for each action. */
const RECORDING = /\b(?:AshPaperTrail|AshEvents)\b/;

/**
 * Ash: actions that an API extension serves, where code of the application runs in them, and the callbacks in which
 * AshAuthentication tells of a login. A purely declarative action has nothing that could be walked.
 */
export const ash: Framework = {
  id: "ash",
  title: "Ash",
  docs: "https://hexdocs.pm/ash/actions.html",
  languages: ["elixir"],
  enabledBy: { hex: ["ash", "ash_authentication", "ash_authentication_phoenix"], imports: [/^Ash(?:Authentication)?(?:\.|$)/] },
  mayHold: /\bAsh\.Resource\b|\bAshAuthentication\.Phoenix\.Controller\b/,
  handlers: (view) => view.file.containers.flatMap((container) => [...actions(container, view), ...callbacks(container, view)]),
  endOfCall: endOnConn,
  logsUnhandled: logsServerErrors,
  request: {
    ip: null,
    actor: "context.actor",
    requestId: "Logger.metadata()[:request_id]",
  },
};

function actions(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!usesModule(container, "Ash.Resource") || RECORDING.test(headOf(container))) return [];
  const served = servedActions(container.body);
  return blocks(container.body, "actions").flatMap((body) =>
    macrosOf(body).flatMap(({ name, call }) => {
      const action = symbolOf(call.args[0]);
      const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
      if (kind === undefined || action === undefined || !served.has(action)) return [];
      return actionAt(call, kind, action, container, view);
    }),
  );
}

/** The text of `use Ash.Resource, …` with its extensions. */
function headOf(container: ContainerIR): string {
  return container.mixins.map((one) => container.file.text.slice(one.start, one.end)).join("\n");
}

/** The blocks of that name that stand in a body. */
function blocks(body: readonly Stmt[], name: string): readonly (readonly Stmt[])[] {
  return macrosOf(body).flatMap((macro) => (macro.name === name ? [blockOf(macro.call)?.fn.body ?? []] : []));
}

/** Every atom that the blocks of API extensions name. */
function servedActions(body: readonly Stmt[]): ReadonlySet<string> {
  return new Set(
    macrosOf(body)
      .filter((macro) => INTERFACES.has(macro.name))
      .flatMap((macro) => atomsIn(blockOf(macro.call)?.fn.body ?? [])),
  );
}

function atomsIn(body: readonly Stmt[]): readonly string[] {
  return macrosOf(body).flatMap(({ call }) => [
    ...call.args.flatMap((arg) => stringOf(arg) ?? []),
    ...atomsIn(blockOf(call)?.fn.body ?? []),
  ]);
}

/** What runs in an action: `run fn input, context -> … end`, `run Module`, `change fn …`, `change Module`. */
function actionAt(call: CallExpr, kind: string, action: string, container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const inside = macrosOf(blockOf(call)?.fn.body ?? []);
  const runs = inside
    .filter(({ name }) => name === "run" || name === "manual" || name === "change")
    .flatMap(({ name, call: at }) => codeAt(name, at));
  const expr = runs[0] ?? entryOf(optionsOf(call), "run");
  if (expr === undefined) return [];
  const found: HandlerFound = {
    kind: "route",
    name: `${container.name}.${action}`,
    method: "action",
    path: action,
    entry: { expr, scope: blockOf(call)?.fn ?? null },
    file: view.file,
    container,
    at: call,
    through: runs.slice(1),
    hints: [kind],
  };
  return [found];
}

/** The function that a `run`, `manual` or `change` names; library changes such as `change set_attribute(…)` have none. */
function codeAt(name: string, call: CallExpr): readonly Expr[] {
  const first = call.args[0];
  if (first === undefined) return [];
  if (first.kind === "function") return [first];
  const module = first.kind === "list" && first.tuple ? first.items[0] : first;
  if (module?.kind !== "name" || moduleOf(module) === undefined) return [];
  return [functionOf(module, name === "manual" ? "run" : name)];
}

/** `success(conn, activity, user, token)` and `failure(conn, activity, reason)` of the controller for sign-ins. */
function callbacks(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!usesModule(container, "AshAuthentication.Phoenix.Controller")) return [];
  const clauses = [...clausesOf(container, "success", 4), ...clausesOf(container, "failure", 3), ...clausesOf(container, "sign_out", 2)];
  return clauses.map((fn) => ({
    kind: "callback",
    name: `${container.name}.${fn.name}`,
    entry: { fn },
    file: view.file,
    container,
    at: fn,
  }));
}
