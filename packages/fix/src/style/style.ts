/** How a file is written, so that what is added looks like it. */
export interface Style {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: "\n" | "\r\n";
  readonly quote: "'" | '"';
  /** Statements end in a semicolon, where the language leaves the choice. */
  readonly semicolons: boolean;
  /** Columns that a line may take. */
  readonly width: number;
  /** Commas after the last of several lines: everywhere, in literals only, nowhere. */
  readonly commas: "all" | "es5" | "none";
  /** `{ a }` and not `{a}`. */
  readonly spaced: boolean;
}
