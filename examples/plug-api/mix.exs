defmodule PlugApi.MixProject do
  use Mix.Project

  def project do
    [
      app: :plug_api,
      version: "0.1.0",
      elixir: "~> 1.15",
      deps: deps()
    ]
  end

  def application do
    [extra_applications: [:logger], mod: {PlugApi.Application, []}]
  end

  defp deps do
    [
      {:bandit, "~> 1.5"},
      {:bcrypt_elixir, "~> 3.1"},
      {:ecto_sql, "~> 3.12"},
      {:jason, "~> 1.4"},
      {:plug, "~> 1.16"},
      {:postgrex, "~> 0.19"}
    ]
  end
end
