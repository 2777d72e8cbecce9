defmodule PlugApi.AccountRouter do
  use Plug.Router
  require Logger

  alias PlugApi.Auth

  plug PlugApi.Authenticate
  plug :match
  plug :dispatch

  # A wrong current password is the sign of a stolen session, and it is not kept.
  put "/password" do
    user = conn.assigns.user

    case Auth.change_password(user, conn.params["current"], conn.params["password"]) do
      {:ok, user} ->
        Logger.info("password changed", event: "authn_password_change", user_id: user.id)
        send_resp(conn, 204, "")

      {:error, :bad_password} ->
        send_resp(conn, 401, "wrong password")

      {:error, %Ecto.Changeset{}} ->
        send_resp(conn, 422, "choose a longer password")
    end
  end

  post "/tokens" do
    user = conn.assigns.user
    {:ok, token} = Auth.create_api_token(user, conn.params["label"])
    Logger.info("API token created", event: "authn_token_created", actor: user.id, target: token.id)
    send_resp(conn, 201, token.value)
  end

  delete "/tokens/:id" do
    user = conn.assigns.user
    {:ok, _token} = Auth.revoke_api_token(user, id)
    Logger.debug("token #{id} revoked")
    send_resp(conn, 204, "")
  end

  match _ do
    send_resp(conn, 404, "not found")
  end
end
