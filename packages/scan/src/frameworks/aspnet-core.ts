import { controllerActions } from "./aspnet/controllers.ts";
import { endOfAspNetAssign, endOfAspNetCall } from "./aspnet/ends.ts";
import { mappedRoutes } from "./aspnet/minimal.ts";
import { pageHandlers } from "./aspnet/pages.ts";
import { partsOf } from "./aspnet/parts.ts";
import type { Framework } from "./framework.ts";

/** How C# handlers get at what a record needs; in controllers, pages and hubs `HttpContext` and `User` are at hand. */
export const aspNetCore: Framework = {
  id: "aspnet-core",
  title: "ASP.NET Core (MVC, Web API, minimal APIs, Razor Pages, Identity)",
  docs: "https://learn.microsoft.com/aspnet/core/mvc/overview",
  languages: ["csharp"],
  enabledBy: {
    nuget: ["Microsoft.NET.Sdk.Web", "Microsoft.AspNetCore.App", /^Microsoft\.AspNetCore\b/],
    imports: ["Microsoft.AspNetCore"],
  },
  mayHold:
    /Controller\b|\[(?:\w+,\s*)*Http(?:Get|Post|Put|Patch|Delete)|\.Map(?:Get|Post|Put|Patch|Delete|Methods)\b|PageModel|Filter\b|FilterAttribute|\bHttpContext\b|AuthenticationHandler|AuthorizationHandler|IExceptionHandler/,
  handlers: (view) => [...controllerActions(view), ...mappedRoutes(view), ...pageHandlers(view), ...partsOf(view)],
  endOfCall: endOfAspNetCall,
  endOfAssign: endOfAspNetAssign,
  // ExceptionHandlerMiddleware, the developer page and Kestrel log what nobody caught at error, whatever it is.
  logsUnhandled: () => true,
  answersByReturn: true,
  request: {
    ip: "HttpContext.Connection.RemoteIpAddress",
    actor: "User.Identity?.Name",
    requestId: "HttpContext.TraceIdentifier",
    userAgent: "Request.Headers.UserAgent",
  },
};
