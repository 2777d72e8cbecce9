import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const logAfterCommit: RuleFacts = {
  id: "log-after-commit",
  title: "A record that a fault or a rollback takes away",
  cwe: [778],
  asvs: ["16.3.1"],
  finds:
    "An audit row that is written in a transaction in front of the throw that rolls it back; and the record of a sensitive deed that stands behind a mail, web hook or queue that may throw: the deed is done then, and nothing says so.",
  matters:
    "Every refused attempt to take over an organisation was written to the audit table, and rolled back with the attempt. The table held successes only; the hundreds of attempts before them were gone.",
  examples: [
    {
      language: "js",
      bad: `await prisma.$transaction(async (tx) => {
  if (!allowed) {
    await tx.auditLog.create({ data: { action: "authz_fail", actor } });
    throw new ForbiddenError();
  }
  await tx.user.update({ where: { id }, data: { role } });
});`,
      good: `if (!allowed) {
  await prisma.auditLog.create({ data: { action: "authz_fail", actor } });
  throw new ForbiddenError();
}
await prisma.$transaction(async (tx) => {
  await tx.user.update({ where: { id }, data: { role } });
});`,
      project: {
        before: 'app.put("/users/:id/role", async (req, res) => {\n  const { id, role, actor, allowed } = readRequest(req);',
        after: "  res.sendStatus(204);\n});",
      },
    },
    {
      language: "elixir",
      bad: `Repo.transaction(fn ->
  if not allowed do
    Repo.insert!(%AuditLog{action: "authz_fail", actor_id: actor.id})
    Repo.rollback(:forbidden)
  end
end)`,
      good: `if not allowed do
  Repo.insert!(%AuditLog{action: "authz_fail", actor_id: actor.id})
  {:error, :forbidden}
end`,
      project: { before: 'def update(conn, %{"id" => id, "role" => role}) do', after: 'send_resp(conn, 204, "")\nend' },
    },
    {
      language: "python",
      bad: `users.delete_user(id)
mailer.send_mail(user.email, "Goodbye")
log.info("user_deleted", extra={"target": id})`,
      good: `users.delete_user(id)
log.info("user_deleted", extra={"target": id})
mailer.send_mail(user.email, "Goodbye")`,
      project: {
        before: 'log = logging.getLogger(__name__)\n\n@app.delete("/users/<id>")\ndef delete_user(id):',
        after: '    return "", 204',
      },
    },
  ],
  references: [LOGGING_CHEAT_SHEET],
  limits: [
    "The row and the throw must stand in one list of statements; rows that functions write further down are not seen.",
    "A row that is written by a service in a transaction of its own (`REQUIRES_NEW` in another file) is reported where its call looks like a write of a row.",
    "Of calls to the outside only mail, text messages, web hooks and queues are known, by their names.",
  ],
};
