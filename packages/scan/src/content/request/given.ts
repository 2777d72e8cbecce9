import type { HandlerFound } from "../../frameworks/framework.ts";
import type { Expr, FunctionIR, Param, TypeRef } from "../../ir/nodes.ts";
import { boundNames } from "../../ir/walk.ts";
import type { Project } from "../../project/project.ts";
import type { Origin } from "../flow/origin.ts";
import type { GivenRow, RequestPart, RequestTable } from "./part.ts";
import { isValidated, memberTexture, textureOf } from "./types.ts";

interface Place {
  readonly fn: FunctionIR;
  readonly param: Param;
  readonly index: number;
  readonly type: TypeRef | undefined;
  /** The name that the path begins with. */
  readonly root: string;
  /** What is read of the parameter. */
  readonly way: readonly string[];
}

/** The part of the request that the framework gives the parameter with which a value begins. */
export function givenPart(
  project: Project,
  table: RequestTable,
  origin: Origin,
  handlerOf: (fn: FunctionIR) => HandlerFound | undefined,
): RequestPart | undefined {
  const place = placeOf(origin);
  if (place === undefined || isChecked(place.param)) return undefined;
  const { fn, type, way } = place;
  if (table.annotated === true && fn.isStatic === true && fn.decorators.length === 0) return undefined;
  const row = table.given.find((one) => isMarked(one, place));
  if (row !== undefined) {
    const texture = memberTexture(project, fn.file, type, way);
    return texture === "text" || (row.typed !== true && type === undefined) ? row.part : undefined;
  }
  const handler = handlerOf(fn);
  return handler?.kind === "route" ? partOfRoute(project, table, handler, place) : undefined;
}

function placeOf({ fn, of, path }: Origin): Place | undefined {
  const [root = "", ...way] = path.split(".");
  const at = of ?? parameterNamed(fn, root.replace(/\(\)$/, ""));
  const param = at?.fn.params[at.index];
  if (at === undefined || param === undefined) return undefined;
  const { pattern } = param;
  if (pattern.kind === "bind") return { ...at, param, root, way, type: pattern.type };
  const type = typeBehind(at.fn.file.text.slice(pattern.start, pattern.end + 60));
  return { ...at, param, root, way: type === undefined ? way : [root, ...way], type };
}

/** The type of a parameter that is taken apart: `{ id }: UserIdParams`. */
function typeBehind(text: string): TypeRef | undefined {
  const [, name] = /^[^}]*\}\s*:\s*([A-Z]\w*)/.exec(text) ?? [];
  return name === undefined ? undefined : { name };
}

/** The parameter of that name, of the function itself or of one around it. */
function parameterNamed(fn: FunctionIR | null, name: string): { readonly fn: FunctionIR; readonly index: number } | undefined {
  for (let at = fn ?? undefined; at !== undefined; at = at.parent) {
    const index = at.params.findIndex(({ pattern }) => boundNames(pattern).includes(name));
    if (index !== -1) return { fn: at, index };
  }
  return undefined;
}

function isMarked(row: GivenRow, { fn, param }: Place): boolean {
  const { pattern, decorators } = param;
  const { text } = fn.file;
  if (row.decorator !== undefined) return decorators.some(({ name }) => row.decorator!.test(name.slice(name.lastIndexOf(".") + 1)));
  if (row.behind !== undefined) {
    const inside = text.slice(pattern.start, pattern.end).indexOf(":");
    return row.behind.test(text.slice(inside === -1 ? pattern.end : pattern.start + inside, pattern.end + 80));
  }
  const value = "default" in pattern ? pattern.default : undefined;
  return value !== undefined && row.default?.test(text.slice(value.start, value.end)) === true;
}

/** Pipes of Nest that let no line break through. https://docs.nestjs.com/pipes#built-in-pipes */
const PIPES = /^Parse(?:Int|UUID|Bool|Enum|Float|Date|ObjectId|MongoId)\w*$/;
/** Values that the framework finds elsewhere. */
const INJECTED =
  /\b(?:Depends|Security|inject|Inject|FromServices|FromHeader|RequestHeader|CookieValue|AuthenticationPrincipal|CurrentUser|Context)\b/;

function isChecked({ decorators }: Param): boolean {
  return isValidated(decorators) || decorators.some(({ args }) => args.some((arg) => PIPES.test(nameOf(arg))));
}

function nameOf(expr: Expr): string {
  if (expr.kind === "call") return nameOf(expr.callee);
  return expr.kind === "name" ? expr.name : expr.kind === "member" ? (expr.property ?? "") : "";
}

function partOfRoute(project: Project, { handlers }: RequestTable, handler: HandlerFound, place: Place): RequestPart | undefined {
  const { fn, param, index, type, root, way } = place;
  if (handlers === undefined) return undefined;
  if (handlers.mapAt === index && (way.length > 0 || param.pattern.kind === "recordPattern")) return "parameter";
  if (handlers.takesApart === true && param.pattern.kind === "recordPattern")
    return way.length > 0 && Object.hasOwn(PARTS_TAKEN, root) ? PARTS_TAKEN[root] : undefined;
  if (param.pattern.kind !== "bind" || INJECTED.test(fn.file.text.slice(param.pattern.start, param.pattern.end))) return undefined;
  const inPath = handlers.byPath === true && way.length === 0 ? inTemplate(templateOf(handler), param.pattern.name) : undefined;
  if (inPath !== undefined) return inPath && textureOf(type ?? { name: "string" }) === "text" ? "path" : undefined;
  if (handlers.byType !== true || param.decorators.length > 0) return undefined;
  return memberTexture(project, fn.file, type, way) === "text" ? "parameter" : undefined;
}

const PARTS_TAKEN: Readonly<Record<string, RequestPart>> = { body: "body", query: "query", params: "path", cookies: "cookie" };

/** The path, and where the handler itself says it: what converts its parts is not in the path. */
function templateOf({ file, at, path = "" }: HandlerFound): string {
  return `${file.text.slice(at.start, at.end).slice(0, 600)} ${path}`;
}

/** Whether a path template names a parameter, and it takes any text: `<name>`, `<string:name>`, `{name}`; undefined where it does not. */
function inTemplate(path: string, name: string): boolean | undefined {
  const [whole, converter, constraint] = new RegExp(String.raw`<(?:(\w+):)?${name}>|[{]${name}\??(?::([^}]+))?[}]`).exec(path) ?? [];
  if (whole === undefined) return undefined;
  return constraint === undefined && (converter === undefined || /^(?:str|string|path)$/.test(converter));
}
