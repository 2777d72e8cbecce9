import type { RuleId } from "../report/result.ts";

/** What people read about a rule. The rule itself stands in its own file. */
export interface RuleFacts {
  readonly id: RuleId;
  readonly title: string;
  /** CWE numbers. */
  readonly cwe: readonly number[];
  readonly finds: string;
  readonly matters: string;
  /** Code that the rule reports. */
  readonly example: string;
  readonly instead: string;
  readonly limits: readonly string[];
}

/** CWE-778: Insufficient Logging. */
const insufficientLogging = [778];

const sharedLimits = [
  "A call that cannot be resolved makes an outcome unknown; the handler is then listed as unknown and not reported as a gap.",
  "A record that infrastructure writes (a proxy, a database trigger, an identity provider) is not seen. Name own loggers and audit sinks in telltale.yaml.",
  "A refusal in shared middleware belongs to the middleware, which is judged by itself.",
];

const missingSecurityLog: RuleFacts = {
  id: "missing-security-log",
  title: "A security-sensitive handler leaves no record",
  cwe: insufficientLogging,
  finds:
    "A handler that performs a security-sensitive action (login, permission change, token creation, …) and records none of its outcomes: neither success nor failure.",
  matters:
    "After an incident nobody can say that the action happened, who did it or how it ended, and no alarm can be raised while it happens.",
  example: `app.post("/api/tokens", async (req, res) => {
  const token = await tokens.create(req.user.id, req.body.scopes);
  res.status(201).json(token);
});`,
  instead: `app.post("/api/tokens", async (req, res) => {
  const token = await tokens.create(req.user.id, req.body.scopes);
  logger.info({ event: "authn_token_created", actor: req.user.id, target: token.id, outcome: "success", ip: req.ip }, "token created");
  res.status(201).json(token);
});`,
  limits: sharedLimits,
};

const missingFailureLog: RuleFacts = {
  id: "missing-failure-log",
  title: "A security-relevant failure leaves no record",
  cwe: insufficientLogging,
  finds:
    "A handler that records its success but ends in a security-relevant failure (bad credentials, denied, invalid token) without a record. Validation errors are no such failure.",
  matters:
    "Attacks are made of failures: guessed passwords, stuffed credentials, probed permissions. Where only success is recorded, an attack shows when it has succeeded, if at all.",
  example: `router.post("/login", async (req, res) => {
  const user = await users.verify(req.body.email, req.body.password);
  if (!user) return res.status(401).json({ error: "Wrong e-mail or password" });
  logger.info({ event: "authn_login_success", actor: user.id }, "signed in");
  res.json(await sessions.open(user));
});`,
  instead: `router.post("/login", async (req, res) => {
  const user = await users.verify(req.body.email, req.body.password);
  if (!user) {
    logger.warn({ event: "authn_login_fail", outcome: "failure", reason: "bad_credentials", ip: req.ip }, "login failed");
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }
  logger.info({ event: "authn_login_success", actor: user.id }, "signed in");
  res.json(await sessions.open(user));
});`,
  limits: [
    ...sharedLimits,
    "The failure that the handler is about decides; a rare second refusal without a record is not reported where the main one has its record.",
  ],
};

const missingSuccessLog: RuleFacts = {
  id: "missing-success-log",
  title: "A security-sensitive success leaves no record",
  cwe: insufficientLogging,
  finds: "A handler that records its failure but not its success.",
  matters:
    "Failures alone do not tell whether an attack went through: a hundred failed logins followed by silence look the same whether the next guess was right or not.",
  example: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
  instead: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id, outcome: "success")
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
  limits: sharedLimits,
};

/** The rules in the order in which they are listed. */
export const catalogue: readonly RuleFacts[] = [missingSecurityLog, missingFailureLog, missingSuccessLog];

export const ruleIds: readonly RuleId[] = catalogue.map((rule) => rule.id);

export function ruleFacts(id: string): RuleFacts | undefined {
  return catalogue.find((rule) => rule.id === id);
}
