import type { LanguageWriter } from "../writer.ts";
import { hold } from "./hold.ts";
import { line, values } from "./line.ts";
import { faultsOf } from "../trees/tree.ts";
import { seat } from "./seat.ts";

/** Elixir. */
export const elixir: LanguageWriter = { ids: ["elixir"], seat, hold, line, values, faults: faultsOf("elixir"), givesAnswers: true };
