import type { CallExpr } from "../ir/nodes.ts";
import type { CallSite, End, FileView, Framework, HandlerFound } from "./framework.ts";
import { isClosure, joinPaths, methodOf, namesOf, numberOf, SAFE_VERBS, statusOf, stringOf } from "./reading.ts";
import { parentNames } from "./ruby/classes.ts";

const VERBS: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "options"]);
const APPLICATION = /(?:^|\.)Sinatra\.(?:Base|Application)$/;

/** Sinatra: routes with blocks, at the top level of a file or in a class, filters, and what answers errors. */
export const sinatra: Framework = {
  id: "sinatra",
  title: "Sinatra",
  docs: "https://sinatrarb.com/intro.html",
  languages: ["ruby"],
  enabledBy: { rubygems: ["sinatra", "sinatra-contrib", "padrino"] },
  mayHold: /^\s*(?:get|post|put|patch|delete|options|before|error|not_found)\b.*(?:\bdo\b|\{)/m,
  handlers: (view) => view.calls.flatMap((site) => ofCall(view, site)),
  endOfCall,
  // Rack's handler writes what nobody rescues as an error. https://github.com/sinatra/sinatra/blob/main/lib/sinatra/base.rb (dump_errors)
  logsUnhandled: (status) => status === undefined || status >= 500,
  answersByReturn: true,
  request: { ip: "request.ip", actor: null, requestId: 'request.env["HTTP_X_REQUEST_ID"]', userAgent: "request.user_agent" },
};

function ofCall(view: FileView, { call, scope, container }: CallSite): readonly HandlerFound[] {
  const name = methodOf(call);
  const block = call.args.at(-1);
  if (call.callee.kind !== "name" || !isClosure(block) || !isApplication(view, container, scope)) return [];
  const base = { entry: { fn: block.fn }, file: view.file, at: call, ...(container === null ? {} : { container }) };
  if (name === "before") return [{ ...base, kind: "gate", name: `before ${stringOf(call.args[0]) ?? ""}`.trim() }];
  if (name === "error" || name === "not_found") return [{ ...base, kind: "errors", name, ...caught(call) }];
  if (!VERBS.has(name) || call.args.length < 2) return [];
  const path = joinPaths(stringOf(call.args[0]) ?? "/*");
  const method = name.toUpperCase();
  return [{ ...base, kind: "route", name: `${method} ${path}`, method, path, readOnly: SAFE_VERBS.has(method) }];
}

/** A class of the application, or a file that runs by itself: blocks in blocks (`namespace`) as well, specifications not. */
function isApplication(view: FileView, container: CallSite["container"], scope: CallSite["scope"]): boolean {
  if (container !== null) return parentNames(container, view.project).some((name) => APPLICATION.test(name));
  return (scope === null || scope.name === "") && /\brequire\s*\(?\s*["']sinatra/.test(view.file.text);
}

function caught(call: CallExpr): Pick<HandlerFound, "catches"> {
  const names = call.args.flatMap((arg) => namesOf(arg).slice(-1));
  return names.length === 0 ? {} : { catches: names.map((name) => name.slice(name.lastIndexOf(".") + 1)) };
}

function isOwn(call: CallExpr): boolean {
  const names = namesOf(call.callee);
  return names.length === 1 || (names.length === 2 && names[0] === "this");
}

/** `halt 401, "no"` ends the request; `status 401` and `redirect` say how. */
function endOfCall(call: CallExpr): End | undefined {
  if (!isOwn(call)) return undefined;
  const name = methodOf(call);
  const status = numberOf(call.args[0]) === undefined ? undefined : statusOf(call.args[0]);
  const said = status === undefined ? {} : { status };
  if (name === "halt") return { ...said, sent: true, stops: true, says: call.args };
  if (name === "error") return { status: status ?? 500, sent: true, stops: true, says: call.args };
  if (name === "not_found") return { status: 404, sent: true, stops: true, says: call.args };
  if (name === "redirect") return { sent: true, stops: true, kind: "redirect", says: call.args };
  if (name === "status") return said;
  return ["erb", "haml", "slim", "json", "body", "send_file"].includes(name) ? { sent: true, says: call.args } : undefined;
}
