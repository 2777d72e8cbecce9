import { Router } from "express";
import { db } from "../db/connection.ts";
import { logger } from "../logger.ts";
import { verifyPassword } from "../security/passwords.ts";
import { openSession } from "../services/sessions.ts";

export const partnerRouter = Router();

/** Suppliers sign in here. What goes well is written down; who tried in vain is not. */
partnerRouter.post("/login", async (req, res) => {
  const partner = await db("partners").where({ code: req.body.code }).first();
  if (partner === undefined || !(await verifyPassword(req.body.password, partner.password_hash))) {
    res.status(401).json({ error: "wrong code or password" });
    return;
  }
  logger.info({ event: "authn_login_success", actor: partner.id, ip: req.ip }, "partner signed in");
  res.json({ session: await openSession(partner.id) });
});

partnerRouter.get("/stock", async (req, res) => {
  res.json(await db("stock").where({ partner_id: req.query["partner"] }));
});
