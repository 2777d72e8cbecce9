import type { RuleFacts } from "./facts.ts";

export const stackTraceLeak: RuleFacts = {
  id: "stack-trace-leak",
  title: "An error's stack or message goes to the client",
  cwe: [209],
  asvs: ["16.5.1"],
  finds:
    "A stack that reaches an answer, whatever its status; and the message or cause of an error of any kind that reaches an answer of status 5xx, or one without a status. An error of the application's own type may say what it says.",
  matters:
    "Errors speak of tables, hosts, paths and versions. In an attack by SQL injection the message of the database is the oracle: each answer says which guess at the query was right, until the whole table is read. The text belongs into the log, where it helps those who mend it.",
  examples: [
    {
      language: "js",
      bad: `app.get("/orders/:id", async (req, res) => {
  try {
    res.json(await orders.find(req.params.id));
  } catch (err) {
    res.status(500).json({ error: err.message, stack: err.stack });
  }
});`,
      good: `app.get("/orders/:id", async (req, res) => {
  try {
    res.json(await orders.find(req.params.id));
  } catch (err) {
    req.log.error({ err }, "order_read_failed");
    res.status(500).json({ error: "Internal error", requestId: req.id });
  }
});`,
    },
    {
      language: "elixir",
      bad: `def create(conn, params) do
  case Orders.create(params) do
    {:ok, order} -> json(conn, order)
    {:error, reason} -> conn |> put_status(500) |> json(%{error: inspect(reason)})
  end
end`,
      good: `def create(conn, params) do
  case Orders.create(params) do
    {:ok, order} ->
      json(conn, order)

    {:error, reason} ->
      Logger.error("order_create_failed", reason: inspect(reason))
      conn |> put_status(500) |> json(%{error: "Internal error"})
  end
end`,
      project: { before: "alias Shop.Orders" },
    },
    {
      language: "python",
      bad: `@app.get("/orders/<id>")
def order(id):
    try:
        return jsonify(find(id))
    except Exception as e:
        return jsonify({"error": str(e)}), 500`,
      good: `@app.get("/orders/<id>")
def order(id):
    try:
        return jsonify(find(id))
    except Exception:
        log.exception("order_read_failed")
        return jsonify({"error": "Internal error"}), 500`,
    },
  ],
  references: [
    {
      title: "CWE-209: Generation of Error Message Containing Sensitive Information",
      url: "https://cwe.mitre.org/data/definitions/209.html",
    },
    { title: "OWASP Error Handling Cheat Sheet", url: "https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html" },
  ],
  limits: [
    "A message that is answered with 4xx is not reported: most say what was wrong with the request.",
    "A whole error that is written as JSON is reported only where the language writes its message or stack.",
    "Code behind a test of the mode (NODE_ENV, DEBUG, IsDevelopment) is taken to be for developers.",
    "What a template reads of an error that it is given is not followed.",
  ],
};
