import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logBeforeOutcome: RuleFacts = {
  id: "log-before-outcome",
  title: "Success is claimed before the work that can still fail",
  cwe: [778],
  asvs: ["16.3.1"],
  finds:
    "A line that says that a sensitive action is done (`user_deleted`, `Password changed`), in front of the only call in its function that does it, or of the commit that makes it final.",
  matters:
    "An administrator is told to take a leaver's access away. The log says `role revoked`, the call behind the line timed out, and the review a month later counts the line.",
  examples: [
    {
      language: "js",
      bad: `logger.info({ target: id }, "user_deleted");
await users.delete(id);`,
      good: `await users.delete(id);
logger.info({ target: id }, "user_deleted");`,
      project: {
        before: 'app.delete("/users/:id", async (req, res) => {\n  const { id } = req.params;',
        after: "  res.sendStatus(204);\n});",
      },
    },
    {
      language: "elixir",
      bad: `Logger.info("user_deleted", target: id)
{:ok, _user} = Accounts.delete_user(id)`,
      good: `{:ok, _user} = Accounts.delete_user(id)
Logger.info("user_deleted", target: id)`,
      project: { before: 'def delete(conn, %{"id" => id}) do', after: 'send_resp(conn, 204, "")\nend' },
    },
    {
      language: "python",
      bad: `db.session.delete(user)
log.info("user_deleted", extra={"target": user.id})
db.session.commit()`,
      good: `db.session.delete(user)
db.session.commit()
log.info("user_deleted", extra={"target": user.id})`,
      project: {
        before: 'log = logging.getLogger(__name__)\n\n@app.delete("/users/<user>")\ndef delete_user(user):',
        after: '    return "", 204',
      },
    },
  ],
  references: [LOGGING_CHEAT_SHEET],
  limits: [
    "Line and deed must stand in one function, and speak of the same action by their names.",
    "A line that says what is about to happen (`Deleting user`) claims nothing, and is not reported.",
  ],
};
