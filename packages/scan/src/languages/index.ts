import { elixir } from "./elixir/index.ts";
import { javascript } from "./javascript/index.ts";
import type { Language } from "./language.ts";

/** Every language, by folder name. */
export const languages = [elixir, javascript] satisfies Language[];
