import { csharp } from "./csharp/index.ts";
import { elixir } from "./elixir/index.ts";
import { go } from "./go/index.ts";
import { java } from "./java/index.ts";
import { javascript } from "./javascript/index.ts";
import { kotlin } from "./kotlin/index.ts";
import { php } from "./php/index.ts";
import { python } from "./python/index.ts";
import { ruby } from "./ruby/index.ts";
import { rust } from "./rust/index.ts";
import type { LanguageWriter } from "./writer.ts";

/** Every writer, by folder name. */
const writers = [csharp, elixir, go, java, javascript, kotlin, php, python, ruby, rust] satisfies readonly LanguageWriter[];

const byLanguage: ReadonlyMap<string, LanguageWriter> = new Map(
  writers.flatMap((writer: LanguageWriter) => writer.ids.map((id) => [id, writer] as const)),
);

export function writerOf(language: string): LanguageWriter | undefined {
  return byLanguage.get(language);
}
