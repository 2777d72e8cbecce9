import type { AssignExpr, CallExpr, FileIR } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";

/** Calls that put a page with every stack in front of an application. https://learn.microsoft.com/aspnet/core/fundamentals/error-handling */
const PAGES: ReadonlySet<string> = new Set(["UseDeveloperExceptionPage", "UseDatabaseErrorPage"]);
/** Middleware that answers with the stack whatever the mode is. https://expressjs.com/en/resources/middleware/errorhandler.html */
const MIDDLEWARE = "errorhandler";
/** https://guides.rubyonrails.org/configuring.html#config-consider-all-requests-local */
const SETTINGS: ReadonlySet<string> = new Set(["consider_all_requests_local"]);
/** Settings of these modes are not those of production. */
const ELSEWHERE = /(?:^|[/._-])(?:dev|development|test|tests|testing|local)(?:[/._-]|$)/i;

/** Whether an expression switches on what shows the stack of every error. */
export function showsStacksIn(file: FileIR): (expr: CallExpr | AssignExpr) => boolean {
  if (ELSEWHERE.test(file.path)) return () => false;
  const middleware = file.imports.filter(({ source }) => source === MIDDLEWARE).map(({ local }) => local);
  return (expr) => {
    if (expr.kind === "assign")
      return (
        expr.target.kind === "member" &&
        SETTINGS.has(expr.target.property ?? "") &&
        expr.value.kind === "literal" &&
        expr.value.value === true
      );
    const names = namesOf(expr.callee);
    return PAGES.has(names.at(-1) ?? "") || (names.length === 1 && middleware.includes(names[0]!));
  };
}
