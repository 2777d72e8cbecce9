import { MINUTE } from "../options.ts";
import { quietServices, services } from "../services.ts";
import type { AttackPlan } from "./stage.ts";

/** Lines that are not there, because of an attack. */
export interface Mute {
  readonly service: string;
  /** Default: all hosts of the service. */
  readonly host?: string;
  /** Milliseconds since 1970; `until` itself is heard again. */
  readonly from: number;
  readonly until: number;
  /** Whether the missing lines were numbered: removed afterwards rather than never written. */
  readonly numbered: boolean;
}

/** The next heartbeat comes within a minute: then it can be seen that lines are missing. */
export const NEXT_LINE = MINUTE;

/** What an attack takes out of the logs. */
export function muteOf(plan: AttackPlan): Mute | undefined {
  const span = { from: plan.at, until: plan.at + Number(plan.parameters["minutes"]) * MINUTE };
  if (plan.class === "log_silence") {
    const service = quietServices[plan.ordinal % quietServices.length] as string;
    return { service, ...span, numbered: false };
  }
  if (plan.class !== "log_tampering" || plan.parameters["by"] !== "removing") return undefined;
  const hosts = services["portal"] as readonly string[];
  return { service: "portal", host: hosts[plan.ordinal % hosts.length] as string, ...span, numbered: true };
}
