import { db } from "../db/connection.ts";
import type { User } from "../db/types.ts";
import { hashPassword } from "../security/passwords.ts";

export const findUser = (id: string): Promise<User | undefined> => db<User>("users").where({ id }).first();
export const findByEmail = (email: string): Promise<User | undefined> => db<User>("users").where({ email }).first();

export async function createUser(email: string, password: string): Promise<User> {
  const passwordHash = await hashPassword(password);
  const [user] = await db<User>("users").insert({ email, passwordHash, role: "customer" }).returning("*");
  return user!;
}

export async function setPassword(id: string, password: string): Promise<void> {
  await db("users").where({ id }).update({ passwordHash: await hashPassword(password) });
}

export async function updateEmail(id: string, email: string): Promise<void> {
  await db("users").where({ id }).update({ email });
}

export async function removeUser(id: string): Promise<void> {
  await db("orders").where({ user_id: id }).update({ user_id: null });
  await db("users").where({ id }).delete();
}
