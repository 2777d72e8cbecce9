import type { Level } from "../../loggers/logger.ts";
import type { Site } from "../../outcomes/way.ts";

/** How the logger behind a line is set up, as far as the source says it in literals. */
export interface LoggerSetup {
  /** Where it is made or configured; absent where only the library's default speaks. */
  readonly at?: Site;
  /**
   * What becomes of a line break in a value that is spliced into the message: `escaped` (JSON, logfmt with quotes),
   * `kept` (plain text), or `unknown`.
   */
  readonly lineBreaks: "escaped" | "kept" | "unknown";
  /** The level from which production writes lines; undefined where the source does not say. */
  readonly from?: Level;
  /** Whether a redaction is configured, and for which paths (`req.headers.authorization`, `*.password`). */
  readonly redacts: false | "unknown" | readonly string[];
}
