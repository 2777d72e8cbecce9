import type { FunctionIR } from "@telltale/scan/analysis";
import { holds } from "../places/text.ts";
import type { Record } from "./contract.ts";

/** Whether a record of a handler is written in a function that stands around it, or in one that it calls and the handler does not. */
export function isLeftIn(around: FunctionIR | undefined, { file, span, via }: Record, handler: FunctionIR | undefined): boolean {
  if (around === undefined || (handler !== undefined && file === handler.file && holds(handler, span))) return false;
  if (file === around.file && holds(around, span)) return true;
  const called = via.at(-1);
  return called !== undefined && calls(around, called) && (handler === undefined || !calls(handler, called));
}

function calls({ file, start, end }: FunctionIR, name: string): boolean {
  const text = file.text.slice(start, end);
  return text.includes(`${name}(`);
}
