def register(params)
  params => {email: email, password: secret}
  first, second = split(email)
  create(first, second, secret)
end
