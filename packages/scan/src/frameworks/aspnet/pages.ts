/** Razor Pages: methods of a page's model. https://learn.microsoft.com/aspnet/core/razor-pages/ */
import type { ContainerIR, FunctionIR } from "../../ir/nodes.ts";
import { decoratorHints, wholeOf } from "../classes/decorated.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { lastOf } from "../jvm/annotations.ts";
import { joinPaths } from "../reading.ts";
import { actionsOf, isA } from "./attributes.ts";

const HANDLER = /^On(Get|Post|Put|Patch|Delete)(\w*?)(?:Async)?$/;

export function pageHandlers(view: FileView): readonly HandlerFound[] {
  return view.file.containers.flatMap((container) =>
    container.sort === "class" && isA(view, container, /PageModel(?:Base)?$/)
      ? actionsOf(container).flatMap((fn) => handlerOf(view, container, fn))
      : [],
  );
}

function handlerOf(view: FileView, container: ContainerIR, fn: FunctionIR): readonly HandlerFound[] {
  const [, verb, handler] = HANDLER.exec(fn.name) ?? [];
  if (verb === undefined) return [];
  const page = lastOf(container.name).replace(/Model$/, "");
  const path = joinPaths(pathOf(view.file.path, page), handler === "" ? undefined : handler);
  const method = verb.toUpperCase();
  return [
    {
      kind: "route",
      name: `${page}.${fn.name}`,
      method,
      path,
      entry: { fn },
      file: fn.file,
      container,
      at: wholeOf(fn),
      readOnly: method === "GET",
      hints: decoratorHints(container, fn, new Set(["BindProperty", "AllowAnonymous", "TempData", "ViewData"])),
    },
  ];
}

/** `Areas/Identity/Pages/Account/Login.cshtml.cs` is `/Identity/Account/Login`. */
function pathOf(path: string, page: string): string {
  const inside = /(?:^|\/)(?:Areas\/([^/]+)\/)?Pages\/(.+?)(?:\.cshtml)?\.cs$/.exec(path);
  return inside === null ? `/${page}` : joinPaths(inside[1], inside[2]);
}
