import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const unprotectedLogger: RuleFacts = {
  id: "unprotected-logger",
  title: "A logger that sees request data redacts nothing",
  cwe: [532],
  asvs: ["16.2.5"],
  finds:
    "The place where a logger, an access log or a client is set up to write whole requests, headers, bodies or queries with their values, and no redaction is configured; and a logger without redaction that some line gives a whole request.",
  matters:
    "Such a logger needs no careless line to leak: every request leaves its bearer token and session cookie in the log, and every sign-in its password. More than one large service has had to ask all of its users for new passwords because a log in an internal system held them as they were typed.",
  examples: [
    {
      language: "js",
      bad: `app.use(pinoHttp());`,
      good: `app.use(pinoHttp({ redact: ["req.headers.authorization", "req.headers.cookie"] }));`,
    },
    {
      language: "elixir",
      bad: `config :phoenix, :filter_parameters, ["credit_card"]`,
      good: `config :phoenix, :filter_parameters, ["password", "token", "credit_card"]`,
    },
    {
      language: "python",
      bad: `engine = create_engine(DATABASE_URL, echo=True)`,
      good: `engine = create_engine(DATABASE_URL, echo=settings.debug, hide_parameters=True)`,
    },
    {
      language: "java",
      bad: `filter.setIncludeHeaders(true);`,
      good: `filter.setIncludeHeaders(true);
filter.setHeaderPredicate(name -> !name.equalsIgnoreCase("authorization") && !name.equalsIgnoreCase("cookie"));`,
      project: { before: "CommonsRequestLoggingFilter filter = new CommonsRequestLoggingFilter();" },
    },
  ],
  references: [
    { title: "CWE-532: Insertion of Sensitive Information into Log File", url: "https://cwe.mitre.org/data/definitions/532.html" },
    { title: "pino: Redaction", url: "https://github.com/pinojs/pino/blob/main/docs/redaction.md" },
    LOGGING_CHEAT_SHEET,
  ],
  limits: [
    "Libraries are known one by one; what the application wraps itself is not.",
    "Options that are put together elsewhere, or read from the environment, are believed to redact.",
    "A branch that is taken in development only is not reported; one that a setting of another name guards is.",
  ],
};
