import type { NextFunction, Request, Response } from "express";
import jwt from "jsonwebtoken";
import { sessionKey } from "../security/session-key.ts";
import { findUser } from "../services/users.ts";

/** Reads the session cookie. A request without one goes on as a guest. */
export async function loadUser(req: Request, _res: Response, next: NextFunction): Promise<void> {
  const cookie = req.cookies["session"];
  if (cookie !== undefined) {
    try {
      const { sub } = jwt.verify(cookie, sessionKey) as { sub: string };
      req.user = await findUser(sub);
    } catch {
      req.user = undefined;
    }
  }
  next();
}
