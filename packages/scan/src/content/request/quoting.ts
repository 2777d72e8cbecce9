import type { Expr, FileIR } from "../../ir/nodes.ts";

/** How a text is written in each language so that line breaks show as `\n`, or are gone. */
export const QUOTED: Readonly<Record<string, (value: string) => string>> = {
  javascript: (value) => `JSON.stringify(${value})`,
  python: (value) => `repr(${value})`,
  ruby: (value) => `${value}.inspect`,
  elixir: (value) => `inspect(${value})`,
  go: (value) => `strconv.Quote(${value})`,
  java: (value) => `${value}.replaceAll("[\\r\\n]", "_")`,
  kotlin: (value) => `${value}.replace(Regex("[\\r\\n]"), "_")`,
  php: (value) => `json_encode(${value})`,
  csharp: (value) => `${value}.ReplaceLineEndings(" ")`,
  rust: (value) => `format!("{:?}", ${value})`,
};

/** What to do with a value that is spliced into a line. */
export function quotedText(file: FileIR, { start, end }: Expr): string {
  const text = file.text.slice(start, end);
  const quote = QUOTED[file.language];
  const asField = "Give it to the logger as a field and let the line be written as JSON";
  return quote === undefined || text.length > 80 || text.includes("\n") ? `${asField}.` : `${asField}, or quote it: ${quote(text)}`;
}
