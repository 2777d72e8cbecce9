import { functionAround } from "../../places/statement.ts";
import type { Spot } from "../writer.ts";
import type { Host } from "./host.ts";
import { field, nodeIn, nodesIn, type Node } from "./syntax.ts";
import { stripped } from "./work.ts";

/** What a promise chain does with the promise before it. */
interface Link {
  readonly method: string;
  readonly args: readonly Node[];
}

/** The links of `work().then(…).catch(…)`, the first one first. */
function linksOf(value: Node): readonly Link[] {
  const links: Link[] = [];
  let at = stripped(value);
  if (at.type === "AwaitExpression") at = stripped(nodeIn(at, "argument")!);
  for (;;) {
    const callee = at.type === "CallExpression" ? nodeIn(at, "callee") : undefined;
    const property = callee?.type === "MemberExpression" ? nodeIn(callee, "property") : undefined;
    const method = property === undefined ? undefined : field(property, "name");
    if (callee === undefined || typeof method !== "string" || !/^(?:then|catch|finally)$/.test(method)) return links;
    links.unshift({ method, args: nodesIn(at, "arguments") });
    at = stripped(nodeIn(callee, "object")!);
  }
}

/** Whether an expression is a chain of promises. */
export const isChain = (value: Node): boolean => linksOf(value).length > 0;

const isInline = (node: Node | undefined): node is Node => node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";

/**
 * The place of a success that a chain of promises brings: the end of the function that the last `then` runs. Behind one that
 * takes rejections, what comes may be either; the line must stand before it. Undefined where no function is written out there.
 */
export function chainSpot(spot: Spot, host: Host): Spot | undefined {
  const value =
    host.sort === "arrow" ? host.body.node : host.sort === "list" || host.sort === "bare" ? nodeIn(host.stmt.node, "argument") : undefined;
  const links = value === undefined ? [] : linksOf(value);
  const caught = links.findIndex(({ method, args }) => method === "catch" || (method === "then" && args.length > 1));
  const sure = caught === -1 ? links : links.slice(0, caught + (links[caught]!.method === "then" ? 1 : 0));
  const run = sure.findLast(({ method, args }) => method === "then" && isInline(args[0]))?.args[0];
  const body = run === undefined ? undefined : nodeIn(run, "body");
  if (body === undefined || (spot.mixed === true && caught === -1)) return undefined;
  const at = body.type === "BlockStatement" ? endOf(body) : body;
  if (at === undefined) return undefined;
  const { mixed: _mixed, leads: _leads, answers: _answers, awaited: _awaited, ...rest } = spot;
  return { ...rest, at: { start: at.start, end: at.end }, fn: functionAround(spot.file, at) };
}

/** The statement that leaves a function last, or its closing brace. */
function endOf(block: Node): { readonly start: number; readonly end: number } | undefined {
  const last = nodesIn(block, "body").at(-1);
  if (last?.type === "ReturnStatement") return last;
  if (last?.type === "ThrowStatement" || last?.type === "IfStatement" || last?.type === "SwitchStatement") return undefined;
  return { start: block.end - 1, end: block.end };
}
