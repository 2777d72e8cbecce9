import { db } from "../db/connection.ts";
import { securityLog } from "../logger.ts";

export class RoleService {
  async changeRole(actor: string, target: string, role: string): Promise<void> {
    await db("users").where({ id: target }).update({ role });
    securityLog.warn({ event: "authz_change", actor, target, role }, "role changed");
  }
}
