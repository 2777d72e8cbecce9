import type { ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { clausesOf, literalParam, takesSocket, usesModule, usesRole } from "./elixir/modules.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";

/** Phoenix sockets and channels: who may connect and join, and the messages that come in. */
export const phoenixSocket: Framework = {
  id: "phoenix-socket",
  title: "Phoenix sockets and channels",
  docs: "https://hexdocs.pm/phoenix/channels.html",
  languages: ["elixir"],
  enabledBy: { hex: ["phoenix"], imports: [/^Phoenix\.(?:Socket|Channel)(?:\.|$)/] },
  mayHold: /\bdef\s+(?:connect|join|handle_in)\b/,
  handlers: (view) => view.file.containers.flatMap((container) => [...connects(container, view), ...channel(container, view)]),
  // The process of a channel ends with the exception, and its supervisor logs that at error level.
  logsUnhandled: () => true,
  request: {
    ip: null,
    actor: "socket.assigns.current_user",
    requestId: null,
  },
};

/** `connect(params, socket)` and `connect(params, socket, connect_info)`. */
function connects(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!usesModule(container, "Phoenix.Socket") && !usesRole(container, /^(?:\w+_)?socket$/) && !usesOwn(container, "Socket")) return [];
  return [...clausesOf(container, "connect", 2), ...clausesOf(container, "connect", 3)].map((fn) => ({
    kind: "gate",
    name: `${container.name}.connect`,
    decides: {},
    ...placed(fn, container, view),
  }));
}

function channel(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  if (!usesModule(container, "Phoenix.Channel") && !usesRole(container, /^(?:\w+_)?channel$/) && !usesOwn(container, "Channel")) return [];
  return [...joins(container, view), ...messages(container, view)];
}

/** `use MyAppWeb.Socket`: a module of the application's own that brings in Phoenix's. */
function usesOwn(container: ContainerIR, role: string): boolean {
  return container.mixins.some(({ name }) => name.endsWith(`Web.${role}`));
}

/** `join("room:lobby", payload, socket)`. */
function joins(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return clausesOf(container, "join", 3)
    .filter((fn) => takesSocket(fn, 2))
    .map((fn) => {
      const topic = literalParam(fn, 0);
      const name = `${container.name}.join`;
      return { kind: "gate", name: topic === undefined ? name : `${name}("${topic}")`, decides: {}, ...placed(fn, container, view) };
    });
}

/** One handler for each clause of `handle_in("message", payload, socket)`. */
function messages(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return clausesOf(container, "handle_in", 3).map((fn) => {
    const event = literalParam(fn, 0);
    const name = `${container.name}.handle_in`;
    if (event === undefined) return { kind: "route", name, method: "event", ...placed(fn, container, view) };
    return { kind: "route", name: `${name}("${event}")`, method: "event", path: event, ...placed(fn, container, view) };
  });
}

function placed(fn: FunctionIR, container: ContainerIR, view: FileView): Pick<HandlerFound, "entry" | "file" | "container" | "at"> {
  return { entry: { fn }, file: view.file, container, at: fn };
}
