import { Router } from "express";
import * as auth from "../controllers/auth.ts";
import * as passwords from "../controllers/passwords.ts";
import { requireUser } from "../middleware/require-user.ts";

export const authRouter = Router();

authRouter.post("/login", auth.login);
authRouter.post("/logout", requireUser, auth.logout);
authRouter.post("/register", auth.register);
authRouter.post("/password/forgot", passwords.forgotPassword);
authRouter.post("/password/reset", passwords.resetPassword);
