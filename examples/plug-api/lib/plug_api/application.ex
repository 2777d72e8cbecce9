defmodule PlugApi.Application do
  use Application

  @impl true
  def start(_type, _args) do
    children = [PlugApi.Repo, {Bandit, plug: PlugApi.Router, port: 4000}]
    Supervisor.start_link(children, strategy: :one_for_one, name: PlugApi.Supervisor)
  end
end
