defmodule PlugApi.Authenticate do
  @behaviour Plug
  import Plug.Conn

  alias PlugApi.Auth

  @impl true
  def init(options), do: options

  @impl true
  def call(conn, _options) do
    case get_session(conn, :user_id) do
      nil -> conn |> send_resp(401, "please sign in") |> halt()
      id -> assign(conn, :user, Auth.fetch_user(id))
    end
  end
end
