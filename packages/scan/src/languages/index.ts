import { csharp } from "./csharp/index.ts";
import { elixir } from "./elixir/index.ts";
import { go } from "./go/index.ts";
import { java } from "./java/index.ts";
import { javascript } from "./javascript/index.ts";
import { kotlin } from "./kotlin/index.ts";
import type { Language } from "./language.ts";
import { php } from "./php/index.ts";
import { python } from "./python/index.ts";
import { ruby } from "./ruby/index.ts";
import { rust } from "./rust/index.ts";

/** Every language, by folder name. */
export const languages = [csharp, elixir, go, java, javascript, kotlin, php, python, ruby, rust] satisfies Language[];
