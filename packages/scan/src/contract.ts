import type { Config } from "./config/config.ts";
import type { Result } from "./report/result.ts";

/** What a scan is asked to do. */
export interface ScanOptions {
  /** Absolute path of the folder that is scanned; every path of the result is relative to it. */
  readonly root: string;
  /** Only handlers of these files and folders (relative to `root`, forward slashes) are judged; calls still lead anywhere. */
  readonly paths?: readonly string[];
  readonly config: Config;
  /** Where results by content are kept. null or absent: no cache. It never changes the result. */
  readonly cacheDir?: string | null;
}

/** What the scan tells while it works. */
export interface Progress {
  readonly step: "discover" | "parse" | "walk" | "judge";
  readonly done: number;
  readonly total: number;
  /** The file that is worked on, relative to the root. */
  readonly file?: string;
}

export type Tell = (event: Progress) => void;

/** A comment of a scanned file. Lines count from 1. */
export interface SourceComment {
  /** The line on which it starts. */
  readonly line: number;
  /** With or without its comment signs. */
  readonly text: string;
  /** The first line after the comment that holds code (blank lines and other comments are skipped); 0 where none follows. */
  readonly nextCodeLine: number;
  /** Code stands before it on its line, so it speaks of that line only. */
  readonly trailing?: boolean;
}

/** What `scan` gives: the raw result (nothing suppressed yet), and what `settle` and the reports need beside it. */
export interface ScanOutcome {
  readonly result: Result;
  /** By file, the comments that contain `telltale-ignore`; of every file in the scan, whether it has findings or not. */
  readonly comments: ReadonlyMap<string, readonly SourceComment[]>;
  /** The text of a file of the scan, for code frames. */
  readonly sources: (file: string) => string | undefined;
  /** Why the result could not be remembered, for people; absent where it was, or was not asked for. */
  readonly cacheProblem?: string;
}
