import type { FunctionIR, Param } from "../ir/nodes.ts";
import { isInScope, type Room } from "./in-scope.ts";

/** Names that a request, or what holds it, goes by. */
const REQUEST_NAME = /^_?(?:req|request|ctx|context|c|event|conn|socket|resolution|httpRequest)$/;
const REQUEST_TYPE = /(?:Request|Context|Event|Req|Ctx)$/;

/** Where the request stands among the parameters, by the name that a framework's expression has for it; else first. */
const POSITION: Readonly<Record<string, number>> = { resolution: 2, context: 2, socket: -1 };

/** Words of an expression that are no names of the program. */
const WORDS: ReadonlySet<string> = new Set([
  "await",
  "new",
  "true",
  "false",
  "null",
  "undefined",
  "nil",
  "this",
  "typeof",
  "JSON",
  "String",
  "to_string",
  "List",
  "Logger",
  "Plug",
  "get_in",
]);

/** Functions that a framework brings into every file by itself. */
const GLOBAL: ReadonlySet<string> = new Set(["getRequestIP", "getHeader"]);

/**
 * A framework's expression, such as `req.ip`, in the names of the handler at hand: `request.ip` where its parameter is
 * called so. Undefined where something in it is not in scope.
 */
export function inNamesOf(expression: string, room: Room): string | undefined {
  let text = expression;
  for (const name of freeNames(expression)) {
    // Where variables have a sign, their names have none.
    const plain = name.replace(/^\$(?=\w)/, "");
    if (GLOBAL.has(name) || isInScope(name, room) || isInScope(plain, room) || isGiven(name, room)) continue;
    const own = REQUEST_NAME.test(plain) ? (requestParam(plain, room.fn) ?? requestVariable(room)) : undefined;
    if (own === undefined) return undefined;
    const written = name.length > plain.length ? `$${own}` : own;
    // What stands in quotes is no name: `headers["x-request-id"]`.
    const use = new RegExp(`"[^"]*"|'[^']*'|(?<![\\w$.:@"])${name.replaceAll("$", "\\$")}(?![\\w$"])`, "g");
    text = text.replace(use, (found) => (found === name ? written : found));
  }
  return text;
}

/** A macro that takes a block, such as `get "/x" do`, gives it names that nobody binds; those that it uses are there. */
export function isGiven(name: string, { file, fn }: Room): boolean {
  if (fn === undefined || fn.params.length > 0) return false;
  return new RegExp(`(?<![\\w.:@"])${name}(?![\\w:"])`).test(file.text.slice(fn.start, fn.end));
}

/** The names that an expression takes from around it. */
function freeNames(expression: string): readonly string[] {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const names = [...bare.matchAll(/(?<![\w$.:@]|->)([A-Za-z_$][\w$]*)(?!\s*:(?!:)|[\w$])/g)].map((match) => match[1]!);
  return [...new Set(names)].filter((name) => !WORDS.has(name));
}

/** The handler's own name for the request, where the parameter at its place is one. */
function requestParam(root: string, fn: FunctionIR | undefined): string | undefined {
  for (let at = fn; at !== undefined; at = at.parent) {
    const decorated = at.params.find((param) => param.decorators.some(({ name }) => /^(?:Req|Request|Context|Ctx)$/.test(name)));
    const param = decorated ?? at.params.at(POSITION[root] ?? 0);
    const name = param === undefined ? undefined : nameOfRequest(param, decorated !== undefined);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `const request = context.switchToHttp().getRequest()` */
function requestVariable(room: Room): string | undefined {
  return room.inner ? ["req", "request"].find((name) => isInScope(name, room)) : undefined;
}

/** What holds a request and is none itself. */
const NO_REQUEST = /^(?:ExecutionContext|ArgumentsHost|\w*EventContext)$/;

function nameOfRequest({ pattern, decorators }: Param, certain: boolean): string | undefined {
  if (pattern.kind !== "bind") return undefined;
  if (certain) return pattern.name;
  if (decorators.length > 0 || (pattern.type !== undefined && NO_REQUEST.test(pattern.type.name))) return undefined;
  return REQUEST_NAME.test(pattern.name) || (pattern.type !== undefined && REQUEST_TYPE.test(pattern.type.name)) ? pattern.name : undefined;
}
