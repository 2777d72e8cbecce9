import { LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";

export const inconsistentEventName: RuleFacts = {
  id: "inconsistent-event-name",
  title: "One action is recorded under several names",
  cwe: [778],
  asvs: ["16.2.4"],
  finds:
    "Of the records of one package, those that call an outcome by another name than the others call the same event (`loginFailure` where it is `login_failed`), and sentences where at least three records, and six of ten, have an event name. Events that differ (a login by password and one by single sign-on, a soft and a hard deletion, a role that is granted and one that is taken) are not held against each other.",
  matters:
    "Alerts count names. A rule that counts `login_failed` sees the web login, and misses the mobile one that writes `loginFailure`: the attacker who tries there guesses passwords undisturbed while the dashboard is green.",
  examples: [
    {
      language: "js",
      bad: `app.post("/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "login_failed", email: req.body.email });
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "login_success", userId: user.id });
  res.json({ ok: true });
});

app.post("/admin/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "loginFailure", email: req.body.email });
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "login_success", userId: user.id });
  res.json({ ok: true });
});`,
      good: `app.post("/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "login_failed", email: req.body.email });
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "login_success", userId: user.id });
  res.json({ ok: true });
});

app.post("/admin/login", async (req, res) => {
  const user = await verifyPassword(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "login_failed", email: req.body.email });
    return res.status(401).json({ error: "wrong password" });
  }
  logger.info({ event: "login_success", userId: user.id });
  res.json({ ok: true });
});`,
    },
    {
      language: "elixir",
      bad: `def create(conn, %{"user" => params}) do
  user = Accounts.create_user(params)
  Logger.info("user_created", actor: conn.assigns.current_user.id, target: user.id)
  json(conn, user)
end

def update(conn, %{"id" => id, "user" => params}) do
  Accounts.update_user(id, params)
  Logger.info("user_updated", actor: conn.assigns.current_user.id, target: id)
  send_resp(conn, 204, "")
end

def logout(conn, _params) do
  Logger.info("session_logout", actor: conn.assigns.current_user.id)
  conn |> clear_session() |> redirect(to: "/")
end

def delete(conn, %{"id" => id}) do
  Accounts.delete_user(id)
  Logger.info("The user #{id} was deleted")
  send_resp(conn, 204, "")
end`,
      good: `def create(conn, %{"user" => params}) do
  user = Accounts.create_user(params)
  Logger.info("user_created", actor: conn.assigns.current_user.id, target: user.id)
  json(conn, user)
end

def update(conn, %{"id" => id, "user" => params}) do
  Accounts.update_user(id, params)
  Logger.info("user_updated", actor: conn.assigns.current_user.id, target: id)
  send_resp(conn, 204, "")
end

def logout(conn, _params) do
  Logger.info("session_logout", actor: conn.assigns.current_user.id)
  conn |> clear_session() |> redirect(to: "/")
end

def delete(conn, %{"id" => id}) do
  Accounts.delete_user(id)
  Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id)
  send_resp(conn, 204, "")
end`,
    },
    {
      language: "python",
      bad: `@app.delete("/users/<int:user_id>")
def remove_user(user_id):
    delete_user(user_id)
    logger.info("user_deleted", extra={"target": user_id})
    return "", 204


@app.delete("/customers/<int:user_id>")
def remove_customer(user_id):
    delete_user(user_id)
    logger.info("user_deleted", extra={"target": user_id})
    return "", 204


@app.delete("/staff/<int:user_id>")
def remove_staff(user_id):
    delete_user(user_id)
    logger.info("UserRemoved", extra={"target": user_id})
    return "", 204`,
      good: `@app.delete("/users/<int:user_id>")
def remove_user(user_id):
    delete_user(user_id)
    logger.info("user_deleted", extra={"target": user_id})
    return "", 204


@app.delete("/customers/<int:user_id>")
def remove_customer(user_id):
    delete_user(user_id)
    logger.info("user_deleted", extra={"target": user_id})
    return "", 204


@app.delete("/staff/<int:user_id>")
def remove_staff(user_id):
    delete_user(user_id)
    logger.info("user_deleted", extra={"target": user_id})
    return "", 204`,
    },
  ],
  references: [LOGGING_VOCABULARY],
  limits: [
    "Only names that stand in the call that writes the record are compared; names that a shared helper is given are not.",
    "A package with fewer than three named records has no habit to hold others against.",
  ],
};
