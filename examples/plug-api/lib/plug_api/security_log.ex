defmodule PlugApi.SecurityLog do
  @moduledoc "Writes what somebody will ask about later: what happened, who did it, from where."
  import Plug.Conn
  require Logger

  def event(conn, name, details \\ []) do
    Logger.warning("security event #{name}",
      event: name,
      path: conn.request_path,
      ip: to_string(:inet.ntoa(conn.remote_ip)),
      user_agent: List.first(get_req_header(conn, "user-agent")),
      details: details
    )
  end
end
