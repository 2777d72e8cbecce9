/** Where the address of a client is taken from. */
export type ClientAddress =
  /** The connection's own, rewritten by a plug of the endpoint where a proxy stands before it. */
  | { readonly from: "connection"; readonly by?: string }
  /** A header that the application itself already believes. */
  | { readonly from: "header"; readonly name: string };

/** The security log of an application: a plug that knows the client, and a function that writes an event. */
export function securityLog(namespace: string, address: ClientAddress): string {
  return `defmodule ${namespace}.SecurityLog do
  @moduledoc """
  Security events: who did what, how it ended, from where.

  As a plug it puts the client's address and agent into the metadata of \`Logger\`, beside the request ID that is there
  already: what the request writes later carries them. \`record/2\` writes an event.
  """
  @behaviour Plug

  require Logger

  # Names of details that never are written, whatever stands in them.
  @secret ~w(password password_hash current_password secret token access_token refresh_token api_key otp code cookie authorization)a
  @failure ~r/(?:fail|failure|denied|lock|invalid|reuse|exceeded)/
${address.from === "header" ? headerAttribute(address.name) : ""}
  @impl true
  def init(opts), do: opts

  @impl true
  def call(conn, _opts) do
    Logger.metadata(client_ip: client_ip(conn), user_agent: header(conn, "user-agent"))
    conn
  end

  @doc """
  Writes an event.

      SecurityLog.record("authn_login_fail", actor: email, reason: :bad_password)
  """
  def record(event, details \\\\ []) do
    details = Enum.reject(details, fn {name, value} -> name in @secret or is_nil(value) end)
    level = if event =~ @failure, do: :warning, else: :info
    Logger.log(level, fn -> message(event, details) end, [event: event] ++ details)
  end

  # Values are inspected: a line break in one does not start another record.
  defp message(event, details) do
    seen = Keyword.take(Logger.metadata(), [:client_ip, :request_id])

    Enum.map_join([event: event] ++ details ++ seen, " ", fn {name, value} ->
      "#{name}=#{inspect(value)}"
    end)
  end

${address.from === "header" ? fromHeader() : fromConnection(address.by)}
  defp header(conn, name), do: conn |> Plug.Conn.get_req_header(name) |> List.first()
end
`;
}

function headerAttribute(name: string): string {
  return `  # The application takes the client's address from this header; its proxy must set it, and replace what the client sends.
  @client_ip_header ${JSON.stringify(name)}
`;
}

function fromHeader(): string {
  return `  # Of several addresses the last one is what the nearest proxy saw; those before it are what it was told.
  defp client_ip(conn) do
    case header(conn, @client_ip_header) do
      nil -> remote_ip(conn)
      value -> value |> String.split(",") |> List.last() |> String.trim()
    end
  end

  defp remote_ip(conn), do: conn.remote_ip |> :inet.ntoa() |> to_string()
`;
}

function fromConnection(by: string | undefined): string {
  const why =
    by === undefined
      ? "  # No proxy is trusted here: the address is that of the connection. Behind one, plug Plug.RewriteOn in the endpoint."
      : `  # ${by} has put the client's address in the place of the proxy's.`;
  return `${why}
  defp client_ip(conn), do: conn.remote_ip |> :inet.ntoa() |> to_string()
`;
}
