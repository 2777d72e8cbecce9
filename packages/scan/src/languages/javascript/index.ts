import type { Language } from "../language.ts";
import { parse } from "./parse.ts";

/** JavaScript and TypeScript in all their spellings, parsed by oxc (https://oxc.rs/docs/guide/usage/parser). */
export const javascript: Language = {
  id: "javascript",
  extensions: [".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"],
  linking: { by: "path" },
  parse,
};
