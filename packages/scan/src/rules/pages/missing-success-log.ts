import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingSuccessLog: RuleFacts = {
  id: "missing-success-log",
  title: "A security-sensitive success leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.3"],
  finds: "A handler that records its failure but not its success.",
  matters:
    "Failures alone do not tell whether an attack went through: a hundred failed logins followed by silence look the same whether the next guess was right or not. And what an insider does with rights that he has never fails: exports, deletions and new permissions show only where success is recorded.",
  examples: [
    {
      language: "js",
      bad: `router.put("/users/:id/role", async (req, res) => {
  if (!req.user.isAdmin) {
    logger.warn({ event: "authz_fail", actor: req.user.id, target: req.params.id, outcome: "failure", ip: req.ip }, "role change refused");
    return res.sendStatus(403);
  }
  await users.setRole(req.params.id, req.body.role);
  res.sendStatus(204);
});`,
      good: `router.put("/users/:id/role", async (req, res) => {
  if (!req.user.isAdmin) {
    logger.warn({ event: "authz_fail", actor: req.user.id, target: req.params.id, outcome: "failure", ip: req.ip }, "role change refused");
    return res.sendStatus(403);
  }
  await users.setRole(req.params.id, req.body.role);
  logger.info({ event: "authz_change", actor: req.user.id, target: req.params.id, outcome: "success", ip: req.ip }, "role changed");
  res.sendStatus(204);
});`,
    },
    {
      language: "elixir",
      bad: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
      good: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id, outcome: "success")
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
    },
    {
      language: "python",
      bad: `@app.post("/account/password")
def change_password():
    user = User.query.get(session["user_id"])
    if not user.check_password(request.form["current"]):
        logger.warning("authn_password_change_fail", extra={"actor": user.id, "reason": "bad_credentials", "ip": request.remote_addr})
        abort(403)
    user.set_password(request.form["new"])
    db.session.commit()
    return redirect("/account")`,
      good: `@app.post("/account/password")
def change_password():
    user = User.query.get(session["user_id"])
    if not user.check_password(request.form["current"]):
        logger.warning("authn_password_change_fail", extra={"actor": user.id, "reason": "bad_credentials", "ip": request.remote_addr})
        abort(403)
    user.set_password(request.form["new"])
    db.session.commit()
    logger.info("authn_password_change", extra={"actor": user.id, "outcome": "success", "ip": request.remote_addr})
    return redirect("/account")`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: sharedLimits,
};
