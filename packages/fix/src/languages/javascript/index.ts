import type { LanguageWriter } from "../writer.ts";
import { bring } from "./bring.ts";
import { hold } from "./hold.ts";
import { line } from "./line.ts";
import { seat } from "./seat.ts";
import { faults } from "./syntax.ts";
import { values } from "./values.ts";

/** JavaScript and TypeScript. */
export const javascript: LanguageWriter = { ids: ["javascript"], seat, hold, bring, line, values, faults };
