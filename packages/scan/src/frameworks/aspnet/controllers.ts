/** Controllers of ASP.NET Core MVC and Web API. https://learn.microsoft.com/aspnet/core/mvc/controllers/routing */
import type { ContainerIR, Decorator, FunctionIR } from "../../ir/nodes.ts";
import { decoratorHints, nameOfDecorator, wholeOf } from "../classes/decorated.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { lastOf, memberName } from "../jvm/annotations.ts";
import { joinPaths, namesOf, SAFE_VERBS, stringOf } from "../reading.ts";
import { actionsOf, attribute, isA, lineOf, textGiven } from "./attributes.ts";

const VERBS: ReadonlyMap<string, string> = new Map([
  ["HttpGet", "GET"],
  ["HttpPost", "POST"],
  ["HttpPut", "PUT"],
  ["HttpPatch", "PATCH"],
  ["HttpDelete", "DELETE"],
  ["HttpHead", "HEAD"],
  ["HttpOptions", "OPTIONS"],
]);

/** Attributes that tell nothing about the action. */
const PLAIN: ReadonlySet<string> = new Set([
  ...VERBS.keys(),
  ...[
    "AcceptVerbs",
    "Route",
    "ApiController",
    "Controller",
    "Area",
    "ApiVersion",
    "Consumes",
    "Produces",
    "ProducesResponseType",
    "ActionName",
  ],
  ...[
    "ValidateAntiForgeryToken",
    "IgnoreAntiforgeryToken",
    "AutoValidateAntiforgeryToken",
    "Obsolete",
    "SwaggerOperation",
    "ResponseCache",
  ],
  ...[
    "ExcludeFromCodeCoverage",
    "EnableCors",
    "DisableRequestSizeLimit",
    "RequestSizeLimit",
    "FromBody",
    "Tags",
    "EndpointSummary",
    "AllowAnonymous",
  ],
]);

/** Methods of filters and of the base classes, which are no actions. */
const NO_ACTIONS = /^(?:On(?:Action|Result|Resource|Authorization|Exception)\w*|Dispose(?:Async)?|ToString|Equals|GetHashCode|Initialize)$/;

export function controllerActions(view: FileView): readonly HandlerFound[] {
  return view.file.containers
    .filter((one) => one.sort === "class")
    .flatMap((container) => {
      const isController = isControllerClass(view, container);
      return actionsOf(container).flatMap((fn) => actionOf(view, container, fn, isController) ?? []);
    });
}

function isControllerClass(view: FileView, container: ContainerIR): boolean {
  if (attribute(container.decorators, "NonController") !== undefined || /Filter|Attribute$/.test(lastOf(container.name))) return false;
  return attribute(container.decorators, "ApiController", "Controller") !== undefined || isA(view, container, /Controller(?:Base)?$/);
}

function actionOf(view: FileView, container: ContainerIR, fn: FunctionIR, isController: boolean): HandlerFound | undefined {
  const verbs = fn.decorators.filter((one) => VERBS.has(nameOfDecorator(one)) || nameOfDecorator(one) === "AcceptVerbs");
  if (verbs.length === 0 && (!isController || NO_ACTIONS.test(fn.name))) return undefined;
  if (attribute(fn.decorators, "NonAction") !== undefined) return undefined;
  const written = verbs.map((one) => ({ one, verb: verbOf(one) }));
  const chosen = written.find(({ verb }) => !SAFE_VERBS.has(verb)) ?? written[0];
  const method = chosen?.verb ?? unwritten(container, fn);
  const safe = written.length === 0 ? method === "GET" : written.every(({ verb }) => SAFE_VERBS.has(verb));
  return {
    kind: "route",
    name: memberName(container, fn),
    method,
    path: pathOf(view, container, fn, chosen?.one),
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    readOnly: safe,
    hints: decoratorHints(container, fn, PLAIN),
  };
}

/** `[AcceptVerbs("POST")]` names its verbs. */
function verbOf(decorator: Decorator): string {
  const verb = VERBS.get(nameOfDecorator(decorator));
  if (verb !== undefined) return verb;
  const given = decorator.args.flatMap((arg) => stringOf(arg) ?? namesOf(arg).at(-1) ?? []).map((one) => one.toUpperCase());
  return given.find((one) => !SAFE_VERBS.has(one)) ?? given[0] ?? "ALL";
}

/** Without an attribute an action serves every verb; beside a namesake that takes the form it is the page. */
function unwritten(container: ContainerIR, fn: FunctionIR): string {
  const namesakes = container.functions.filter((one) => one !== fn && one.name === fn.name);
  return namesakes.some((one) => one.decorators.some((mark) => VERBS.has(nameOfDecorator(mark)))) ? "GET" : "ALL";
}

function pathOf(view: FileView, container: ContainerIR, fn: FunctionIR, verb: Decorator | undefined): string {
  const line = lineOf(view, container);
  const prefix = line.map((one) => attribute(one.decorators, "Route")).find((one) => one !== undefined);
  const area = line.map((one) => attribute(one.decorators, "Area")).find((one) => one !== undefined);
  const route = attribute(fn.decorators, "Route");
  const own = (verb && nameOfDecorator(verb) !== "AcceptVerbs" ? textGiven(verb) : undefined) ?? (route && textGiven(route));
  const named = (text: string): string => withTokens(text, container, fn, area && textGiven(area));
  if (own !== undefined && /^~?\//.test(own)) return joinPaths(named(own.replace(/^~/, "")));
  const before = prefix && textGiven(prefix);
  if (before !== undefined || own !== undefined)
    return joinPaths(before === undefined ? undefined : named(before), own === undefined ? undefined : named(own));
  return joinPaths(area && textGiven(area), controllerName(container), actionName(fn));
}

function withTokens(text: string, container: ContainerIR, fn: FunctionIR, area: string | undefined): string {
  return text
    .replaceAll(/\[controller\]/gi, controllerName(container))
    .replaceAll(/\[action\]/gi, actionName(fn))
    .replaceAll(/\[area\]/gi, area ?? "");
}

const controllerName = (container: ContainerIR): string => lastOf(container.name).replace(/Controller$/, "");

function actionName(fn: FunctionIR): string {
  const renamed = attribute(fn.decorators, "ActionName");
  return (renamed && textGiven(renamed)) ?? fn.name.replace(/Async$/, "");
}
