import type { CallExpr, ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { extendsOne, methodsOf, wholeOf } from "./classes/decorated.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { endByCodeIn, readsOnly } from "./http/grpc-codes.ts";
import { memberName } from "./jvm/annotations.ts";
import { methodOf } from "./reading.ts";

/** What the compiler of protocol buffers generates for a service: `AccountsGrpc.AccountsImplBase`, `…CoroutineImplBase` for Kotlin. */
const SERVICE = /ImplBase$/;
const INTERCEPTOR = /(?:^|\.)ServerInterceptor$/;

/** gRPC of the JVM: procedures of a service that extends its generated base, and interceptors. */
export const jvmGrpc: Framework = {
  id: "jvm-grpc",
  title: "gRPC (Java, Kotlin)",
  docs: "https://grpc.io/docs/languages/java/basics/",
  languages: ["java", "kotlin"],
  enabledBy: { maven: [/^io\.grpc:/, /grpc-(?:server-)?spring-boot-starter$/, /quarkus-grpc$/], imports: ["io.grpc"] },
  mayHold: /ImplBase\b|ServerInterceptor\b/,
  handlers: (view) => view.file.containers.filter((one) => one.sort === "class").flatMap((one) => ofClass(view, one)),
  endOfCall,
  // `ServerImpl` hands what a procedure throws to the client; it writes nothing above its own warnings.
  logsUnhandled: () => false,
  request: { ip: null, actor: null, requestId: null },
};

function ofClass(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  const [serves, intercepts] = [extendsOne(container, SERVICE), extendsOne(container, INTERCEPTOR)];
  return methodsOf(container).flatMap((fn): readonly HandlerFound[] => {
    const own = { name: memberName(container, fn), entry: { fn }, file: view.file, container, at: wholeOf(fn) };
    if (intercepts && fn.name === "interceptCall") return [{ ...own, kind: "gate" }];
    if (!serves || fn.isPrivate === true || !isProcedure(fn)) return [];
    return [{ ...own, kind: "route", method: "rpc", path: fn.name, ...(readsOnly(fn.name) ? { readOnly: true } : {}) }];
  });
}

/** `login(LoginRequest request, StreamObserver<Reply> observer)`, `suspend fun login(request: LoginRequest): Reply`. */
function isProcedure(fn: FunctionIR): boolean {
  const types = fn.params.map(({ pattern }) => (pattern.kind === "bind" ? (pattern.type?.name ?? "") : ""));
  if (types.at(-1)?.endsWith("StreamObserver")) return types.length <= 2;
  return fn.file.language === "kotlin" && types.length === 1 && fn.returns !== undefined;
}

/** `observer.onError(Status.UNAUTHENTICATED.asRuntimeException())`, `new StatusRuntimeException(Status.NOT_FOUND)`, `call.close(Status.PERMISSION_DENIED, headers)`. */
function endOfCall(call: CallExpr): End | undefined {
  const [first] = call.args;
  switch (methodOf(call)) {
    case "onError":
      return { ...(endByCodeIn(first) ?? { kind: "error" }), sent: true, says: call.args };
    case "close":
      return call.args.length === 2 ? closed(call) : undefined;
    case "onCompleted":
      return call.args.length === 0 ? { sent: true } : undefined;
    case "StatusRuntimeException":
    case "StatusException":
      return withText(call);
    case "asRuntimeException":
    case "asException":
      return withText(call, call);
    default:
      return undefined;
  }
}

function closed(call: CallExpr): End | undefined {
  const end = endByCodeIn(call.args[0]);
  return end === undefined ? undefined : { ...end, sent: true, says: call.args };
}

/** The code stands in the first argument, or in the chain that the call ends. */
function withText(call: CallExpr, chain?: CallExpr): End | undefined {
  const end = endByCodeIn(chain ?? call.args[0]);
  return end === undefined ? undefined : { ...end, says: call.args };
}
