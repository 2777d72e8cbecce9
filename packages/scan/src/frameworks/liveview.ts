import type { ContainerIR } from "../ir/nodes.ts";
import { endOnSocket } from "./elixir/answers.ts";
import { clausesOf, importsModule, literalParam, takesSocket, usesModule, usesRole } from "./elixir/modules.ts";
import { indexOf } from "./elixir/project-index.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";

const MODULES = ["Phoenix.LiveView", "Phoenix.LiveComponent", "Surface.LiveView", "Surface.LiveComponent"];

/** Phoenix LiveView: events of views and components, and the hooks that decide whether a view is mounted. */
export const liveview: Framework = {
  id: "liveview",
  title: "Phoenix LiveView",
  docs: "https://hexdocs.pm/phoenix_live_view/Phoenix.LiveView.html",
  languages: ["elixir"],
  enabledBy: { hex: ["phoenix_live_view"], imports: [/^Phoenix\.Live(?:View|Component)(?:\.|$)/] },
  mayHold: /\bdef\s+(?:handle_event|on_mount)\b/,
  handlers: (view) => view.file.containers.flatMap((container) => [...events(container, view), ...hooks(container, view)]),
  endOfCall: endOnSocket,
  // The process of a view ends with the exception, and its supervisor logs that at error level, whatever its status.
  logsUnhandled: () => true,
  request: {
    ip: null,
    actor: "socket.assigns.current_user",
    requestId: null,
  },
};

/** One handler for each clause of `handle_event("save", params, socket)`. */
function events(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  const clauses = clausesOf(container, "handle_event", 3);
  if (!clauses.some((fn) => takesSocket(fn, 2)) && !isLive(container)) return [];
  const hints = indexOf(view.project)
    .routesTo(container.name)
    .map((route) => route.path);
  return clauses.map((fn) => {
    const event = literalParam(fn, 0);
    const shared = { entry: { fn }, file: view.file, container, at: fn, hints };
    const name = `${container.name}.handle_event`;
    if (event === undefined) return { kind: "route", name, method: "event", ...shared };
    return { kind: "route", name: `${name}("${event}")`, method: "event", path: event, ...shared };
  });
}

function isLive(container: ContainerIR): boolean {
  return (
    usesModule(container, ...MODULES) || usesRole(container, /^(?:\w+_)?live(?:_\w+)?$/) || importsModule(container, "Phoenix.LiveView")
  );
}

/** `on_mount(:require_user, params, session, socket)` lets a view be mounted or halts. */
function hooks(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return clausesOf(container, "on_mount", 4)
    .filter((fn) => takesSocket(fn, 3))
    .map((fn) => {
      const stage = literalParam(fn, 0);
      const name = `${container.name}.on_mount${stage === undefined ? "" : `(:${stage})`}`;
      return { kind: "gate", name, entry: { fn }, file: view.file, container, at: fn, decides: {} };
    });
}
