defmodule PlugApi.Auth do
  alias PlugApi.{Repo, Token, User}

  def verify(email, password) do
    user = Repo.get_by(User, email: email)

    cond do
      user == nil ->
        Bcrypt.no_user_verify()
        {:error, :unknown_user}

      Bcrypt.verify_pass(password, user.password_hash) ->
        {:ok, user}

      true ->
        {:error, :bad_password}
    end
  end

  def change_password(user, current, wanted) do
    with {:ok, user} <- verify(user.email, current) do
      user |> User.password_changeset(wanted) |> Repo.update()
    end
  end

  def change_role(user, role), do: user |> User.role_changeset(role) |> Repo.update()

  def delete_user(id), do: User |> Repo.get!(id) |> Repo.delete()

  def create_api_token(user, label) do
    value = Base.url_encode64(:crypto.strong_rand_bytes(32))
    Repo.insert(%Token{user_id: user.id, label: label, value: value})
  end

  def revoke_api_token(user, id), do: Token |> Repo.get_by!(id: id, user_id: user.id) |> Repo.delete()

  def fetch_user(id), do: Repo.get(User, id)
end
