import type { AssignExpr, CallExpr, ContainerIR, Expr } from "../ir/nodes.ts";
import type { End, FileView, Framework, HandlerFound } from "./framework.ts";
import { endByStatus, isClosure, methodOf, namesOf, SAFE_VERBS, statusOf, stringOf } from "./reading.ts";
import { macrosIn, ownMember } from "./ruby/callbacks.ts";
import { lineOf, methodOn, parentNames } from "./ruby/classes.ts";
import { hanamiRoute } from "./ruby/hanami-routes.ts";

/** A class of Hanami 2 extends it, one of Hanami 1 includes it. */
const ACTION = /(?:^|\.)(?:Hanami\.Action|\w+\.Action)$/;
/** The method that serves: `handle(request, response)` of Hanami 2, `call(params)` of Hanami 1. */
const SERVES: Readonly<Record<string, number>> = { handle: 2, call: 1 };

/** Hanami: one class an action, with its callbacks and what answers its errors. */
export const hanami: Framework = {
  id: "hanami",
  title: "Hanami",
  docs: "https://guides.hanamirb.org/v2.2/actions/overview/",
  languages: ["ruby"],
  enabledBy: { rubygems: ["hanami", "hanami-controller"] },
  mayHold: /\bAction\b/,
  handlers: (view) => view.file.containers.flatMap((container) => (isAction(container, view) ? ofAction(container, view) : [])),
  endOfCall,
  endOfAssign,
  // Hanami's Rack logger writes what leaves an action at error. https://github.com/hanami/hanami/blob/main/lib/hanami/web/rack_logger.rb
  logsUnhandled: () => true,
  request: { ip: "request.ip", actor: null, requestId: "request.id", userAgent: "request.user_agent" },
};

function isAction(container: ContainerIR, view: FileView): boolean {
  return (
    container.sort === "class" && container.extends.length > 0 && parentNames(container, view.project).some((name) => ACTION.test(name))
  );
}

function ofAction(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return [...served(container, view), ...gates(container, view), ...errors(container, view)];
}

function served(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return container.functions.flatMap((fn): readonly HandlerFound[] => {
    if (SERVES[fn.name] !== fn.params.length || fn.isStatic === true || fn.isPrivate === true) return [];
    const route = hanamiRoute(container, view.project);
    return [
      {
        kind: "route",
        name: spelled(container),
        ...(route === undefined ? {} : { method: route.method, path: route.path, readOnly: SAFE_VERBS.has(route.method) }),
        entry: { fn },
        file: view.file,
        container,
        at: fn,
        through: [...lineOf(container, view.project)].reverse().flatMap((one) => macros(one, "before").flatMap(given)),
      },
    ];
  });
}

/** Names that stand after `before` in the body of the class itself; those of parents are declared there. */
function gates(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return macros(container, "before").flatMap((call) =>
    call.args.flatMap((arg): readonly HandlerFound[] => {
      const name = stringOf(arg);
      const fn = isClosure(arg) ? arg.fn : name === undefined ? undefined : methodOn(container, name, view.project);
      if (fn === undefined) return [];
      const at = isClosure(arg) ? call : fn;
      return [{ kind: "gate", name: `${spelled(container)}#${name ?? "before"}`, entry: { fn }, file: fn.file, container, at }];
    }),
  );
}

/** `handle_exception NotFound => :answer`, in the class or in its `config`. A status in place of the name writes nothing. */
function errors(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return macros(container, "handle_exception").flatMap((call) =>
    call.args
      .flatMap((arg) => (arg.kind === "record" ? arg.entries : []))
      .flatMap(({ value }): readonly HandlerFound[] => {
        const [type, answer] = value.kind === "opaque" ? value.parts : [];
        const name = stringOf(answer);
        const fn = name === undefined ? undefined : methodOn(container, name, view.project);
        const caught = type === undefined ? undefined : namesOf(type).at(-1);
        if (fn === undefined || caught === undefined) return [];
        const every = caught === "StandardError" || caught === "Exception";
        const own = { name: `${spelled(container)}#${fn.name}`, entry: { fn }, file: fn.file, container, at: fn };
        return [{ ...own, kind: "errors", ...(every ? {} : { catches: [caught] }) }];
      }),
  );
}

function macros(container: ContainerIR, name: string): readonly CallExpr[] {
  return macrosIn(container.body).filter((call) => methodOf(call) === name);
}

function given(call: CallExpr): readonly Expr[] {
  return call.args.flatMap((arg) => {
    if (isClosure(arg)) return [arg];
    const name = stringOf(arg);
    return name === undefined ? [] : [ownMember(name, arg)];
  });
}

function spelled(container: ContainerIR): string {
  return container.name.replaceAll(".", "::");
}

/** `halt 401`, `halt :forbidden, "no"`, `response.redirect_to "/"` end the request. */
function endOfCall(call: CallExpr): End | undefined {
  const names = namesOf(call.callee);
  const method = methodOf(call);
  const isOwn = names.length === 1 || (names.length === 2 && names[0] === "this");
  if (method === "halt" && isOwn) return { ...halted(call.args[0]), sent: true, stops: true, says: call.args.slice(1) };
  const onResponse = /^(?:res|resp|response)$/.test(names.at(-2) ?? "");
  if (method === "redirect_to" && (isOwn || onResponse)) return { kind: "redirect", sent: true, stops: true, says: call.args };
  return method === "render" && onResponse ? { sent: true, says: call.args } : undefined;
}

function halted(expr: Expr | undefined): End {
  const status = statusOf(expr);
  return status === undefined ? {} : { status };
}

/** `response.status = 401`, `self.status = 401`, `response.body = "…"`, `response.flash[:error] = "…"`. */
function endOfAssign({ target, value }: AssignExpr): End | undefined {
  const names = target.kind === "member" ? namesOf(target) : [];
  const [owner, last] = [names.at(-2) ?? "", names.at(-1)];
  if (names.includes("flash")) return { says: [value] };
  if (!/^(?:res|resp|response|this)$/.test(owner) || names.length > 2) return undefined;
  if (last === "status") return endByStatus(value);
  return last === "body" ? { sent: true, says: [value] } : undefined;
}
