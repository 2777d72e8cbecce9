import express from "express";
import { securityContext } from "@telltale/log/express";
import { accountOf, closeSession, find, openSession, remove, verify } from "./accounts.js";
import { security } from "./security.js";

const app = express();
app.use(securityContext(security));
app.use(express.json());

app.post("/login", (req, res) => {
  const { name, password } = req.body;
  if (!verify(name, password)) {
    security.record("authn_login_fail", { userid: String(name), reason: "bad_credentials" });
    return res.status(401).json({ error: "wrong name or password" });
  }
  security.record("authn_login_success", { userid: name });
  res.json({ session: openSession(name) });
});

/** Who acts, from here on: every record of the request says so. */
function signedIn(req, res, next) {
  const account = accountOf(req.get("authorization")?.replace("Bearer ", ""));
  if (account === undefined) {
    security.record("authz_fail", { userid: "anonymous", resource: req.path, reason: "no session" });
    return res.status(401).json({ error: "sign in first" });
  }
  security.identify({ id: account.id });
  req.account = account;
  next();
}

app.post("/logout", signedIn, (req, res) => {
  const session = req.get("authorization").replace("Bearer ", "");
  closeSession(session);
  security.record("session_logout", { userid: req.account.id, sessionid: session });
  res.sendStatus(204);
});

app.put("/accounts/:id/role", signedIn, (req, res) => {
  const account = find(req.params.id);
  if (req.account.role !== "admin") {
    security.record("authz_fail", { userid: req.account.id, resource: `account ${req.params.id}` });
    return res.status(403).json({ error: "admins only" });
  }
  if (account === undefined) return res.sendStatus(404);
  const from = account.role;
  account.role = String(req.body.role);
  security.record("authz_change", { userid: req.account.id, from, to: account.role, target: { type: "user", id: account.id } });
  res.json({ id: account.id, role: account.role });
});

app.delete("/accounts/:id", signedIn, (req, res) => {
  if (req.account.role !== "admin") {
    security.record("authz_fail", { userid: req.account.id, resource: `account ${req.params.id}` });
    return res.status(403).json({ error: "admins only" });
  }
  remove(req.params.id);
  security.record("user_deleted", { userid: req.account.id, onuserid: req.params.id });
  res.sendStatus(204);
});

const server = app.listen(process.env.PORT ?? 3000);
process.once("SIGTERM", () => server.close(() => security.close()));
