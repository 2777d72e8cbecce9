import { Router } from "express";
import * as account from "../controllers/account.ts";
import * as tokens from "../controllers/tokens.ts";
import { requireUser } from "../middleware/require-user.ts";

export const accountRouter = Router();

accountRouter.use(requireUser);
accountRouter.get("/", account.showProfile);
accountRouter.patch("/preferences", account.updatePreferences);
accountRouter.post("/email", account.changeEmail);
accountRouter.post("/tokens", tokens.createToken);
accountRouter.delete("/tokens/:id", tokens.revokeToken);
