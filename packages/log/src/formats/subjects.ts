import { isIP } from "node:net";
import type { SafeRecord, Target } from "../record.ts";

/** What applications call an account. */
const accounts = new Set(["user", "account", "admin", "administrator", "member", "customer", "principal", "service", "service_account"]);

/** Whether a target is somebody: then it goes where the format has users. */
export function isAccount(target: Target | undefined): target is Target {
  return target !== undefined && (target.type === undefined || accounts.has(String(target.type).toLowerCase()));
}

/** 4 or 6 for an address; 0 for what stands in its place (a pseudonym), which fields of the type IP must not hold. */
export function addressFamily(address: unknown): 0 | 4 | 6 {
  return typeof address === "string" ? (isIP(address) as 0 | 4 | 6) : 0;
}

/** Unique among the events of all processes: the writer, and the event's number in it. */
export function eventId(record: { readonly writer: string; readonly seq: number }): string {
  return `${record.writer}-${record.seq}`;
}

/** The ATT&CK techniques of an event: a sub-technique (`T1110.001`) stands with its technique. */
export function techniques(ids: readonly string[]): readonly { readonly id: string; readonly sub?: string }[] {
  return ids.map((id) => (id.includes(".") ? { id: id.slice(0, id.indexOf(".")), sub: id } : { id }));
}

/** Whether two records are of one log in one process, so that what both say of it is the same text. */
export function sameOrigin(one: SafeRecord | undefined, other: SafeRecord): boolean {
  return (
    one !== undefined &&
    one.writer === other.writer &&
    one.service === other.service &&
    one.hostname === other.hostname &&
    one.pid === other.pid &&
    one.service_version === other.service_version &&
    one.environment === other.environment
  );
}
