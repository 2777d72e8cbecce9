import type { Request, Response } from "express";
import { logger } from "../logger.ts";
import { sendMail } from "../services/mail.ts";
import { consumeResetToken, createResetToken } from "../services/reset-tokens.ts";
import { findByEmail, setPassword } from "../services/users.ts";

export async function forgotPassword(req: Request, res: Response): Promise<void> {
  const user = await findByEmail(req.body.email);
  if (user !== undefined) {
    const token = await createResetToken(user.id);
    try {
      await sendMail(user.email, "Choose a new password", `https://shop.example/reset?token=${token}`);
    } catch (error) {
      logger.error({ err: error }, "mail could not be sent");
    }
  }
  res.status(202).json({ ok: true });
}

export async function resetPassword(req: Request, res: Response): Promise<void> {
  const userId = await consumeResetToken(req.body.token);
  if (userId === undefined) {
    res.status(401).json({ error: "this link is not valid any more" });
    return;
  }
  await setPassword(userId, req.body.password);
  res.status(204).end();
}
