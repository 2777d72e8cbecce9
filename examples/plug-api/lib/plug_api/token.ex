defmodule PlugApi.Token do
  use Ecto.Schema

  schema "api_tokens" do
    field :label, :string
    field :value, :string
    field :user_id, :integer
    timestamps()
  end
end
