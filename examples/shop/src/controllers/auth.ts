import type { Request, Response } from "express";
import { z } from "zod";
import { logger, securityLog } from "../logger.ts";
import { verifyPassword } from "../security/passwords.ts";
import { closeSession, openSession } from "../services/sessions.ts";
import { createUser, findByEmail } from "../services/users.ts";

const Credentials = z.object({ email: z.email(), password: z.string().min(1) });

export async function login(req: Request, res: Response): Promise<void> {
  const body = Credentials.safeParse(req.body);
  if (!body.success) {
    res.status(400).json({ error: "e-mail and password are needed" });
    return;
  }
  const { email, password } = body.data;
  const user = await findByEmail(email);
  if (user === undefined || !(await verifyPassword(password, user.passwordHash))) {
    securityLog.warn({ event: "authn_login_fail", email, ip: req.ip, reason: "bad_credentials" }, "login failed");
    res.status(401).json({ error: "wrong e-mail or password" });
    return;
  }
  securityLog.info({ event: "authn_login_success", actor: user.id, ip: req.ip }, "signed in");
  res.cookie("session", await openSession(user.id), { httpOnly: true, secure: true, sameSite: "lax" });
  res.json({ id: user.id, name: user.name });
}

export async function logout(req: Request, res: Response): Promise<void> {
  await closeSession(req.cookies["session"]);
  logger.debug({ user: req.user?.id }, "session closed");
  res.clearCookie("session");
  res.status(204).end();
}

export async function register(req: Request, res: Response): Promise<void> {
  const body = Credentials.safeParse(req.body);
  if (!body.success) {
    res.status(400).json({ error: "e-mail and password are needed" });
    return;
  }
  if ((await findByEmail(body.data.email)) !== undefined) {
    res.status(409).json({ error: "this e-mail is taken" });
    return;
  }
  const user = await createUser(body.data.email, body.data.password);
  securityLog.info({ event: "user_created", target: user.id, ip: req.ip }, "customer registered");
  res.status(201).json({ id: user.id });
}
