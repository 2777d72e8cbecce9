import type { FileIR } from "../../ir/nodes.ts";
import { isFailure, type Language } from "../language.ts";

/** Reads a text as a file of a language. Throws where it cannot be read: the test is wrong then. */
export function fileOf(language: Language, path: string, text: string): FileIR {
  const result = language.parse(path, text);
  if (isFailure(result)) throw new Error(result.message);
  return result;
}

/** The body of a printed function, a line each: without its head, its end and their indentation. */
export function bodyLines(printed: string): string[] {
  return printed
    .split("\n")
    .slice(1, -1)
    .map((line) => line.slice(2));
}
