import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingSecurityLog: RuleFacts = {
  id: "missing-security-log",
  title: "A security-sensitive handler leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.2", "16.3.3"],
  finds:
    "A handler that performs a security-sensitive action (login, permission change, token creation, …) and records none of its outcomes: neither success nor failure.",
  matters:
    "After an incident nobody can say that the action happened, who did it or how it ended, and no alarm can be raised while it happens. A common case: from a hijacked session somebody makes an API token. The owner changes the password and all sessions end, but the token goes on working, and nothing tells that it exists, when it was made or from where.",
  examples: [
    {
      language: "js",
      bad: `app.post("/api/tokens", async (req, res) => {
  const token = await tokens.create(req.user.id, req.body.scopes);
  res.status(201).json(token);
});`,
      good: `app.post("/api/tokens", async (req, res) => {
  const token = await tokens.create(req.user.id, req.body.scopes);
  logger.info({ event: "authn_token_created", actor: req.user.id, target: token.id, outcome: "success", ip: req.ip }, "token created");
  res.status(201).json(token);
});`,
    },
    {
      language: "elixir",
      bad: `def update(conn, %{"id" => id, "role" => role}) do
  with {:ok, user} <- Accounts.update_role(conn.assigns.current_user, id, role) do
    json(conn, %{id: user.id, role: user.role})
  end
end`,
      good: `def update(conn, %{"id" => id, "role" => role}) do
  with {:ok, user} <- Accounts.update_role(conn.assigns.current_user, id, role) do
    Logger.info("authz_change", actor: conn.assigns.current_user.id, target: user.id, role: role, outcome: "success")
    json(conn, %{id: user.id, role: user.role})
  end
end`,
    },
    {
      language: "python",
      bad: `@app.delete("/users/<int:user_id>")
def delete_user(user_id):
    user = User.query.get_or_404(user_id)
    db.session.delete(user)
    db.session.commit()
    return "", 204`,
      good: `@app.delete("/users/<int:user_id>")
def delete_user(user_id):
    user = User.query.get_or_404(user_id)
    db.session.delete(user)
    db.session.commit()
    logger.info("user_deleted", extra={"actor": session["user_id"], "target": user_id, "outcome": "success", "ip": request.remote_addr})
    return "", 204`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: sharedLimits,
};
