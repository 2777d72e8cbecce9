import type { End } from "../../frameworks/framework.ts";
import { statusOf } from "../../frameworks/reading.ts";
import type { AssignExpr, CallExpr, Expr, FileIR } from "../../ir/nodes.ts";
import { entryOf } from "../../ir/literals.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { SERVER_FAULTS, SHOWN_ERRORS } from "./words.ts";

/** Methods by which text goes into a writer. */
const WRITES: ReadonlySet<string> = new Set(["print", "println", "write", "printf", "append", "format"]);
/** What a response of the Servlet API, of ASP.NET and of WSGI is written through. */
const WRITERS: ReadonlySet<string> = new Set(["getWriter", "getOutputStream", "writer", "outputStream"]);
/** Functions of PHP that write into the page. https://www.php.net/manual/en/ref.outcontrol.php */
const PAGE: ReadonlySet<string> = new Set(["echo", "print", "die", "exit", "print_r", "var_dump", "printf"]);
/** Methods of a response, whatever it comes from. */
const SENDS: ReadonlySet<string> = new Set(["end", "send", "json", "write", "Write", "WriteLine"]);
const RESPONSE = /^(?:res|resp|response|Response)$/;
/** What a PHP file that serves pages speaks of, and one that runs in a terminal. */
const SERVES = /\$_(?:GET|POST|REQUEST|SERVER|SESSION|COOKIE)\b|\bheader\s*\(|<html|<!DOCTYPE/i;
const OFFLINE = /(?:^|\/)(?:bin|scripts?|cli|cron|tests?|spec|console|commands?|jobs|migrations?|tools?|vendor)\//i;
const TERMINAL = /PHP_EOL|\bSTDERR\b|\$argv|\bgetopt\s*\(|extends\s+Command\b|#!\/usr\/bin/;

/** Calls that put text into the answer without a framework: writers of a response, and what a page of PHP prints. */
export function rawSendsIn(file: FileIR): (call: CallExpr, valuesOf: (name: string) => readonly Expr[]) => readonly Expr[] | undefined {
  const isPage = isPageOfPhp(file);
  return (call, valuesOf) => {
    const names = namesOf(call.callee);
    const method = names.at(-1) ?? "";
    if (isPage && names.length === 1 && PAGE.has(method)) return call.args;
    if (call.args.length > 0 && SENDS.has(method) && RESPONSE.test(names.at(-2) ?? "")) return call.args;
    if (!WRITES.has(method) || call.callee.kind !== "member") return undefined;
    if (isWriter(call.callee.object)) return call.args;
    const [root] = names;
    return names.length === 2 && valuesOf(root!).some(isWriter) ? call.args : undefined;
  };
}

/** A script that serves requests, or one of which nothing says that it does not. */
function isPageOfPhp({ path, text }: FileIR): boolean {
  if (!path.endsWith(".php") || TERMINAL.test(text) || OFFLINE.test(path)) return false;
  return SERVES.test(text) || !/^\s*(?:namespace|(?:abstract |final )?class)\s/m.test(text);
}

/** Texts of a page of Web Forms. https://learn.microsoft.com/dotnet/api/system.web.ui.webcontrols */
export function rawAssignedIn(file: FileIR): (assign: AssignExpr) => readonly Expr[] | undefined {
  const isPage = file.imports.some(({ source }) => source.startsWith("System.Web.UI"));
  return ({ target, value }) =>
    isPage && target.kind === "member" && /^(?:Text|InnerText|InnerHtml)$/.test(target.property ?? "") ? [value] : undefined;
}

function isWriter(expr: Expr): boolean {
  const names = namesOf(expr);
  return WRITERS.has(names.at(-1) ?? "") && names.length > 1 && /res|resp|response|call/i.test(names.at(-2) ?? "");
}

/** Building an error whose message its framework sends. */
export function endOfShownError(call: CallExpr): End | undefined {
  const name = namesOf(call.callee).at(-1) ?? "";
  if (call.creates !== true && name !== "HTTPException") return undefined;
  if (!SHOWN_ERRORS.test(name)) return undefined;
  const said = call.args.flatMap((arg) => [entryOf(arg, "status", "statusCode", "status_code", "code") ?? arg]);
  const written = said.map((arg) => statusOf(arg)).find((one) => one !== undefined);
  const status = written ?? (SERVER_FAULTS.test(name) ? 500 : undefined);
  return { ...(status === undefined ? {} : { status }), sent: true, says: call.args.map(withoutCause) };
}

/** The cause that an error is given is for the log. */
function withoutCause(arg: Expr): Expr {
  if (arg.kind !== "record") return arg;
  return { ...arg, entries: arg.entries.filter(({ key }) => key !== "cause" && key !== "originalError" && key !== "headers") };
}
