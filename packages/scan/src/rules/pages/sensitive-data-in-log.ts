import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const sensitiveDataInLog: RuleFacts = {
  id: "sensitive-data-in-log",
  title: "A secret reaches a log line",
  cwe: [532],
  asvs: ["16.2.5"],
  finds:
    "Passwords and their hashes, one-time and recovery codes, reset links, tokens, keys, cookies, session identifiers, authorization headers, card, bank account and government numbers that a log call writes: as a field, as an argument, spliced into the message or printed. A value is known by its name and followed through assignments, destructuring, spreads, records, templates, fields, helper functions and files. Whole objects count where the code shows that they hold a secret and the language prints it: request headers, cookies and bodies whose handler reads a credential, the environment, and objects of a class with such a field. Fields that the logger is set up to redact, masked, cut, hashed or measured values, questions (`hasPassword`), names of things (`tokenType`, `secretArn`, `nextToken`) and lines for development only are no findings.",
  matters:
    "A log is read by more people than a database, is copied to services and backups, and is kept for years; nobody thinks of it as a store of credentials. Several large services had to ask all their users for new passwords because a debug line in the login wrote them in clear text for months. A session token in a log is a login without a password, and the access that follows looks like the user's own.",
  examples: [
    {
      language: "js",
      bad: `app.post("/login", async (req, res) => {
  const { email, password } = req.body;
  logger.info("login attempt", { email, password });
  const token = await login(email, password);
  logger.debug(\`issued \${token}\`);
  res.json({ token });
});`,
      good: `app.post("/login", async (req, res) => {
  const { email, password } = req.body;
  const { user, token } = await login(email, password);
  logger.info("authn_login_success", { actor: user.id, tokenId: token.id });
  res.json({ token: token.value });
});`,
    },
    {
      language: "elixir",
      bad: `def create(conn, %{"email" => email, "password" => password}) do
  Logger.info("sign up: #{email} with #{password}")
  Accounts.register(email, password)
end`,
      good: `def create(conn, %{"email" => email, "password" => password}) do
  with {:ok, user} <- Accounts.register(email, password) do
    Logger.info("user_created", actor: user.id)
    {:ok, user}
  end
end`,
    },
    {
      language: "python",
      bad: `@app.post("/reset")
def reset():
    token = create_reset_token(request.json["email"])
    logger.info("reset link: %s/reset?token=%s", BASE, token)
    return {}`,
      good: `@app.post("/reset")
def reset():
    user = find_user(request.json["email"])
    send_reset_link(user)
    logger.info("authn_password_reset_requested", extra={"actor": user.id})
    return {}`,
    },
  ],
  references: [
    { title: "CWE-532: Insertion of Sensitive Information into Log File", url: "https://cwe.mitre.org/data/definitions/532.html" },
    LOGGING_CHEAT_SHEET,
  ],
  limits: [
    "A secret is known by what it is called somewhere on its way. A value without a telling name, and the rows of tables whose columns are declared nowhere in the sources, are not seen.",
    "What a function is handed by its callers is followed where they are few and can be told apart; a helper that logs for a whole application is judged by the names of its parameters.",
    "Tests are not read. Lines behind a test for development are left out, whatever the test does at run time.",
    "Names, addresses and telephone numbers of people are not looked for: whether they may be logged is a question of law and purpose.",
  ],
};
