import type { FunctionIR, TypeRef } from "../ir/nodes.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { goAnswer } from "./go/answers.ts";

const GRPC = /^google\.golang\.org\/grpc(?:\/|$)/;
const CONNECT = /^(?:connectrpc\.com\/connect|github\.com\/bufbuild\/connect-go)$/;

/** Verbs of procedures that read only. */
const READS = /^(?:Get|List|Find|Search|Watch|Count|Query|Lookup|Describe|Fetch|Stream|Subscribe)(?=[A-Z]|$)/;

function handlers(view: FileView): readonly HandlerFound[] {
  const generated = /^\/\/ Code generated /m.test(view.file.text.slice(0, 2000));
  if (generated) return [];
  return view.file.functions.flatMap((fn) => (isProcedure(view, fn) ? [ofProcedure(fn)] : []));
}

/**
 * A method that a client can call: `(ctx, *pb.Request) (*pb.Response, error)` of a type, or with Connect's
 * `*connect.Request[T]`. https://grpc.io/docs/languages/go/basics/#simple-rpc
 */
function isProcedure(view: FileView, fn: FunctionIR): boolean {
  if (fn.container === undefined || fn.container.sort !== "class" || !/^\p{Lu}/u.test(fn.name) || fn.parent !== undefined) return false;
  const results = fn.returns?.name === "tuple" ? (fn.returns.args ?? []) : [];
  if (results.length !== 2 || results[1]?.name !== "error" || results[0]?.nullable !== true) return false;
  const types = fn.params.map(({ pattern }) => (pattern.kind === "bind" ? pattern.type : undefined));
  if (fn.params.length !== 2 || types[0]?.name !== "context.Context") return false;
  return isMessage(view, types[1], "Request") && isMessage(view, results[0], "Response");
}

/** A type of generated code: of a package for protocol buffers, or Connect's envelope. */
function isMessage(view: FileView, type: TypeRef | undefined, envelope: string): boolean {
  const [pkg, name] = type?.name.split(".") ?? [];
  if (type === undefined || pkg === undefined || name === undefined || type.nullable !== true) return false;
  const source = view.importOf(pkg)?.source ?? "";
  if (CONNECT.test(source)) return name === envelope;
  return (
    /(?:^|[/_.-])(?:pb|proto|protos|grpc|gen|protobuf|emptypb|api)(?:[/_.-]|$)|pb(?:\/v\d+)?$|protobuf/.test(`${source}/`) ||
    pkg.endsWith("pb")
  );
}

function ofProcedure(fn: FunctionIR): HandlerFound {
  return {
    kind: "route",
    name: `${fn.container!.name}.${fn.name}`,
    method: "rpc",
    path: fn.name,
    entry: { fn },
    file: fn.file,
    container: fn.container!,
    at: { start: fn.start, end: fn.end },
    returnsErrors: true,
    ...(READS.test(fn.name) ? { readOnly: true } : {}),
  };
}

export const goGrpc: Framework = {
  id: "go-grpc",
  title: "gRPC and Connect (Go)",
  docs: "https://grpc.io/docs/languages/go/basics/",
  languages: ["go"],
  enabledBy: { go: ["google.golang.org/grpc", CONNECT], imports: [GRPC] },
  mayHold: /^func\s*\(\s*\w+\s+\*?\w+\s*\)\s*[A-Z]\w*\s*\(\s*\w+\s+context\.Context\s*,/m,
  handlers,
  endOfCall: goAnswer,
  // server.go hands errors to the client; only a stats handler or interceptor sees them.
  logsUnhandled: () => false,
  request: { ip: null, actor: null, requestId: null },
};
