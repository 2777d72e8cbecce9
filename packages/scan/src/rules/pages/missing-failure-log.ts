import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingFailureLog: RuleFacts = {
  id: "missing-failure-log",
  title: "A security-relevant failure leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.3"],
  finds:
    "A handler that records its success but ends in a security-relevant failure (bad credentials, denied, invalid token) without a record. Validation errors are no such failure.",
  matters:
    "Attacks are made of failures: guessed passwords, stuffed credentials, probed permissions. Where only success is recorded, an attack shows when it has succeeded, if at all.",
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
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: [
    ...sharedLimits,
    "The failure that the handler is about decides; a rare second refusal without a record is not reported where the main one has its record.",
  ],
};
