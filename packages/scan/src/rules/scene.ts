import type { ActionName, DetailName } from "@telltale/vocabulary";
import type { Config } from "../config/config.ts";
import type { Trace } from "../content/flow/origin.ts";
import type { LogLine } from "../content/lines.ts";
import type { Hole } from "../content/splices.ts";
import type { LoggerSetup } from "../content/setup/setup.ts";
import type { Framework, HandlerFound } from "../frameworks/framework.ts";
import type { FileIR, FunctionIR, Span } from "../ir/nodes.ts";
import type { Judged } from "../judge/handler.ts";
import type { SpellingOf } from "../judge/spelling/spelling.ts";
import type { Outcome } from "../judge/verdict.ts";
import type { Logger } from "../loggers/logger.ts";
import type { Step } from "../outcomes/way.ts";
import type { Project } from "../project/project.ts";
import type { RuleId, Severity } from "../report/result.ts";

/** All that a content rule may look at. */
export interface Scene {
  readonly project: Project;
  readonly config: Config;
  /** The files that were asked for and that the rule's `mayHold` matches, parsed, in the order of their paths. */
  readonly files: readonly FileIR[];
  /** Every handler that was judged, sensitive or not. */
  readonly judged: readonly Judged[];
  readonly lines: (file: FileIR) => readonly LogLine[];
  readonly loggersFor: (file: FileIR) => readonly Logger[];
  /** The frameworks that are switched on for a file. */
  readonly frameworksFor: (file: FileIR) => readonly Framework[];
  /** What answers thrown errors: handlers of kind `errors`. */
  readonly errorHandlers: readonly HandlerFound[];
  readonly trace: Trace;
  /** What new lines in a file call things. */
  readonly spelling: SpellingOf;
  /** How the logger behind a line is set up. */
  readonly setupOf: (line: LogLine) => LoggerSetup;
}

/** What a content rule reports. */
export interface Issue {
  readonly file: FileIR;
  readonly at: Span;
  /** The function around `at`; null at the top level. */
  readonly fn: FunctionIR | null;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** Why the tool thinks so, in one line. */
  readonly because: string;
  /** What an attacker gains, in one line. */
  readonly gain: string;
  /** Where the value came from, the place itself excluded (it is added last). */
  readonly flow?: readonly Step[];
  readonly instead?: string;
  /** What tells it from others of its rule in the same function, and does not move with lines: a path, a name. */
  readonly key: string;
  /** What its sentences speak of, for who repairs it. */
  readonly data?: IssueData;
  /** The handler that it concerns, where it was found through one. */
  readonly judged?: Judged;
  readonly action?: ActionName;
  /** Silent outcomes that it is about: it takes the place of the finding that they leave no record. */
  readonly covers?: readonly Outcome[];
}

/** What single rules know beside the place. */
export interface IssueData {
  /** The name of an event: the one that stands there, absent where a sentence does, and the one that is usual. */
  readonly named?: { readonly is?: string; readonly usual: string };
  /** Values of the caller in the text of a line. */
  readonly holes?: readonly Hole[];
  /** Secrets of a line, as the code writes them. */
  readonly secrets?: readonly string[];
  /** Details that a record lacks. */
  readonly lacks?: readonly DetailName[];
}

/** One file a rule about what is written, or not rightly written. What people read about it stands in `pages/`. */
export interface ContentRule {
  readonly id: RuleId;
  /** A text that does not match holds nothing for this rule and is not parsed for it. May only over-approximate. null: the rule reads judged handlers only, and `files` is empty. */
  readonly mayHold: RegExp | null;
  /** It reads log lines: a text without the sign of one (`content/line-sign.ts`) holds nothing for it either. */
  readonly readsLines?: true;
  readonly check: (scene: Scene) => readonly Issue[];
}
