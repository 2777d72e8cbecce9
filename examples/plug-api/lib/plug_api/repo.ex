defmodule PlugApi.Repo do
  use Ecto.Repo, otp_app: :plug_api, adapter: Ecto.Adapters.Postgres
end
