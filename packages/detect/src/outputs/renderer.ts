import type { Alert } from "../alert.ts";

/** A way to write an alert. */
export interface Renderer {
  /** As `--to` spells it. */
  readonly id: string;
  /** One line for `--help`. */
  readonly description: string;
  /** One line, or several; without the last line end. Never throws. */
  render(alert: Alert): string;
  /** Reads which message of which alert (alertKey) a line that `render` wrote is, or is the last line of. Undefined for any other line. */
  keyOf(line: string): string | undefined;
  /** How every text begins that `render` writes: so a half-written one is told from somebody else's line. */
  readonly head: string;
}
