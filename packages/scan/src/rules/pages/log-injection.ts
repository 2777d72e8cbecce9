import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logInjection: RuleFacts = {
  id: "log-injection",
  title: "Request data is spliced into a log line as text",
  cwe: [117],
  asvs: ["16.4.1"],
  finds:
    "A value that a caller words freely (body, query, path, cookie, name of an upload) in the text of a message whose logger writes line breaks as they are. The configured format is read: JSON, logfmt and formatters that quote are safe, and so are fields.",
  matters:
    "A line break in a user name ends the line, and what follows it is a line of the attacker's own: a login that never happened, an address that was never there, a thousand lines that bury the one that matters. Whoever reads the log, person or alert rule, takes them for the application's.",
  examples: [
    {
      language: "js",
      bad: `console.log(\`login failed for \${req.body.email}\`);`,
      good: `logger.warn({ event: "authn_login_fail", email: req.body.email });`,
    },
    {
      language: "elixir",
      bad: `Logger.warning("login failed for #{email}")`,
      good: `Logger.warning("login failed for #{inspect(email)}")`,
    },
    {
      language: "python",
      bad: `logger.warning("login failed for %s", request.form["email"])`,
      good: `logger.warning("login failed for %r", request.form["email"])`,
    },
    {
      language: "java",
      bad: `log.warn("login failed for {}", request.getParameter("email"));`,
      good: `log.atWarn().addKeyValue("email", request.getParameter("email")).log("login failed"); // with a JSON encoder`,
    },
  ],
  references: [
    { title: "CWE-117: Improper Output Neutralization for Logs", url: "https://cwe.mitre.org/data/definitions/117.html" },
    { title: "OWASP: Log Injection", url: "https://owasp.org/www-community/attacks/Log_Injection" },
    LOGGING_CHEAT_SHEET,
  ],
  limits: [
    "Header values, addresses, methods and the URL as it was sent are not reported: servers refuse line breaks in them, or they stay encoded.",
    "What a form or schema validates is believed where a test, a pattern, a type or a validating decorator stands in the source; a schema that is applied elsewhere is not read.",
    "A format that is chosen at run time is unknown, and nothing is reported behind it.",
    "What was looked up by a value, and found, is taken for a value that was stored before.",
  ],
};
