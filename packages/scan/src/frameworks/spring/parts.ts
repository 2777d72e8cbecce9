/** What stands around the handlers of Spring applications: filters, security handlers, error handlers. */
import type { ContainerIR, Decorator, Expr, FunctionIR } from "../../ir/nodes.ts";
import { extendsOne, methodsOf, wholeOf } from "../classes/decorated.ts";
import type { FileView, HandlerFound, HandlerKind } from "../framework.ts";
import { annotationIn, givenAs, lastOf, memberName } from "../jvm/annotations.ts";
import { flat, methodOf, namesOf } from "../reading.ts";
import { DENIED, DONE, LOGGED_OUT, REFUSED } from "./ends.ts";

interface Part {
  readonly method: string;
  readonly kind: HandlerKind;
  /** Names of the types that the class extends or implements. */
  readonly of: RegExp;
  /** It decides by the value that it gives. */
  readonly decides?: true;
  readonly sends?: readonly string[];
}

/**
 * https://docs.spring.io/spring-security/reference/servlet/architecture.html, …/servlet/authentication/,
 * https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-servlet/handlermapping-interceptor.html
 */
const PARTS: readonly Part[] = [
  { method: "doFilterInternal", kind: "gate", of: /Filter$/ },
  { method: "doFilter", kind: "gate", of: /Filter$|FilterBean$/ },
  { method: "filter", kind: "gate", of: /^WebFilter$|GlobalFilter$/ },
  { method: "preHandle", kind: "gate", of: /^(?:Async)?HandlerInterceptor(?:Adapter)?$/, decides: true },
  { method: "handle", kind: "gate", of: /AccessDeniedHandler(?:Impl)?$/, sends: DENIED },
  { method: "commence", kind: "gate", of: /AuthenticationEntryPoint$/ },
  { method: "onAuthenticationFailure", kind: "gate", of: /AuthenticationFailureHandler$/, sends: REFUSED },
  { method: "unsuccessfulAuthentication", kind: "gate", of: /(?:Authentication|Processing)\w*Filter$/, sends: REFUSED },
  { method: "onAuthenticationSuccess", kind: "callback", of: /AuthenticationSuccessHandler$/, sends: DONE },
  { method: "successfulAuthentication", kind: "callback", of: /(?:Authentication|Processing)\w*Filter$/, sends: DONE },
  { method: "onLogoutSuccess", kind: "callback", of: /LogoutSuccessHandler$/, sends: LOGGED_OUT },
  { method: "authenticate", kind: "callback", of: /AuthenticationProvider$/, sends: [...DONE, ...REFUSED] },
  { method: "additionalAuthenticationChecks", kind: "callback", of: /AuthenticationProvider$/ },
  { method: "handleExceptionInternal", kind: "errors", of: /^ResponseEntityExceptionHandler$/ },
  { method: "resolveException", kind: "errors", of: /ExceptionResolver$/ },
];

export function partsOf(view: FileView): readonly HandlerFound[] {
  const own = view.file.containers
    .filter((container) => container.sort === "class")
    .flatMap((container) => [...methodsOf(container).flatMap((fn) => partOf(container, fn)), ...adviceOf(view, container)]);
  return [...own, ...configuredIn(view)];
}

/** Methods of the security configuration that take such a handler as a lambda. */
const CONFIGURED: ReadonlyMap<string, Pick<Part, "kind" | "sends">> = new Map([
  ["successHandler", { kind: "callback", sends: DONE }],
  ["failureHandler", { kind: "gate", sends: REFUSED }],
  ["authenticationEntryPoint", { kind: "gate" }],
  ["accessDeniedHandler", { kind: "gate", sends: DENIED }],
  ["logoutSuccessHandler", { kind: "callback", sends: LOGGED_OUT }],
]);

/** `http.formLogin(form -> form.successHandler((request, response, who) -> …))`. */
function configuredIn(view: FileView): readonly HandlerFound[] {
  return view.calls.flatMap(({ call, container }) => {
    const method = methodOf(call);
    const part = CONFIGURED.get(method);
    const [given] = call.args;
    if (part === undefined || given?.kind !== "function") return [];
    const owner = container ?? given.fn.container;
    const base = {
      name: method,
      entry: { fn: given.fn },
      file: view.file,
      at: given,
      ...(owner === undefined ? {} : { container: owner }),
    };
    return [{ ...base, kind: part.kind, ...(part.sends ? { sends: part.sends } : {}) }];
  });
}

function partOf(container: ContainerIR, fn: FunctionIR): readonly HandlerFound[] {
  const part = PARTS.find((one) => one.method === fn.name && extendsOne(container, one.of));
  if (part === undefined) return [];
  return [{ ...base(container, fn, part.kind), ...(part.decides ? { decides: {} } : {}), ...(part.sends ? { sends: part.sends } : {}) }];
}

const ADVICE: ReadonlySet<string> = new Set(["ControllerAdvice", "RestControllerAdvice"]);
const HANDLES: ReadonlySet<string> = new Set(["ExceptionHandler"]);
/** Whoever is given these is given every error. */
const EVERY: ReadonlySet<string> = new Set(["Exception", "Throwable", "RuntimeException"]);

/** https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-controller/ann-advice.html */
function adviceOf(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  if (annotationIn(view, container.file, container.decorators, ADVICE) === undefined) return [];
  return methodsOf(container).flatMap((fn) => {
    const is = annotationIn(view, fn.file, fn.decorators, HANDLES);
    if (is === undefined) return [];
    const types = caughtBy(is.own, fn);
    const every = types.length === 0 || types.some((type) => EVERY.has(type));
    return [{ ...base(container, fn, "errors"), ...(every ? {} : { catches: types }) }];
  });
}

/** The classes that the annotation names, else the types of the errors among the parameters. */
function caughtBy(decorator: Decorator, fn: FunctionIR): readonly string[] {
  const given = givenAs(decorator, "value", "exception");
  const classes = flat(given === undefined ? [] : [given]).map(classIn);
  if (classes.length > 0) return classes;
  return fn.params.flatMap(({ pattern }) =>
    pattern.kind === "bind" && pattern.type !== undefined && /(?:Exception|Error|Throwable)$/.test(pattern.type.name)
      ? [lastOf(pattern.type.name)]
      : [],
  );
}

/** `Denied.class` → Denied. */
const classIn = (expr: Expr): string =>
  namesOf(expr)
    .filter((name) => name !== "class")
    .map(lastOf)
    .at(-1) ?? "";

function base(container: ContainerIR, fn: FunctionIR, kind: HandlerKind): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}
