import { LOGGING_CHEAT_SHEET, type RuleFacts } from "./facts.ts";

export const debugOnlySecurityLog: RuleFacts = {
  id: "debug-only-security-log",
  title: "A security record exists only at a level that production drops",
  cwe: [778],
  asvs: ["16.3.1"],
  finds:
    "A sensitive outcome whose only line is at debug or trace level, or below the level that the project's production configuration writes, where that is a literal. It takes the place of the finding that the outcome leaves no record: the line is there, only its level is wrong.",
  matters:
    "The line is there on every developer's machine and in every test, so nobody misses it until the day it is needed. Teams that debug a takeover then find that production has written warnings only, and that every login of the last year was logged at a level that was thrown away.",
  examples: [
    {
      language: "js",
      bad: `app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  logger.debug({ event: "user_deleted", actor: req.user.id, target: req.params.id });
  res.sendStatus(204);
});`,
      good: `app.delete("/users/:id", async (req, res) => {
  await db.user.delete({ where: { id: req.params.id } });
  logger.info({ event: "user_deleted", actor: req.user.id, target: req.params.id });
  res.sendStatus(204);
});`,
    },
    {
      language: "elixir",
      bad: `# config/prod.exs
import Config

config :logger, level: :warning

# lib/shop_web/controllers/user_controller.ex
defmodule ShopWeb.UserController do
  use Phoenix.Controller
  require Logger

  def delete(conn, %{"id" => id}) do
    Shop.Accounts.delete_user(id)
    Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id)
    send_resp(conn, 204, "")
  end
end`,
      good: `# config/prod.exs
import Config

config :logger, level: :info

# lib/shop_web/controllers/user_controller.ex
defmodule ShopWeb.UserController do
  use Phoenix.Controller
  require Logger

  def delete(conn, %{"id" => id}) do
    Shop.Accounts.delete_user(id)
    Logger.info("user_deleted", actor: conn.assigns.current_user.id, target: id)
    send_resp(conn, 204, "")
  end
end`,
    },
    {
      language: "python",
      bad: `@app.post("/login")
def login():
    user = User.query.filter_by(email=request.form["email"]).first()
    if user is None or not user.check_password(request.form["password"]):
        logger.debug("login failed for %s", request.form["email"])
        return {"error": "wrong password"}, 401
    session["user_id"] = user.id
    logger.info("%s logged in", user.email)
    return "", 204`,
      good: `@app.post("/login")
def login():
    user = User.query.filter_by(email=request.form["email"]).first()
    if user is None or not user.check_password(request.form["password"]):
        logger.warning("login failed for %s", request.form["email"])
        return {"error": "wrong password"}, 401
    session["user_id"] = user.id
    logger.info("%s logged in", user.email)
    return "", 204`,
    },
  ],
  references: [LOGGING_CHEAT_SHEET],
  limits: [
    "A level that comes from the environment of the deployment is not seen; where the source names none, info and above is taken for what production writes.",
    "Where only some of the silent outcomes of a handler have such a line, the handler is reported as silent.",
  ],
};
