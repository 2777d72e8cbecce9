import { paramNames, type FileIR, type FunctionIR } from "@telltale/scan/analysis";
import type { Values } from "../writer.ts";

/** What a request comes from, as a variable is given one: `context.switchToHttp().getRequest()`, `ctx.req`, `args[0] as Request`. */
const SOURCE =
  /\b(?:get\w*Request|getContext|switchTo\w+)\b|\.(?:raw)?req(?:uest)?\b(?!\s*\()|\bnew \w*Request\b|\bas (?:any\b|\w*Request\b)/i;

/** Fields that the request of a server has, and that of the fetch API has not. */
const SERVER_ONLY = /^[\w$]+\??\.(?:ip\b|headers\??\.?\[)/;

/** Whether what goes by a request's name there is something else: a document that is called `request`, a `Request` without an IP. */
export function isNoRequest({ file, fn }: Values["spot"], value: string): boolean {
  const root = /^\(?(?:await )?([A-Za-z_$][\w$]*)/.exec(value)?.[1];
  if (root === undefined) return false;
  for (let at = fn; at !== undefined; at = at.parent) {
    if (paramNames(at).includes(root)) return isOfFetch(file, annotated(file, at, root)) && SERVER_ONLY.test(value);
    const variable = variableOf(file, at, root);
    if (variable === undefined) continue;
    if (variable.type === undefined && /^req(?:uest)?$/.test(root) && !SOURCE.test(withoutArguments(variable.from))) return true;
    return isOfFetch(file, variable.type) && SERVER_ONLY.test(value);
  }
  return false;
}

/** `Request` is that of the fetch API in each file that does not say otherwise. */
function isOfFetch(file: FileIR, type: string | undefined): boolean {
  return (
    type === "Request" && !file.imports.some(({ local }) => local === "Request") && !/\b(?:interface|class|type) Request\b/.test(file.text)
  );
}

/** The type of a parameter as it is written, where it is a name. */
function annotated(file: FileIR, fn: FunctionIR, name: string): string | undefined {
  const head = file.text.slice(fn.start, fn.body[0]?.start ?? fn.end);
  return new RegExp(`(?<![\\w$.])${escaped(name)}\\??:\\s*([\\w.]+)\\s*[,)=\\n]`).exec(head)?.[1];
}

/** How a function declares a variable: the type that is written, also as `getRequest<Request>()`, and what it is given. */
function variableOf(file: FileIR, fn: FunctionIR, name: string): { readonly type: string | undefined; readonly from: string } | undefined {
  const declared = new RegExp(`\\b(?:const|let|var)\\s+${escaped(name)}\\s*(?::\\s*([\\w.]+)[^=;\\n]*)?=(?!=)\\s*([^;]{0,200})`);
  const found = declared.exec(file.text.slice(fn.start, fn.end));
  if (found === null) return undefined;
  const [, type, from = ""] = found;
  return { type: type ?? /\bget\w*Request<([\w.]+)>/.exec(from)?.[1], from };
}

/** What is called, without what it is given: `create(args.request)` makes no request. */
function withoutArguments(code: string): string {
  let bare = code;
  for (let before = ""; bare !== before;) [before, bare] = [bare, bare.replace(/(?<=[\w$>\]])\((?:[^()]|\(\))*\)/g, "")];
  return bare.replace(/(?<=[\w$>\]])\([^]*$/, "");
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
