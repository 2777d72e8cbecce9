import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const swallowedSecurityError: RuleFacts = {
  id: "swallowed-security-error",
  title: "A fault on a security path is caught and forgotten",
  cwe: [390, 636, 778],
  asvs: ["16.3.4", "16.5.3"],
  finds:
    "A catch that neither records nor throws, around a check that then lets the request pass; around the revoking of a session or token, a change of rights or the writing of an audit row, whose failure nobody hears of; or around a sensitive handler, whose faults are answered with 5xx and leave no record.",
  matters:
    "Sessions of a stolen account were to be revoked, the store was down for a minute, and an empty catch said nothing: the thief stays logged in, and the log shows a finished incident.",
  examples: [
    {
      language: "js",
      bad: `await users.updatePassword(user.id, password);
await sessions.revokeAll(user.id).catch(() => {});
logger.info({ user: user.id }, "authn_password_change");`,
      good: `await users.updatePassword(user.id, password);
logger.info({ user: user.id }, "authn_password_change");
await sessions.revokeAll(user.id).catch((err) => {
  logger.error({ err, user: user.id }, "session_revoke_failed");
});`,
      project: {
        before: 'app.post("/account/password", async (req, res) => {\n  const { user, password } = await read(req);',
        after: "  res.sendStatus(204);\n});",
      },
    },
    {
      language: "elixir",
      bad: `try do
  Accounts.revoke_sessions(user)
rescue
  _ -> :ok
end`,
      good: `try do
  Accounts.revoke_sessions(user)
rescue
  error -> Logger.error("session_revoke_failed", user: user.id, error: Exception.message(error))
end`,
      project: {
        before: "def logout(conn, _params) do\n  user = conn.assigns.current_user",
        after: '  conn |> clear_session() |> redirect(to: "/")\nend',
      },
    },
    {
      language: "python",
      bad: `def is_signed(request):
    try:
        verify_signature(request)
    except Exception:
        return True
    return True`,
      good: `def is_signed(request):
    try:
        verify_signature(request)
    except Exception:
        log.exception("signature_check_failed")
        return False
    return True`,
      project: {
        before: "log = logging.getLogger(__name__)\n",
        after:
          '\n@app.post("/login")\ndef login():\n    if not is_signed(request):\n        abort(401)\n    session["user_id"] = request.form["user"]\n    return "", 204',
      },
    },
  ],
  references: [
    LOGGING_CHEAT_SHEET,
    { title: "CWE-390: Detection of Error Condition Without Action", url: "https://cwe.mitre.org/data/definitions/390.html" },
    { title: "CWE-636: Not Failing Securely", url: "https://cwe.mitre.org/data/definitions/636.html" },
  ],
  limits: [
    "A refusal that is answered and not recorded is reported by `missing-failure-log`, not here.",
    "A clause that calls something which may record, or reads the error at all, is taken to deal with it.",
    "Middleware that looks for a user and goes on without one (optional authentication) is not reported.",
    "Errors that are values and are thrown away (`_ = revoke()` in Go) are not seen.",
  ],
};
