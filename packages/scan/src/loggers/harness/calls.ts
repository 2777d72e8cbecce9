/** Parses a text with the language of its file name and gives every call as logger files read it. */
import { extname } from "node:path";
import type { Expr, FileIR, FunctionIR } from "../../ir/nodes.ts";
import { bodiesOf, walkExpr, walkStmts } from "../../ir/walk.ts";
import { languages } from "../../languages/index.ts";
import { isFailure, type Language } from "../../languages/language.ts";
import { callView } from "../call-view.ts";
import type { CallView } from "../logger.ts";
import { originIn } from "../origin.ts";

const known: readonly Language[] = languages;

/** Loads every grammar; call it once before the first `callsIn`. */
export async function loadLanguages(): Promise<void> {
  await Promise.all(known.map((language) => language.load?.()));
}

/** The calls of a text in source order. Throws where the text does not parse. */
export function callsIn(path: string, text: string): readonly CallView[] {
  const file = parsed(path, text);
  const views: CallView[] = [];
  const visit = (scope: FunctionIR | null) => (expr: Expr) => {
    if (expr.kind === "call") views.push(callView(expr, originIn(file, scope)));
  };
  for (const { body, scope } of bodiesOf(file)) walkStmts(body, visit(scope));
  for (const field of file.containers.flatMap((container) => container.fields)) {
    if (field.value !== undefined) walkExpr(field.value, visit(null));
  }
  return views.sort((a, b) => a.call.start - b.call.start || b.call.end - a.call.end);
}

function parsed(path: string, text: string): FileIR {
  const language = known.find((one) => one.extensions.includes(extname(path)));
  if (language === undefined) throw new Error(`${path}: no language reads ${extname(path)}`);
  const result = language.parse(path, text);
  if (isFailure(result)) throw new Error(`${path}: ${result.message}`);
  return result;
}
