import type { GapFound, Outcome } from "@telltale/scan/analysis";
import type { Where } from "./where.ts";

/** An outcome that wants a line, and where. */
export interface Wish {
  readonly gap: GapFound;
  readonly outcome: Outcome;
  readonly where: Where;
}

/** What ends at one place is one. */
export const keyOf = ({ where, outcome }: Wish): string => `${outcome.kind}:${where.file.path}:${where.span.start}:${where.span.end}`;
