import type { ActionName } from "@telltale/vocabulary";
import type { Level } from "../loggers/logger.ts";
import type { RuleId, Severity } from "../report/result.ts";

export type RuleSetting = Severity | "off";

/** A logger or logging function of the application itself, by the name it is called by: `secLog`, `AppLogger.event`. */
export interface OwnLogger {
  readonly name: string;
  /** Absent: read from the called method (`secLog.warn`), else `info`. */
  readonly level?: Level;
}

/** What a person knows better about a handler than the tool does. */
export interface ActionOverride {
  /** Glob on the file, relative to the root. Absent: every file. */
  readonly files?: string;
  /** Glob on the handler's name or its route (`UserController.*`, `DELETE /users/*`). Absent: every handler. */
  readonly handler?: string;
  readonly action: ActionName | "none";
  /** Mandatory where the action is `none`. */
  readonly reason?: string;
}

/** The settings of a project: `telltale.yaml` with the defaults filled in. */
export interface Config {
  /** Globs of the files that are scanned. Empty: all. */
  readonly include: readonly string[];
  /** Globs of files that are left out, beside what .gitignore leaves out. */
  readonly exclude: readonly string[];
  /** Severity of a rule whatever the action, or `off`. */
  readonly rules: Readonly<Partial<Record<RuleId, RuleSetting>>>;
  readonly loggers: readonly OwnLogger[];
  /** Own audit sinks: `AuditService.record`, `logSecurityEvent`. A call of one is a record. */
  readonly audit: readonly string[];
  readonly actions: readonly ActionOverride[];
  /** Path of the baseline, relative to the config file's folder. */
  readonly baseline: string | null;
  /** Findings at or above it make the command fail. */
  readonly failOn: Severity;
}
