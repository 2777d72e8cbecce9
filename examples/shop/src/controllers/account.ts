import type { Request, Response } from "express";
import { db } from "../db/connection.ts";
import { securityLog } from "../logger.ts";
import { verifyPassword } from "../security/passwords.ts";
import { updateEmail } from "../services/users.ts";

export function showProfile(req: Request, res: Response): void {
  const { id, email, name } = req.user!;
  res.json({ id, email, name });
}

export async function updatePreferences(req: Request, res: Response): Promise<void> {
  await db("preferences").where({ user_id: req.user!.id }).update({ newsletter: req.body.newsletter, language: req.body.language });
  res.status(204).end();
}

/** The new address is recorded; a wrong password at this point is not. */
export async function changeEmail(req: Request, res: Response): Promise<void> {
  const user = req.user!;
  if (!(await verifyPassword(req.body.password, user.passwordHash))) {
    res.status(403).json({ error: "wrong password" });
    return;
  }
  await updateEmail(user.id, req.body.email);
  securityLog.info({ event: "user_updated", actor: user.id, target: user.id, change: "email" }, "e-mail address changed");
  res.status(204).end();
}
