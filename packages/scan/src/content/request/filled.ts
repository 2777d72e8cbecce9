import type { Expr, FunctionIR } from "../../ir/nodes.ts";
import { declaredType, declaredValue } from "../../ir/scope.ts";
import { walkStmts } from "../../ir/walk.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Project } from "../../project/project.ts";
import type { Origin } from "../flow/origin.ts";
import type { RequestTable } from "./part.ts";
import { memberTexture } from "./types.ts";

/** Where a decoder is given something else than a request, it fills from a file or an answer. */
const REQUEST = /\b(?:r|req|request|ctx\.Request|c\.Request|c|ctx)\b(?:\.Request)?(?:\.Body|\b)/;

/** Whether a value is a text member of a variable that a call in the same function fills from the request. */
export function isFilled(project: Project, { fills }: RequestTable, { file, fn, path }: Origin): boolean {
  const [root = "", ...way] = path.split(".");
  if (fills === undefined || fn === null || way.length === 0) return false;
  if (!isGivenByReference(fn, fills, root)) return false;
  const made = declaredValue(file, fn, root)?.value;
  const type =
    declaredType(file, fn, root) ?? (made?.kind === "call" && made.creates === true ? { name: namesOf(made.callee).join(".") } : undefined);
  return memberTexture(project, file, type, way) === "text";
}

function isGivenByReference(fn: FunctionIR, fills: RegExp, name: string): boolean {
  let found = false;
  walkStmts(fn.body, (expr) => {
    if (found || expr.kind !== "call" || !fills.test(namesOf(expr.callee).at(-1) ?? "")) return;
    found = expr.args.some((arg) => isReference(fn, arg, name)) && REQUEST.test(fn.file.text.slice(expr.start, expr.end));
  });
  return found;
}

function isReference({ file }: FunctionIR, arg: Expr, name: string): boolean {
  return file.text.slice(arg.start, arg.end).replaceAll(/\s/g, "").replace(/^&/, "") === name;
}
