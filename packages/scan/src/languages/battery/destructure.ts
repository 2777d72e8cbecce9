function register(params) {
  const { email, password: secret } = params;
  const [first, second] = split(email);
  return create(first, second, secret);
}
