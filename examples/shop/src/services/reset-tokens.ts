import { randomBytes } from "node:crypto";
import { db } from "../db/connection.ts";

export async function createResetToken(userId: string): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  await db("reset_tokens").insert({ user_id: userId, token, expires_at: new Date(Date.now() + 3_600_000) });
  return token;
}

/** Gives the user whose token it is, once. */
export async function consumeResetToken(token: string): Promise<string | undefined> {
  const row = await db("reset_tokens").where({ token }).where("expires_at", ">", new Date()).first();
  if (row === undefined) return undefined;
  await db("reset_tokens").where({ token }).delete();
  return row.user_id;
}
