import type { Request, Response } from "express";
import { writeAudit } from "../security/audit.ts";
import * as tokens from "../services/api-tokens.ts";

export async function createToken(req: Request, res: Response): Promise<void> {
  const token = await tokens.createApiToken(req.user!.id, req.body.label);
  res.status(201).json(token);
}

export async function revokeToken(req: Request<{ id: string }>, res: Response): Promise<void> {
  await tokens.revokeApiToken(req.user!.id, req.params.id);
  await writeAudit({ event: "authn_token_revoked", actor: req.user!.id, target: req.params.id, outcome: "success", ip: req.ip });
  res.status(204).end();
}
