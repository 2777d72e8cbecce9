import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingSecurityLog: RuleFacts = {
  id: "missing-security-log",
  title: "A security-sensitive handler leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.3"],
  finds:
    "A handler that performs a security-sensitive action (login, permission change, token creation, …) and records none of its outcomes: neither success nor failure.",
  matters:
    "After an incident nobody can say that the action happened, who did it or how it ended, and no alarm can be raised while it happens.",
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
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: sharedLimits,
};
