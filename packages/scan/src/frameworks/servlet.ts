import type { ContainerIR, FunctionIR } from "../ir/nodes.ts";
import { extendsOne, methodsOf, nameOfDecorator, wholeOf } from "./classes/decorated.ts";
import type { FileView, Framework, HandlerFound } from "./framework.ts";
import { givenAs, memberName, textAt } from "./jvm/annotations.ts";
import { servletEndOf } from "./jvm/servlet-ends.ts";
import { SAFE_VERBS } from "./reading.ts";

/** https://jakarta.ee/specifications/servlet/6.0/apidocs/jakarta.servlet/jakarta/servlet/http/httpservlet */
const VERBS: Readonly<Record<string, string>> = {
  doGet: "GET",
  doPost: "POST",
  doPut: "PUT",
  doDelete: "DELETE",
  doPatch: "PATCH",
  service: "ALL",
};

export const servlet: Framework = {
  id: "servlet",
  title: "Jakarta Servlet",
  docs: "https://jakarta.ee/specifications/servlet/",
  languages: ["java", "kotlin"],
  enabledBy: { maven: [/servlet-api$/], imports: ["jakarta.servlet", "javax.servlet"] },
  mayHold: /HttpServlet\b|implements[^{]*\bFilter\b/,
  handlers: (view) =>
    view.file.containers.filter((one) => one.sort === "class").flatMap((one) => [...routesOf(view, one), ...filtersOf(one)]),
  endOfCall: servletEndOf,
  // The container logs what a servlet throws at error.
  logsUnhandled: () => true,
  request: {
    ip: "request.getRemoteAddr()",
    actor: "request.getRemoteUser()",
    requestId: 'request.getHeader("X-Request-Id")',
    userAgent: 'request.getHeader("User-Agent")',
  },
};

function routesOf(view: FileView, container: ContainerIR): readonly HandlerFound[] {
  if (!extendsOne(container, /Servlet$/)) return [];
  const mapped = container.decorators.find((one) => nameOfDecorator(one) === "WebServlet");
  const path = mapped && textAt(view, view.file, container, givenAs(mapped, "value", "urlPatterns"));
  return methodsOf(container).flatMap((fn) => {
    const method = VERBS[fn.name];
    if (method === undefined || fn.params.length !== 2) return [];
    return [{ ...base(container, fn, "route"), method, ...(path === undefined ? {} : { path }), readOnly: SAFE_VERBS.has(method) }];
  });
}

function filtersOf(container: ContainerIR): readonly HandlerFound[] {
  if (!extendsOne(container, /^(?:Http)?Filter$/)) return [];
  return methodsOf(container).flatMap((fn) => (fn.name === "doFilter" && fn.params.length === 3 ? [base(container, fn, "gate")] : []));
}

function base(container: ContainerIR, fn: FunctionIR, kind: HandlerFound["kind"]): HandlerFound {
  return { kind, name: memberName(container, fn), entry: { fn }, file: fn.file, container, at: wholeOf(fn) };
}
