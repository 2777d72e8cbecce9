import type { Framework } from "./framework.ts";
import { controllersOf } from "./php/controllers.ts";
import { laravelEnd } from "./php/ends.ts";
import { partsOf } from "./php/laravel-parts.ts";
import type { RouterFamily } from "./php/routes.ts";

const ROUTES: RouterFamily = {
  roots: /^(?:Route|router)$/,
  mayRoute: /\bRoute::|\$router->/,
  namespaces: ["App.Http.Controllers"],
  // https://laravel.com/docs/routing#api-routes
  prefixOf: (path) => (/(?:^|\/)routes\/api\.php$/.test(path) ? "api" : undefined),
};

/**
 * Errors that Laravel answers without a line: it reports none of them.
 * https://laravel.com/docs/errors#ignoring-exceptions-by-type (Illuminate\Foundation\Exceptions\Handler::$internalDontReport)
 */
const NOT_REPORTED =
  /(?:^|\.)(?:Authentication|Authorization|AccessDenied\w*|Http|\w+Http|HttpResponse|ModelNotFound|RecordsNotFound|RecordNotFound|MultipleRecordsFound|BackedEnumCaseNotFound|SuspiciousOperation|TokenMismatch|Validation|RequestException\w*)(?:Exception)?(?:$|\.)/;

/** Laravel and Lumen: routes and controllers, middleware, Livewire components, Fortify's and Jetstream's actions. */
export const laravel: Framework = {
  id: "laravel",
  title: "Laravel",
  docs: "https://laravel.com/docs/routing",
  languages: ["php"],
  enabledBy: {
    packagist: ["laravel/framework", "laravel/lumen-framework", "illuminate/support", "illuminate/routing"],
    imports: [/\bIlluminate\\(?:Http|Routing|Support\\Facades)\b/],
  },
  mayHold:
    /\bRoute::|\$router->|Controllers?\b|\bfunction\s+handle\s*\([^)]*(?:\$next|Closure)|Livewire|Exception\b|\b(?:Creates|Resets|Updates|Deletes|Adds|Invites|Removes)\w+\b|->(?:renderable|reportable)\(|authenticateUsing/,
  handlers: (view) => [...controllersOf(view, ROUTES), ...partsOf(view)],
  endOfCall: laravelEnd,
  logsUnhandled: (status, name) => status === undefined && !NOT_REPORTED.test(name ?? ""),
  request: {
    ip: "$request->ip()",
    actor: "$request->user()?->id",
    requestId: "$request->header('X-Request-Id')",
    userAgent: "$request->userAgent()",
  },
};
