import type { CallExpr, ContainerIR, FunctionIR } from "../ir/nodes.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { endByCode, readsOnly } from "./http/grpc-codes.ts";
import { endByStatus, methodOf, namesOf } from "./reading.ts";

const ENVELOPE = /^(?:tonic\.)?Request$/;
const ANSWER = /^(?:tonic\.)?Response$/;

/** tonic: procedures of a service that is implemented for a type, and interceptors. */
export const tonic: Framework = {
  id: "tonic",
  title: "tonic (gRPC in Rust)",
  docs: "https://docs.rs/tonic/latest/tonic/",
  languages: ["rust"],
  enabledBy: { cargo: ["tonic"] },
  mayHold: /\bRequest\s*</,
  handlers: (view) => [
    ...view.file.containers.flatMap((container) => container.functions.flatMap((fn) => procedure(view, container, fn))),
    ...view.file.functions.flatMap((fn) => interceptor(view, fn)),
  ],
  endOfCall,
  // The status goes to the client; nothing is written above debug.
  logsUnhandled: () => false,
  request: {
    ip: "request.remote_addr()",
    actor: null,
    requestId: 'request.metadata().get("x-request-id")',
    userAgent: 'request.metadata().get("user-agent")',
  },
};

/** `async fn login(&self, request: Request<Login>) -> Result<Response<Token>, Status>` of `impl Accounts for Service`. */
function procedure(view: FileView, container: ContainerIR, fn: FunctionIR): readonly HandlerFound[] {
  if (container.extends.length === 0 || !isGivenRequest(view, fn) || !ANSWER.test(fn.returns?.name ?? "")) return [];
  const found = { name: `${container.name}.${fn.name}`, entry: { fn }, file: view.file, container, at: fn } as const;
  return [{ ...found, kind: "route", method: "rpc", path: fn.name, ...(readsOnly(fn.name) ? { readOnly: true } : {}) }];
}

/** `fn check(request: Request<()>) -> Result<Request<()>, Status>`, `Interceptor::call`. https://docs.rs/tonic/latest/tonic/service/trait.Interceptor.html */
function interceptor(view: FileView, fn: FunctionIR): readonly HandlerFound[] {
  if (!isGivenRequest(view, fn) || !ENVELOPE.test(fn.returns?.name ?? "")) return [];
  const name = fn.container === undefined ? fn.name : `${fn.container.name}.${fn.name}`;
  return [
    { kind: "gate", name, entry: { fn }, file: view.file, at: fn, ...(fn.container === undefined ? {} : { container: fn.container }) },
  ];
}

/** One parameter, which is tonic's envelope: other crates have a `Request` as well. */
function isGivenRequest(view: FileView, fn: FunctionIR): boolean {
  const given = fn.params.map(({ pattern }) => (pattern.kind === "bind" ? (pattern.type?.name ?? "") : ""));
  if (given.length !== 1 || !ENVELOPE.test(given[0]!)) return false;
  return given[0]!.startsWith("tonic.") || /^tonic(?:::|$)/.test(view.importOf("Request")?.source ?? "");
}

/** https://docs.rs/tonic/latest/tonic/struct.Status.html: `Status::unauthenticated("no")`, `Status::new(Code::PermissionDenied, "no")`. */
function endOfCall(call: CallExpr): End | undefined {
  // `Status::not_found` is spelled like a constant of HTTP, which the language gives as its number.
  if (call.callee.kind === "literal") return { ...endByStatus(call.callee), says: call.args };
  const names = namesOf(call.callee);
  if (names.at(-2) !== "Status") return undefined;
  const [method, [first]] = [methodOf(call), call.args];
  const code = method === "new" && first !== undefined ? (namesOf(first).at(-1) ?? "") : method;
  const end = endByCode(code);
  return end === undefined ? undefined : { ...end, says: call.args };
}
