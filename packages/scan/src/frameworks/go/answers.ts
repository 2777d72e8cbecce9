import type { AssignExpr, CallExpr, Expr } from "../../ir/nodes.ts";
import type { End } from "../framework.ts";
import { statusByName } from "../http/statuses.ts";
import { endByStatus, methodOf, namesOf, propertyAssigned, receiverOf, statusOf } from "../reading.ts";

/** Names of what a handler answers with: the response writer, the context of a framework, what helpers around them are called. */
const ANSWERER =
  /^(?:this|c|cc|ec|gc|fc|e|ev|w|rw|wr|rsp|ctx|context|res|resp|response|respond|reply|render|renderer|writer|out|controller|builder)$|(?:[cC]tx|Context|Writer|Response|Builder|Responder)$/;

/** Methods that send the answer: of Gin, Echo, Fiber, Iris, Hertz, Macaron, Flamego and their like. */
const SENDS = new Set([
  ...["JSON", "XML", "YAML", "TOML", "HTML", "String", "Text", "Data", "Blob", "Stream", "Bytes", "Raw", "Render", "View", "Html", "Json"],
  ...[
    "IndentedJSON",
    "PureJSON",
    "SecureJSON",
    "AsciiJSON",
    "JSONP",
    "JSONPretty",
    "JSONBlob",
    "JSONWithProblem",
    "ProtoBuf",
    "MsgPack",
    "Problem",
  ],
  ...[
    "File",
    "FileAttachment",
    "Attachment",
    "Inline",
    "Download",
    "SendFile",
    "SendString",
    "Send",
    "SendStream",
    "SendBytes",
    "NoContent",
  ],
  ...[
    "PlainText",
    "RawData",
    "RenderData",
    "HTMLBlob",
    "XMLBlob",
    "WriteString",
    "Write",
    "ServeFile",
    "ServeContent",
    "Execute",
    "ExecuteTemplate",
  ],
  ...[
    "Error",
    "ErrorStatus",
    "ServeJSON",
    "ServeFormatted",
    "StopWithJSON",
    "StopWithText",
    "StopWithError",
    "StopWithProblem",
    "Abort",
    "CustomAbort",
  ],
  ...[
    "AbortWithStatus",
    "AbortWithStatusJSON",
    "AbortWithStatusPureJSON",
    "AbortWithError",
    "AbortWithMsg",
    "SendStatus",
    "StopWithStatus",
    "Fail",
  ],
]);
/** Methods that only set the status. */
const SETS = new Set([
  "WithStatus",
  "WithStatusCode",
  "WithCode",
  "Status",
  "WriteHeader",
  "SetStatus",
  "StatusCode",
  "SetStatusCode",
  "Code",
]);

/** What a call in a handler of Go says about the answer, whichever framework it belongs to. */
export function goAnswer(call: CallExpr): End | undefined {
  const own = onAnswerer(call) ?? byHelper(call);
  return ofPackage(call) ?? (own?.status === undefined ? own : { ...own, helper: true });
}

/** Functions of net/http and of packages around it, which are given the writer. */
function ofPackage(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const name = names.join(".");
  const [, ...given] = call.args;
  switch (name) {
    case "http.Error":
      return { ...endByStatus(call.args[2]), sent: true, says: call.args.slice(1, 2) };
    case "http.NotFound":
      return { status: 404, sent: true };
    case "http.Redirect":
      return { ...endByStatus(call.args[3]), sent: true, kind: "redirect", says: call.args.slice(2, 3) };
    case "http.ServeFile":
    case "http.ServeContent":
    case "fmt.Fprint":
    case "fmt.Fprintf":
    case "fmt.Fprintln":
    case "io.WriteString":
    case "io.Copy":
      return isAnswerer(call.args[0]) ? { sent: true, says: given } : undefined;
    case "json.NewEncoder.Encode":
    case "xml.NewEncoder.Encode":
      return { sent: true, says: call.args };
    case "render.Status":
      return endByStatus(call.args[1]);
    case "render.JSON":
    case "render.XML":
    case "render.PlainText":
    case "render.HTML":
      return { sent: true, says: call.args.slice(2) };
    default:
      return undefined;
  }
}

function isAnswerer(expr: Expr | undefined): boolean {
  const names = expr === undefined ? [] : namesOf(expr);
  return names.length > 0 && (ANSWERER.test(names[0]!) || ANSWERER.test(names.at(-1)!));
}

function onAnswerer(call: CallExpr): End | undefined {
  const receiver = receiverOf(call);
  const names = namesOf(call.callee);
  if (receiver === undefined || !names.slice(0, -1).some((name) => ANSWERER.test(name))) return undefined;
  const method = methodOf(call);
  const status = statusAmong(call.args);
  if (SETS.has(method)) return endByStatus(call.args[0]);
  if (method.startsWith("Redirect") || method === "SeeOther")
    return { ...(status === undefined ? {} : { status }), sent: true, kind: "redirect", says: textsAmong(call.args) };
  if (SENDS.has(method)) return sends(call, method, status);
  return byStatusName(call, method);
}

function sends(call: CallExpr, method: string, status: number | undefined): End | undefined {
  if (/^(?:Write|Execute\w*|Abort|Error|Data|Text|Fail|Raw|String)$/.test(method)) {
    if (method === "Abort" && call.args.length === 0) return { halts: true };
    if (method === "Error" && status === undefined) return undefined;
    if (call.args.length === 0) return undefined;
  }
  const says = call.args.filter((arg) => statusOf(arg) === undefined || arg.kind !== "literal");
  return { ...(status === undefined ? {} : { status }), sent: true, says };
}

/** What helpers have in front of the name of a status: `JSONUnauthorized`, `respondWithForbidden`. */
const FORMAT =
  /^(?:(?:[sS]tatus|[sS]end|[wW]rite|[nN]ew|[rR]ender|[rR]espond|[rR]eply|[rR]eturn|[sS]erve|JSON|Json|HTML|Html|XML|Text|API|Api|HTTP|Http|Web|With|As)(?=[A-Z]))+/;

/** `c.Forbidden(msg)`, `e.UnauthorizedError(msg, nil)`, `ctx.NotFound()`. */
function byStatusName(call: CallExpr, method: string): End | undefined {
  const plain = method.replace(FORMAT, "");
  const status = statusByName(plain) ?? statusByName(plain.replace(/(?:Error|Response|f)$/, ""));
  if (status === undefined || status < 400 || !/[A-Z]/.test(method)) return undefined;
  return { status, sent: true, says: call.args, ...(status === 401 || status === 403 ? { kind: "denied" as const } : {}) };
}

/** `respondWithError(w, http.StatusForbidden, "no")`, `response.JSON(w, 401, body)`: helpers that could not be followed. */
const HELPER =
  /^(?:(?:send|write|render|respond|reply|return|handle|serve|encode|abort)\w*|\w*(?:json|error|response|problem|failure|status))$/i;

function byHelper(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = names.at(-1) ?? "";
  if (!call.args.slice(0, 3).some((arg) => isAnswerer(arg) && arg.kind === "name")) return undefined;
  const status = statusAmong(call.args);
  if (status !== undefined && HELPER.test(method)) return { status, sent: true, says: textsAmong(call.args) };
  return status === undefined ? byStatusName(call, method) : undefined;
}

function statusAmong(args: readonly Expr[]): number | undefined {
  for (const arg of args.slice(0, 4)) {
    const status = arg.kind === "literal" && typeof arg.value !== "number" ? undefined : statusOf(arg);
    if (status !== undefined) return status;
  }
  return undefined;
}

function textsAmong(args: readonly Expr[]): readonly Expr[] {
  return args.filter((arg) => !(arg.kind === "literal" && typeof arg.value === "number") && !isAnswerer(arg));
}

/** `ctx.Response.StatusCode = 401`. */
export function goAnswerAssigned(assign: AssignExpr): End | undefined {
  const property = propertyAssigned(assign);
  const name = property?.names.at(-1);
  if (property === undefined || (name !== "StatusCode" && name !== "Status")) return undefined;
  if (!property.names.slice(0, -1).some((one) => ANSWERER.test(one) || one === "Output")) return undefined;
  return endByStatus(property.value);
}
