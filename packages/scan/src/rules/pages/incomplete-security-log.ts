import { LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";

export const incompleteSecurityLog: RuleFacts = {
  id: "incomplete-security-log",
  title: "A security record lacks what an investigator needs",
  cwe: [778, 223],
  asvs: ["16.2.1"],
  finds:
    "The record of a sensitive outcome that lacks event name, actor, target (where the action has one), outcome, reason (of a failure), source IP or request ID, and records that are free text. The last two are asked for only where the code that writes the record sees the request, and a request ID only where something in the project gives requests one; what the logger is told to hide is not asked for. Details count wherever they come from: fields, the message, child loggers, contexts of the request, log tags, columns of an audit table. Of several records of an outcome the best counts; one finding a line.",
  matters:
    "A record without actor and address answers no question of an investigation. After a leak of customer data a log that says `export finished` forty times shows that it happened, and neither which account was used nor from where; the account stays open.",
  examples: [
    {
      language: "js",
      bad: `app.post("/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    console.log("login failed");
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "authn_login_success", userId: user.id, ip: req.ip, requestId: req.id });
  res.json({ ok: true });
});`,
      good: `app.post("/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "authn_login_fail", email: req.body.email, reason: "wrong password", ip: req.ip, requestId: req.id });
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "authn_login_success", userId: user.id, ip: req.ip, requestId: req.id });
  res.json({ ok: true });
});`,
    },
    {
      language: "elixir",
      bad: `def delete(conn, %{"id" => id}) do
  Accounts.delete_user(id)
  Logger.info("User #{id} deleted")
  send_resp(conn, 204, "")
end`,
      good: `def delete(conn, %{"id" => id}) do
  Accounts.delete_user(id)

  Logger.info("user_deleted",
    actor: conn.assigns.current_user.id,
    target: id,
    ip: conn.remote_ip,
    request_id: conn.assigns.request_id
  )

  send_resp(conn, 204, "")
end`,
    },
    {
      language: "python",
      bad: `@app.delete("/users/<int:user_id>")
def remove_user(user_id):
    delete_user(user_id)
    logger.info("user deleted")
    return "", 204`,
      good: `@app.delete("/users/<int:user_id>")
def remove_user(user_id):
    delete_user(user_id)
    logger.info(
        "user_deleted",
        extra={"actor": session["user_id"], "target": user_id, "ip": request.remote_addr, "request_id": request.headers["X-Request-Id"]},
    )
    return "", 204`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: [
    "A record that may say more than can be seen (an object from elsewhere, an audit service that is not part of the project) is taken for complete.",
    "What a context of the project puts on some lines is credited to all lines of the language.",
    "Whether the formatter prints the fields that a line carries is not checked.",
    "The names of fields and values decide what they hold.",
  ],
};
