import type { CallExpr, ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { lineOf } from "./aspnet/attributes.ts";
import { decoratorHints, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { memberName } from "./jvm/annotations.ts";
import { methodOf, namesOf } from "./reading.ts";

/** Verbs of procedures that read only. */
const READS = /^(?:Get|List|Find|Search|Watch|Count|Query|Lookup|Describe|Fetch|Stream|Subscribe)(?=[A-Z]|$)/;

/** gRPC statuses → those of HTTP. https://grpc.io/docs/guides/status-codes/ */
const STATUSES: Readonly<Record<string, number>> = {
  Unauthenticated: 401,
  PermissionDenied: 403,
  NotFound: 404,
  AlreadyExists: 409,
  InvalidArgument: 400,
  FailedPrecondition: 400,
  ResourceExhausted: 429,
  Internal: 500,
  Unavailable: 503,
};

/** Methods of a service: those that are given the context of a call. */
function handlers(view: FileView): readonly HandlerFound[] {
  return view.file.containers
    .filter((one) => one.sort === "class")
    .flatMap((container) =>
      container.functions.flatMap((fn) => {
        if (isProcedure(view, container, fn)) return [found(container, fn, "route")];
        return isInterceptor(container, fn) ? [found(container, fn, "gate")] : [];
      }),
    );
}

/** `public override Task<Reply> Login(Request request, ServerCallContext context)` of a class that extends a generated base. */
function isProcedure(view: FileView, container: ContainerIR, fn: FunctionIR): boolean {
  if (fn.role !== undefined || fn.parent !== undefined || !isGivenContext(fn)) return false;
  return lineOf(view, container).some((one) => one.extends.some((type) => type.name.endsWith("Base")));
}

function isGivenContext(fn: FunctionIR): boolean {
  return fn.params.some(({ pattern }) => pattern.kind === "bind" && pattern.type?.name === "ServerCallContext");
}

function isInterceptor(container: ContainerIR, fn: FunctionIR): boolean {
  return fn.name.endsWith("ServerHandler") && isGivenContext(fn) && container.extends.some((type) => type.name === "Interceptor");
}

function found(container: ContainerIR, fn: FunctionIR, kind: "route" | "gate"): HandlerFound {
  const base = { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) } as const;
  if (kind === "gate") return base;
  return {
    ...base,
    method: "rpc",
    path: fn.name,
    readOnly: READS.test(fn.name),
    hints: decoratorHints(container, fn, new Set(["AllowAnonymous"])),
  };
}

/** `new Status(StatusCode.Unauthenticated, "no")`, `new RpcException(…)` of one. */
function endOfCall(call: CallExpr): End | undefined {
  if (call.creates !== true || !/^(?:Status|RpcException)$/.test(methodOf(call))) return undefined;
  const code = call.args
    .flatMap((arg) => (arg.kind === "call" ? arg.args : [arg]))
    .flatMap((arg) => (arg.kind === "member" ? (namesOf(arg).at(-1) ?? []) : []));
  const status = code.map((name) => STATUSES[name]).find((one) => one !== undefined);
  return status === undefined
    ? undefined
    : { status, says: call.args, ...(status === 401 || status === 403 ? { kind: "denied" as const } : {}) };
}

export const grpcDotnet: Framework = {
  id: "grpc-dotnet",
  title: "gRPC (.NET)",
  docs: "https://learn.microsoft.com/aspnet/core/grpc/services",
  languages: ["csharp"],
  enabledBy: { nuget: [/^Grpc\./], imports: ["Grpc.Core"] },
  mayHold: /\bServerCallContext\b/,
  handlers,
  endOfCall,
  // ServerCallHandlerBase logs "Error when executing service method" at error, and an RpcException at info.
  logsUnhandled: (status, name) => status === undefined && name !== "RpcException",
  request: {
    ip: "context.Peer",
    actor: "context.GetHttpContext().User.Identity?.Name",
    requestId: "context.GetHttpContext().TraceIdentifier",
  },
};
