import type { NextFunction, Request, Response } from "express";
import { securityLog } from "../logger.ts";

export function requireUser(req: Request, res: Response, next: NextFunction): void {
  if (req.user === undefined) {
    securityLog.warn({ event: "authz_fail", resource: req.originalUrl, ip: req.ip, reason: "no_session" }, "sign-in required");
    res.status(401).json({ error: "please sign in" });
    return;
  }
  next();
}
