import type { Framework } from "./framework.ts";
import { endOfSpringCall } from "./spring/ends.ts";
import { partsOf } from "./spring/parts.ts";
import { annotatedRoutes, functionalRoutes } from "./spring/routes.ts";

/** Errors that Spring MVC and WebFlux answer with a status of their own; and in projects, what bears `@ResponseStatus`. */
const ANSWERED =
  /^(?:ResponseStatus|ErrorResponse|ServerWebInput|Missing\w+|HttpMessageNot\w+|HttpMediaType\w+|HttpRequestMethod\w+|MethodArgument\w+|Bind|WebExchangeBind|NoHandlerFound|NoResourceFound|TypeMismatch|UnsupportedMediaType\w*|MethodNotAllowed|NotAcceptable\w*)Exception$/;

/** Errors that Spring Security answers itself, without a line above debug. */
const OF_SECURITY =
  /AccessDenied|accessDeniedHandler|(?:success|failure)Handler|authenticationEntryPoint|logoutSuccessHandler|Authentication|Authorization|BadCredentials|UsernameNotFound|(?:Account|Credentials)Expired|^(?:Locked|Disabled)Exception|InsufficientAuthentication/;

export const spring: Framework = {
  id: "spring",
  title: "Spring MVC, WebFlux and Security",
  docs: "https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-controller.html",
  languages: ["java", "kotlin"],
  enabledBy: { maven: [/^org\.springframework(?:\.boot)?:/], imports: ["org.springframework"] },
  mayHold:
    /Mapping\b|Filter\b|HandlerInterceptor|Authentication\w*|AccessDenied|ControllerAdvice|ExceptionResolver|\b(?:GET|POST|PUT|PATCH|DELETE)\s*\(/,
  handlers: (view) => [...annotatedRoutes(view), ...functionalRoutes(view), ...partsOf(view)],
  endOfCall: endOfSpringCall,
  // What nobody handles reaches the servlet container or WebFlux's error handler: both log it at error; a status is an answer.
  logsUnhandled: (status, name) => status === undefined && !OF_SECURITY.test(name ?? "") && !ANSWERED.test(name ?? ""),
  answersByReturn: true,
  request: {
    ip: "request.getRemoteAddr()",
    actor: "authentication.getName()",
    requestId: 'request.getHeader("X-Request-Id")',
    userAgent: 'request.getHeader("User-Agent")',
  },
};
