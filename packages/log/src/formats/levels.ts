import type { EventLevel } from "@telltale/vocabulary";

/** A level on the scale of each format. */
export interface LevelNumbers {
  /** pino's number: 30 info, 40 warn, 60 fatal. pino has no `critical`; 60 keeps it above what an application calls an error. */
  readonly pino: number;
  /** `log.level`, as the vocabulary maps it. */
  readonly ecs: string;
  /** `severity_id` and its caption; also ECS `event.severity`. */
  readonly ocsf: number;
  readonly ocsfName: string;
  /** CEF, 0 to 10: low ends at 3, medium at 6, high at 8. */
  readonly cef: number;
  /** RFC 5424: informational 6, warning 4, critical 2. */
  readonly syslog: number;
}

export const levels: Readonly<Record<EventLevel, LevelNumbers>> = {
  INFO: { pino: 30, ecs: "info", ocsf: 1, ocsfName: "Informational", cef: 3, syslog: 6 },
  WARN: { pino: 40, ecs: "warn", ocsf: 3, ocsfName: "Medium", cef: 6, syslog: 4 },
  CRITICAL: { pino: 60, ecs: "error", ocsf: 5, ocsfName: "Critical", cef: 9, syslog: 2 },
};
