import cookieParser from "cookie-parser";
import express from "express";
import { errorHandler } from "./middleware/error-handler.ts";
import { loadUser } from "./middleware/load-user.ts";
import { accountRouter } from "./routes/account.ts";
import { adminRouter } from "./routes/admin.ts";
import { authRouter } from "./routes/auth.ts";
import { catalogueRouter } from "./routes/catalogue.ts";
import { partnerRouter } from "./routes/partner.ts";

export const app = express();

app.use(express.json());
app.use(cookieParser());
app.use(loadUser);

app.use("/auth", authRouter);
app.use("/account", accountRouter);
app.use("/admin", adminRouter);
app.use("/partner", partnerRouter);
app.use("/", catalogueRouter);

app.get("/health", (_req, res) => {
  res.json({ ok: true });
});

app.use(errorHandler);
