defmodule PlugApi.User do
  use Ecto.Schema
  import Ecto.Changeset

  schema "users" do
    field :email, :string
    field :role, :string, default: "reader"
    field :password_hash, :string
    timestamps()
  end

  def role_changeset(user, role) do
    user
    |> change(role: role)
    |> validate_inclusion(:role, ["reader", "editor", "admin"])
  end

  def password_changeset(user, password) do
    change(user, password_hash: Bcrypt.hash_pwd_salt(password))
  end
end
