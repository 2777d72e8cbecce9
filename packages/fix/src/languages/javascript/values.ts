import { boundNames, paramNames, type FileIR, type FunctionIR, type Project } from "@telltale/scan/analysis";
import { functionAround } from "../../places/statement.ts";
import type { Values } from "../writer.ts";
import { hostOf } from "./host.ts";
import { isNoRequest } from "./request.ts";
import { functionOf, nodeAt, nodeIn, textOf, type Sited } from "./syntax.ts";

/** A name with what is read from it: `session.user.id`. */
const PATH = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/;

/** Details as they may be read there: a value that may be missing is read with care, one that is being refused not at all. */
export function values({ spot, seat, details }: Values): Values["details"] {
  const { file } = spot;
  const tests = testsAround(file, seat.offset);
  const typed = /\.[cm]?tsx?$/.test(file.path);
  return details.flatMap(({ name, value }) => {
    if (name === "request_id" && !hasRequestId(spot.project, value)) return [];
    if ((name === "ip" || name === "request_id") && (isNoRequest(spot, value) || (typed && !isGivenBy(spot, value)))) return [];
    if (!PATH.test(value)) return [{ name, value }];
    if (typed && name === "actor" && !isKnown(spot, value)) return [];
    if (isDoubted(value, tests)) return [];
    return [
      { name, value: isRead(file, seat.offset, value) ? value : withCare(value, spot.fn === undefined ? [] : givenTo(file, seat.offset)) },
    ];
  });
}

/**
 * Whether the compiler may be expected to know the path: it is read in the same function or file, or in another file by one
 * whose parameter is of the same type. What is only usual elsewhere breaks the build.
 */
function isKnown({ file, fn, project }: Values["spot"], value: string): boolean {
  const path = value.replace(/[?!]/g, "");
  const pattern = new RegExp(
    `(?<![\\w$.])${path
      .split(".")
      .map((part) => part.replaceAll("$", "\\$"))
      .join("!?\\??\\.")}(?![\\w$])`,
  );
  const root = path.split(".")[0]!;
  let binder = fn;
  while (binder?.parent !== undefined && !binds(binder, root)) binder = binder.parent;
  if (binder === undefined || paramNames(binder).includes(root)) {
    if (pattern.test(file.text)) return true;
  } else if (isReadIn(file, binder, root, pattern)) return true;
  const type = fn === undefined ? undefined : typeText(file, fn, path.split(".")[0]!);
  if (type === undefined) return false;
  const tail = new RegExp(
    `\\b\\w+${path
      .split(".")
      .slice(1)
      .map((part) => `!?\\??\\.${part}`)
      .join("")}(?![\\w$])`,
  );
  return [...project.texts].some(([other, text]) => /\.[cm]?tsx?$/.test(other) && text.includes(`: ${type}`) && tail.test(text));
}

const requestIds = new WeakMap<Project, Map<string, boolean>>();

/** Whether anything in the project gives requests that ID: a field that is always empty helps nobody. A header must be read or set by its name. */
function hasRequestId(project: Project, value: string): boolean {
  const header = /["'](x-[\w-]+)["']/i.exec(value)?.[1]?.toLowerCase();
  const known = requestIds.get(project) ?? new Map<string, boolean>();
  requestIds.set(project, known);
  let has = known.get(header ?? "");
  if (has === undefined) {
    const named = header === undefined ? /x-request-id|x-correlation-id|\brequest_?id\b/i : new RegExp(header, "i");
    known.set(header ?? "", (has = [...project.texts.values()].some((text) => named.test(text))));
  }
  return has;
}

/** Types that have what every request has. */
const REQUESTS = /^(?:[\w.]*(?:Request|IncomingMessage)|RequestWith\w*|Koa\w*|(?:Parameterized)?Context|Ctx)\b(?!\[)/;

/** Whether the compiler knows what a request is asked for: by the type of the parameter, else as the project reads it elsewhere. */
function isGivenBy({ file, fn, project }: Values["spot"], value: string): boolean {
  const root = /^\(?(?:await )?([A-Za-z_$][\w$]*)/.exec(value)?.[1];
  if (root === undefined || fn === undefined) return false;
  let type: string | undefined;
  for (let at: FunctionIR | undefined = fn; at !== undefined && type === undefined; at = at.parent) type = typeText(file, at, root);
  if (type !== undefined && REQUESTS.test(type) && !/\bctx\b|\bc\b/.test(root)) return true;
  if (type === undefined && /^_?(?:req|request)$/.test(root) && !/^ctx|^c\b/.test(value)) return true;
  const bare = value.replace(/["']/g, "'");
  return [...project.texts.values()].some((text) => text.replaceAll('"', "'").includes(bare));
}

function binds(fn: FunctionIR, name: string): boolean {
  return paramNames(fn).includes(name) || fn.body.some((stmt) => stmt.kind === "let" && boundNames(stmt.target).includes(name));
}

/** Whether a function reads it, in itself or in a closure that has no such name of its own. */
function isReadIn(file: FileIR, binder: FunctionIR, root: string, pattern: RegExp): boolean {
  const text = file.text.slice(binder.start, binder.end);
  return [...text.matchAll(new RegExp(pattern, "g"))].some(({ index }) => {
    const at = { start: binder.start + index, end: binder.start + index + 1 };
    for (let fn = functionAround(file, at); fn !== undefined && fn !== binder; fn = fn.parent) if (binds(fn, root)) return false;
    return true;
  });
}

/** The type of a parameter as it is written. */
function typeText(file: FileIR, fn: FunctionIR, name: string): string | undefined {
  const head = file.text.slice(fn.start, fn.body[0]?.start ?? fn.end);
  return new RegExp(`(?<![\\w$.])${name}\\??:\\s*([\\w.<>\\[\\]| ]+?)\\s*[,)=\\n]`).exec(head)?.[1];
}

/** Conditions whose branches hold an offset, in its function and those around it. */
function testsAround(file: FileIR, offset: number): readonly string[] {
  const tests: string[] = [];
  for (let at: Sited | undefined = nodeAt(file, { start: offset, end: offset + 1 }); at?.up !== undefined; at = at.up) {
    const { type } = at.up.node;
    if ((type === "IfStatement" || type === "ConditionalExpression") && at.under !== "test")
      tests.push(textOf(file, nodeIn(at.up.node, "test")!));
  }
  return tests;
}

/**
 * A condition around asks whether it, or what holds it, is there: `if (!session)`, `if (!session?.user.email)`. One that asks
 * what somebody may do, as `if (session?.user.role !== "admin")`, mostly refuses somebody who is known.
 */
function isDoubted(value: string, tests: readonly string[]): boolean {
  const parts = value.replaceAll("?.", ".").split(".");
  return parts.some((_, i) => {
    const prefix = parts
      .slice(0, i + 1)
      .map((part) => part.replaceAll("$", "\\$"))
      .join("!?\\??\\.");
    const denied = new RegExp(
      `!\\s*${prefix}(?:\\?\\.[\\w$?.]*)?(?![\\w$.?(])|(?<![\\w$.])${prefix}\\s*===?\\s*(?:null|undefined)\\b|typeof ${prefix}\\b`,
    );
    return tests.some((test) => denied.test(test));
  });
}

/** It is read just so before, on every way that leads there. */
function isRead(file: FileIR, offset: number, value: string): boolean {
  const hosted = hostOf(file, { start: offset, end: offset + 1 });
  const fn = functionOf(nodeAt(file, { start: offset, end: offset + 1 }));
  if (hosted === undefined || fn === undefined) return false;
  let outer = fn;
  for (let at = functionOf(outer); at !== undefined; at = functionOf(at)) outer = at;
  const before = file.text.slice(outer.node.start, offset);
  const pattern = new RegExp(`(?<![\\w$.])${value.replaceAll(".", "\\.").replaceAll("?", "\\?").replaceAll("$", "\\$")}(?![\\w$])`, "g");
  return [...before.matchAll(pattern)].some((match) => isOnTheWay(file, outer.node.start + match.index, offset));
}

/** Whether the code at `early` runs before that at `late` on every way: its block holds both, or it stands in a condition that does. */
function isOnTheWay(file: FileIR, early: number, late: number): boolean {
  for (let at: Sited | undefined = nodeAt(file, { start: early, end: early + 1 }); at?.up !== undefined; at = at.up) {
    const { type } = at.up.node;
    const perhaps =
      ((type === "IfStatement" || type === "ConditionalExpression") && at.under !== "test") ||
      (type === "LogicalExpression" && at.under === "right") ||
      type === "SwitchCase" ||
      type === "CatchClause" ||
      (type === "TryStatement" && at.under === "block") ||
      type.includes("Function");
    const { start, end } = at.node;
    if (perhaps && !(start <= late && late <= end)) return false;
  }
  return true;
}

/** Names that cannot be missing: parameters without a default, written out. */
function givenTo(file: FileIR, offset: number): readonly string[] {
  const names: string[] = [];
  for (let at = functionOf(nodeAt(file, { start: offset, end: offset + 1 })); at !== undefined; at = functionOf(at)) {
    const params =
      (at.node as unknown as { readonly params?: readonly { readonly type: string; readonly start: number; readonly end: number }[] })
        .params ?? [];
    names.push("req", "request");
    for (const param of params) names.push(...(textOf(file, param).match(/[A-Za-z_$][\w$]*/g) ?? []));
  }
  return names;
}

/** What every request has. */
const GIVEN = /^(?:params|query|headers)$/;

/** `session?.user?.id`; the first step without care where its name is a parameter. */
function withCare(value: string, given: readonly string[]): string {
  const [root = "", ...rest] = value.replaceAll("?.", ".").split(".");
  const [first, ...more] = rest;
  if (given.includes(root) && GIVEN.test(first ?? "")) return value;
  if (more.length === 0) return given.includes(root) || value.includes("?.") ? value : `${root}?.${first}`;
  return `${root}${given.includes(root) ? "." : "?."}${[first, ...more].join("?.")}`;
}
