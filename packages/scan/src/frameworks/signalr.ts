import type { ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { actionsOf, attribute, isA, textGiven } from "./aspnet/attributes.ts";
import { endOfAspNetCall } from "./aspnet/ends.ts";
import { decoratorHints, wholeOf } from "./classes/decorated.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { memberName } from "./jvm/annotations.ts";

/** Methods by which a hub hears of its connections. */
const LIFE: ReadonlySet<string> = new Set(["OnConnectedAsync", "OnDisconnectedAsync", "Dispose"]);

function handlers(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) =>
    container.sort === "class" && isA(view, container, /^Hub$/)
      ? actionsOf(container)
          .filter((fn) => !LIFE.has(fn.name))
          .map((fn) => found(container, fn))
      : [],
  );
}

function found(container: ContainerIR, fn: FunctionIR): HandlerFound {
  const named = attribute(fn.decorators, "HubMethodName");
  return {
    kind: "route",
    name: memberName(container, fn),
    method: "event",
    path: (named && textGiven(named)) ?? fn.name,
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    hints: decoratorHints(container, fn, new Set(["HubMethodName", "AllowAnonymous"])),
  };
}

export const signalr: Framework = {
  id: "signalr",
  title: "SignalR",
  docs: "https://learn.microsoft.com/aspnet/core/signalr/hubs",
  languages: ["csharp"],
  enabledBy: { imports: ["Microsoft.AspNetCore.SignalR"], nuget: [/^Microsoft\.AspNetCore\.SignalR/] },
  mayHold: /:\s*(?:[\w.]+\.)?\w*Hub\b/,
  handlers,
  endOfCall: endOfAspNetCall,
  // DefaultHubDispatcher logs "Failed to invoke hub method" at error.
  logsUnhandled: () => true,
  request: {
    ip: "Context.GetHttpContext()?.Connection.RemoteIpAddress",
    actor: "Context.UserIdentifier",
    requestId: "Context.ConnectionId",
  },
};
