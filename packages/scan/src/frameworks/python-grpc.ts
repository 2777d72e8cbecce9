import type { CallExpr, ContainerIR } from "../ir/nodes.ts";
import { extendsOne, methodName, methodsOf, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { endByCodeIn, readsOnly } from "./http/grpc-codes.ts";
import { methodOf, namesOf } from "./reading.ts";

/** gRPC of Python: procedures of a service that extends its generated servicer, and interceptors. */
export const pythonGrpc: Framework = {
  id: "python-grpc",
  title: "gRPC (Python)",
  docs: "https://grpc.io/docs/languages/python/basics/",
  languages: ["python"],
  enabledBy: { pypi: ["grpcio", "grpcio-tools"], imports: ["grpc"] },
  mayHold: /Servicer\b|ServerInterceptor\b/,
  handlers: (view) => view.file.containers.filter((one) => one.sort === "class").flatMap((one) => ofClass(view, one)),
  endOfCall,
  // `_server.py` writes what a procedure raises with `_LOGGER.exception`; an abort is an answer.
  logsUnhandled: (status) => status === undefined,
  request: { ip: "context.peer()", actor: null, requestId: 'dict(context.invocation_metadata()).get("x-request-id")' },
};

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const [serves, intercepts] = [extendsOne(container, /Servicer$/), extendsOne(container, /(?:^|\.)ServerInterceptor$/)];
  return methodsOf(container).flatMap((fn): readonly HandlerFound[] => {
    const own = { name: methodName(container, fn), entry: { fn }, file: view.file, container, at: wholeOf(fn) };
    if (intercepts && fn.name === "intercept_service") return [{ ...own, kind: "gate" }];
    if (!serves || fn.name.startsWith("_") || fn.params.length !== 2) return [];
    return [{ ...own, kind: "route", method: "rpc", path: fn.name, ...(readsOnly(fn.name) ? { readOnly: true } : {}) }];
  });
}

/** `context.abort(grpc.StatusCode.UNAUTHENTICATED, "no")` ends the call; `set_code` and `set_details` say how it will end. */
function endOfCall(call: CallExpr): End | undefined {
  const owner = namesOf(call.callee).at(-2) ?? "";
  if (!/^(?:context|ctx)$/.test(owner)) return undefined;
  const [method, end] = [methodOf(call), endByCodeIn(call.args[0]) ?? {}];
  if (method === "abort") return { ...end, sent: true, stops: true, says: call.args.slice(1) };
  if (method === "set_code") return end;
  return method === "set_details" ? { says: call.args } : undefined;
}
