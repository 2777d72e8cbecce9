defmodule PlugApi.Router do
  use Plug.Router

  alias PlugApi.{Auth, Repo, SecurityLog, User}

  plug Plug.Parsers, parsers: [:json], json_decoder: Jason

  plug Plug.Session,
    store: :cookie,
    key: "_plug_api",
    signing_salt: "a3f9"

  plug :fetch_session
  plug :match
  plug :dispatch

  # Both outcomes are written down.
  post "/session" do
    case Auth.verify(conn.params["email"], conn.params["password"]) do
      {:ok, user} ->
        SecurityLog.event(conn, "authn_login_success", user_id: user.id)
        conn |> put_session(:user_id, user.id) |> send_resp(200, "welcome")

      {:error, reason} ->
        SecurityLog.event(conn, "authn_login_fail", email: conn.params["email"], reason: reason)
        send_resp(conn, 401, "wrong e-mail or password")
    end
  end

  # Nobody will ever know who tried.
  post "/api/v1/login" do
    case Auth.verify(conn.params["email"], conn.params["password"]) do
      {:ok, user} -> conn |> put_session(:user_id, user.id) |> send_resp(200, "welcome")
      {:error, _reason} -> send_resp(conn, 401, "wrong e-mail or password")
    end
  end

  delete "/session" do
    conn |> configure_session(drop: true) |> send_resp(204, "")
  end

  put "/users/:id/role" do
    admin = Auth.fetch_user(get_session(conn, :user_id))

    if admin.role == "admin" do
      {:ok, user} = id |> Auth.fetch_user() |> Auth.change_role(conn.params["role"])
      SecurityLog.event(conn, "authz_change", actor: admin.id, target: user.id, role: user.role)
      send_resp(conn, 204, "")
    else
      SecurityLog.event(conn, "authz_fail", actor: admin.id, target: id)
      send_resp(conn, 403, "administrators only")
    end
  end

  delete "/users/:id" do
    {:ok, _user} = Auth.delete_user(id)
    send_resp(conn, 204, "")
  end

  get "/users/export" do
    rows = User |> Repo.all() |> Enum.map_join("\n", &"#{&1.email};#{&1.role}")
    conn |> put_resp_content_type("text/csv") |> send_resp(200, rows)
  end

  forward "/account", to: PlugApi.AccountRouter

  get "/articles/:id" do
    send_resp(conn, 200, Jason.encode!(%{id: id}))
  end

  get "/health" do
    send_resp(conn, 200, "ok")
  end

  match _ do
    send_resp(conn, 404, "not found")
  end
end
