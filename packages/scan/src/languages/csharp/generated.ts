import type { Decorator, Expr, FunctionIR, Param } from "../../ir/nodes.ts";
import { callAt, exprAt, literalAt, memberAt, nameAt } from "../tree-sitter/build.ts";
import type { SyntaxNode } from "../tree-sitter/syntax.ts";
import { decoratorsOf } from "./attributes.ts";
import { hasModifier, namesIn, paramsOf } from "./functions.ts";
import { makeFunction, textOf, thisAt, type ClassScope, type Lowering } from "./lowering.ts";
import { fieldOf } from "../tree-sitter/syntax.ts";

/**
 * `[LoggerMessage(Level = LogLevel.Warning, Message = "…")] partial void LoginFailed(ILogger logger, string user);`
 * has its body from the compiler: one call of the logger. https://learn.microsoft.com/dotnet/core/extensions/logger-message-generator
 */
export function generatedBody(lo: Lowering, node: SyntaxNode, scope: ClassScope): FunctionIR | undefined {
  const name = fieldOf(node, "name");
  const decorators = decoratorsOf(lo, node);
  const mark = decorators.find((one) => one.name === "LoggerMessage");
  if (mark === undefined || name === undefined) return undefined;
  const params = paramsOf(lo, node);
  const at = { start: node.end, end: node.end };
  const logger = loggerOf(params, scope);
  const target: Expr = logger.isField ? memberAt(at, thisAt(at), logger.name) : nameAt(at, logger.name);
  const text = messageOf(mark);
  const given = namesIn(params)
    .filter((one) => one !== logger.name)
    .map((one): Expr => nameAt(at, one));
  const call = callAt(at, memberAt(at, target, `Log${levelOf(mark)}`), [...(text === undefined ? [] : [literalAt(at, text)]), ...given]);
  return makeFunction(lo, node, {
    name: textOf(lo, name),
    params,
    decorators,
    body: [exprAt(at, call)],
    ...(hasModifier(lo, node, "static") && { isStatic: true }),
  });
}

function loggerOf(params: readonly Param[], scope: ClassScope): { readonly name: string; readonly isField: boolean } {
  const given = params.find(({ pattern }) => pattern.kind === "bind" && /(?:^|\.)ILogger$/.test(pattern.type?.name ?? ""));
  if (given?.pattern.kind === "bind") return { name: given.pattern.name, isField: false };
  return { name: [...scope.fieldNames].find((name) => /^_?log(?:ger)?$/i.test(name)) ?? "logger", isField: true };
}

const LEVELS: readonly string[] = ["Trace", "Debug", "Information", "Warning", "Error", "Critical"];

function levelOf({ args }: Decorator): string {
  const options = args.find((one) => one.kind === "record");
  const named = options?.kind === "record" ? options.entries.find((one) => one.key?.toLowerCase() === "level")?.value : undefined;
  const level = [named, ...args].flatMap((one) =>
    one?.kind === "member" && one.property !== null && LEVELS.includes(one.property) ? [one.property] : [],
  )[0];
  return level ?? "Information";
}

function messageOf({ args }: Decorator): string | undefined {
  const options = args.find((one) => one.kind === "record");
  const named = options?.kind === "record" ? options.entries.find((one) => one.key?.toLowerCase() === "message")?.value : undefined;
  const text = [named, ...args].find((one) => one?.kind === "literal" && typeof one.value === "string");
  return text?.kind === "literal" ? String(text.value) : undefined;
}
