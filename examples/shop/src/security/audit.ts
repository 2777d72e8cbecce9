import { db } from "../db/connection.ts";

export interface AuditEntry {
  readonly event: string;
  readonly actor: string;
  readonly target: string;
  readonly outcome: "success" | "failure";
  readonly ip?: string;
}

/** Keeps a row that outlives the log files. */
export async function writeAudit(entry: AuditEntry): Promise<void> {
  await db("audit_log").insert({ ...entry, at: new Date() });
}
