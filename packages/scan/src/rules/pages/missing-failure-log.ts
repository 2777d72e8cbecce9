import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingFailureLog: RuleFacts = {
  id: "missing-failure-log",
  title: "A security-relevant failure leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.2", "16.3.3"],
  finds:
    "A handler that records its success but ends in a security-relevant failure (bad credentials, denied, invalid token) without a record. Validation errors are no such failure.",
  matters:
    "Attacks are made of failures: guessed passwords, stuffed credentials, probed permissions. Where only success is recorded, an attack shows when it has succeeded, if at all. Somebody tries a hundred thousand leaked passwords in one night; the log of that night holds some two hundred ordinary logins, and no rule can tell which of them were his.",
  examples: [
    {
      language: "js",
      bad: `router.post("/login", async (req, res) => {
  const user = await users.verify(req.body.email, req.body.password);
  if (!user) return res.status(401).json({ error: "Wrong e-mail or password" });
  logger.info({ event: "authn_login_success", actor: user.id }, "signed in");
  res.json(await sessions.open(user));
});`,
      good: `router.post("/login", async (req, res) => {
  const user = await users.verify(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "authn_login_fail", outcome: "failure", reason: "bad_credentials", ip: req.ip }, "login failed");
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  logger.info({ event: "authn_login_success", actor: user.id }, "signed in");
  res.json(await sessions.open(user));
});`,
    },
    {
      language: "elixir",
      bad: `def login(conn, %{"email" => email, "password" => password}) do
  case Accounts.authenticate(email, password) do
    {:ok, user} ->
      Logger.info("authn_login_success", actor: user.id)
      conn |> put_session(:user_id, user.id) |> redirect(to: "/")

    {:error, :unauthorized} ->
      conn |> put_status(401) |> json(%{error: "wrong e-mail or password"})
  end
end`,
      good: `def login(conn, %{"email" => email, "password" => password}) do
  case Accounts.authenticate(email, password) do
    {:ok, user} ->
      Logger.info("authn_login_success", actor: user.id)
      conn |> put_session(:user_id, user.id) |> redirect(to: "/")

    {:error, :unauthorized} ->
      Logger.warning("authn_login_fail", reason: "bad_credentials", ip: conn.remote_ip)
      conn |> put_status(401) |> json(%{error: "wrong e-mail or password"})
  end
end`,
    },
    {
      language: "python",
      bad: `@app.post("/login")
def login():
    user = User.query.filter_by(email=request.form["email"]).first()
    if user is None or not user.check_password(request.form["password"]):
        return jsonify(error="wrong e-mail or password"), 401
    session["user_id"] = user.id
    logger.info("authn_login_success", extra={"actor": user.id, "ip": request.remote_addr})
    return redirect("/")`,
      good: `@app.post("/login")
def login():
    user = User.query.filter_by(email=request.form["email"]).first()
    if user is None or not user.check_password(request.form["password"]):
        logger.warning("authn_login_fail", extra={"reason": "bad_credentials", "ip": request.remote_addr})
        return jsonify(error="wrong e-mail or password"), 401
    session["user_id"] = user.id
    logger.info("authn_login_success", extra={"actor": user.id, "ip": request.remote_addr})
    return redirect("/")`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: [
    ...sharedLimits,
    "The failure that the handler is about decides; a rare second refusal without a record is not reported where the main one has its record.",
  ],
};
