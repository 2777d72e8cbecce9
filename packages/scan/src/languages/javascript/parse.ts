import { type OxcError, type ParserOptions, parseSync } from "oxc-parser";
import type { FileIR } from "../../ir/nodes.ts";
import type { ParseFailure } from "../language.ts";
import { lower } from "./lower.ts";

/** Brackets nested deeper than this overflow the stack of the native parser in a worker thread (measured: 1,000 to 2,000). */
const DEEPEST = 500;

const TOO_DEEP: ParseFailure = { message: "nested too deeply" };

/** JSX may stand in every JavaScript file; in TypeScript only in .tsx, as `<T>x` is a type assertion elsewhere. */
function dialect(path: string): NonNullable<ParserOptions["lang"]> {
  if (/\.d\.[cm]?ts$/.test(path)) return "dts";
  if (path.endsWith(".tsx")) return "tsx";
  return /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
}

/**
 * Text → IR. A text that breaks the grammar is a failure; one that only breaks a rule beyond it (a stray `return`, a name
 * declared twice) is lowered. JavaScript with type annotations (Flow) is tried as TypeScript.
 */
export function parse(path: string, text: string): FileIR | ParseFailure {
  if (nestsTooDeep(text)) return TOO_DEEP;
  const lang = dialect(path);
  const first = attempt(path, text, lang);
  if (lang !== "jsx" || "functions" in first) return first;
  const typed = attempt(path, text, "tsx");
  return "functions" in typed ? typed : first;
}

function attempt(path: string, text: string, lang: NonNullable<ParserOptions["lang"]>): FileIR | ParseFailure {
  const { errors, program, comments } = parseSync(path, text, { lang, sourceType: "unambiguous", astType: "ts", preserveParens: false });
  const [error] = errors;
  if (error !== undefined && program.body.length === 0) return failure(error, text);
  try {
    return lower(path, text, program, comments);
  } catch (thrown) {
    if (thrown instanceof RangeError) return TOO_DEEP;
    throw thrown;
  }
}

function failure(error: OxcError, text: string): ParseFailure {
  const offset = error.labels[0]?.start;
  if (offset === undefined) return { message: error.message };
  return { message: `line ${lineOf(text, offset)}: ${error.message}`, offset };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Counts brackets without reading strings and comments, so it may only be compared with a limit no program comes near. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > DEEPEST) return true;
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        if (depth > 0) depth--;
        break;
    }
  }
  return false;
}
