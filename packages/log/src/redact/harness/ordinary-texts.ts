/** What must pass unharmed: texts of ordinary logs that careless redaction blanks. */

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Texts of ordinary logs. */
export const ordinaryTexts: readonly string[] = lines(`
  Login of jane failed: bad password
  Login of jane failed: bad password (attempt 3 of 5)
  password reset requested for jane@example.com
  Password changed
  Password: required
  password: must be at least 12 characters
  password is required
  password is too short
  The password was changed by an administrator
  Invalid token: expired
  token: expired
  token expired at 2026-11-21T10:00:00Z
  Invalid or expired token
  jwt malformed
  JsonWebTokenError: invalid signature
  invalid token
  Bearer token missing
  bearer authentication required
  Basic authentication failed for jane
  basic plan selected
  Authorization: denied
  authorization: missing
  session: expired
  Session 4 of 5 closed
  cookie: missing
  Unexpected token < in JSON at position 0
  secret: not found
  No API key was sent
  API key revoked by jane
  api key: missing
  Token count 1532 of 128000
  tokens: 1532
  max_tokens=4096
  tokens=88, cost=0.02
  used 1200 tokens in 3.2 s
  next page token missing
  Order 100045213 shipped
  Order 2026-000123 paid
  Order 113-7730264-4529800 delivered
  Invoice INV-2026-1103 of 2026-11-21
  Tracking 1Z999AA10123456784 with UPS
  GET /users/42/orders 200 in 12 ms
  GET /api/v1/orders?page=2&limit=50&sort=-created
  GET /search?q=red+shoes&lang=en
  GET /oauth/authorize?response_type=code&client_id=shop&scope=openid%20profile
  POST /password/reset 204
  POST /oauth/token 400
  PUT /users/7b1f9d0e-3a55-4ba3-9b1e-0c8a1cf2d6a9/password
  https://example.com/path/to/page#section-2
  https://example.com:8443/a?b=c
  https://example.com/a@b/c
  https://maps.example.com/@52.37,4.89,12z
  postgres://db.internal:5432/shop
  redis://cache:6379/0
  mongodb://a.example.com:27017,b.example.com:27017/shop?replicaSet=rs0
  ssh://git@github.com/org/repo.git
  git@github.com:org/repo.git
  mailto:jane@example.com
  jane@example.com logged in from 203.0.113.7
  connect ECONNREFUSED 127.0.0.1:5432
  getaddrinfo ENOTFOUND db.internal
  listening on http://localhost:3000
  Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36
  Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0
  Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1
  curl/8.5.0
  PostmanRuntime/7.39.0
  okhttp/4.12.0
  python-requests/2.32.3
  Googlebot/2.1 (+http://www.google.com/bot.html)
  at Object.<anonymous> (/srv/shop/src/auth/password.ts:12:34)
  at TokenService.verify (/srv/shop/dist/token.service.js:88:11)
  at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
  Error: Cannot find module './session'
  TypeError: Cannot read properties of undefined (reading 'token')
  ReferenceError: password is not defined
  duplicate key value violates unique constraint "users_email_key"
  Key (email)=(jane@example.com) already exists.
  null value in column "password_hash" violates not-null constraint
  select id, name from users where id = $1
  insert into orders (id, total) values ($1, $2)
  time=2026-11-21T10:11:12Z level=info msg="started" port=3000
  level=warn component=auth action=login result=failure
  user=jane role=admin ip=203.0.113.7
  retry 3/5 in 200 ms
  12:30:45.123 done
  2026-11-21 10:11:12,131 INFO started
  [2026-11-21T10:11:12.131Z] info: ready
  {"orderId":100045213,"status":"paid","total":12.5}
  {"user":{"id":42,"name":"Jane"},"tags":["a","b"]}
  ["password","email"]
  [1,2,3]
  {"tokenCount":3,"nextPageToken":"CAUQAA"}
  {"a":1.0,"b":12345678901234567890}
  {broken json: yes
  build 20261121.4 of main@da39a3ee5e6b4b0d3255bfef95601890afd80709
  sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  sha512-9NK0SGlfWeWvUyHVmXDjQwEyqGXZ0gBAeMRVbXhTYxTqFMtxGsdAuwZbPKqyFSYcGUWSvTKZ2FtDFBnTSNaCNQ
  ssh-ed25519 SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
  -----BEGIN CERTIFICATE-----
  -----BEGIN PUBLIC KEY-----
  arn:aws:iam::123456789012:user/jane
  arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1y2z3
  projects/shop-123/secrets/db/versions/4
  vault:secret/data/shop#password
  vault kv get secret/shop
  kubectl get secret shop-tls
  npm install @telltale/log
  docker run -p 8080:80 nginx:1.27
  node --max-old-space-size=4096 server.js
  git commit -m fix
  --verbose --color always
  100 % of 3 files
  50%25 off
  caf%C3%A9
  q=caf%C3%A9%20au%20lait
  name=J%C3%B6rg&city=K%C3%B6ln
  data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ
  SGVsbG8sIHdvcmxkISBUaGlzIGlzIGZpbmUu
  eyJvcmRlciI6MTIzLCJzdGF0dXMiOiJwYWlkIn0=
  W/"33a64df551425fcc55e4d42a148795d9f25f89d4"
  multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW
  text/html; charset=utf-8
  max-age=31536000; includeSubDomains
  default-src 'self'; script-src 'nonce-abc'
  Content-Type: application/json
  X-Request-Id: 7b1f9d0e-3a55-4ba3-9b1e-0c8a1cf2d6a9
  Accept: text/html,application/xhtml+xml
  Retry-After: 120
  lat: 52.379189, lon: 4.899431
  temperature: 21.5
  ratio 16:9
  note: the pin was moved
  map pin: blue
  Subject: your order
  secretary: Joan
  keyboard: qwertz
  author: Jane
  status: ok
  phone +1-202-555-0143
  phone 020 123 4567
  call 612 345 678
  +31 6 12345678
  ISBN 978-3-16-148410-0
  EAN 4006381333931
  VIN 1HGCM82633A004352
  licence plate AB-123-CD
  MAC 00:1B:44:11:3A:B7
  2001:db8:85a3::8a2e:370:7334
  build-2026-11-21-1042-release-candidate-3
  feature-flag-new-checkout-flow-enabled
  this-is-a-long-kebab-case-identifier-for-a-component
  THIS_IS_A_LONG_CONSTANT_NAME_FOR_SETTINGS
  aVeryLongCamelCaseIdentifierThatIsNotSecret
  com.example.shop.auth.PasswordResetService
  Token::Expired
  Ada::Security::PasswordPolicy
  /var/lib/shop/uploads/2026/11/21/cat.png
  /usr/local/lib/node_modules/express/lib/router/index.js
  C:\\\\Users\\\\jane\\\\shop\\\\password.txt
  price: EUR 1.299,99
  IBAN checked
  account 123456789012
  $2 off
  cost: $12.50
  1732232323000
  1175928847299117063
  0x1f8b0800000000
  507f1f77bcf86cd799439011
  01ARZ3NDEKTSV4RRFFQ69G5FAV
  cus_NffrFeUfNV2Hib pi_3MtwBwLkdIwHu7ix28a3tqPa
  crontab 0 3 * * *
  日本語のログ
  Пароль изменён
  emoji 👍 ok
`);
