import jwt from "jsonwebtoken";
import { db } from "../db/connection.ts";
import { sessionKey } from "../security/session-key.ts";

export async function openSession(userId: string): Promise<string> {
  const [row] = await db("sessions").insert({ user_id: userId }).returning("id");
  return jwt.sign({ sub: userId, sid: row.id }, sessionKey, { expiresIn: "8h" });
}

export async function closeSession(cookie: string): Promise<void> {
  const { sid } = jwt.decode(cookie) as { sid: string };
  await db("sessions").where({ id: sid }).delete();
}
