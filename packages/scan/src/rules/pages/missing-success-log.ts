import { insufficientLogging, LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY, type RuleFacts } from "./facts.ts";
import { sharedLimits } from "./shared-limits.ts";

export const missingSuccessLog: RuleFacts = {
  id: "missing-success-log",
  title: "A security-sensitive success leaves no record",
  cwe: insufficientLogging,
  asvs: ["16.3.1", "16.3.3"],
  finds: "A handler that records its failure but not its success.",
  matters:
    "Failures alone do not tell whether an attack went through: a hundred failed logins followed by silence look the same whether the next guess was right or not.",
  examples: [
    {
      language: "elixir",
      bad: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
      good: `def delete(conn, %{"id" => id}) do
  case Accounts.delete_user(conn.assigns.current_user, id) do
    {:ok, _user} ->
      Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id, outcome: "success")
      send_resp(conn, 204, "")

    {:error, :forbidden} ->
      Logger.warning("authz_fail", actor: conn.assigns.current_user.id, target: id)
      send_resp(conn, 403, "")
  end
end`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET, LOGGING_VOCABULARY],
  limits: sharedLimits,
};
