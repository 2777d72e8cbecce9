import type { NextFunction, Request, Response } from "express";
import { logger } from "../logger.ts";

export function errorHandler(error: Error & { status?: number }, req: Request, res: Response, _next: NextFunction): void {
  const status = error.status ?? 500;
  if (status >= 500) logger.error({ err: error, path: req.path }, "request failed");
  res.status(status).json({ error: status >= 500 ? "something went wrong" : error.message });
}
