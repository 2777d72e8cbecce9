import { randomBytes } from "node:crypto";
import { db } from "../db/connection.ts";
import { securityLog } from "../logger.ts";

export async function createApiToken(userId: string, label: string): Promise<{ id: string; token: string }> {
  const token = randomBytes(32).toString("base64url");
  const [row] = await db("api_tokens").insert({ user_id: userId, label, token }).returning("id");
  securityLog.info({ event: "authn_token_created", actor: userId, target: row.id }, "API token created");
  return { id: row.id, token };
}

export async function revokeApiToken(userId: string, id: string): Promise<void> {
  await db("api_tokens").where({ id, user_id: userId }).delete();
}
