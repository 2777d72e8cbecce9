/** What must pass unharmed: names and values of ordinary logs that careless redaction blanks. */

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Members by name and value, one a line: `name value`. */
export const ordinaryMembers: readonly (readonly [name: string, value: string])[] = lines(`
  tokenCount 1532
  token_count 12
  tokensUsed 4096
  maxTokens 8192
  max_tokens 1000
  totalTokens 77
  promptTokens 1200
  completion_tokens 300
  nextPageToken CAUQAA
  next_page_token EAAaBlBUOkNESQ
  pageToken CDIQAA
  continuationToken 1!48!MDAwMDAx
  paginationToken abc123
  nextToken AAMAopaque
  syncToken CPDAlvWDx70CEPDAlvWDx70CGAU
  passwordChangedAt 2026-11-21T10:00:00.000Z
  password_changed_at 2026-11-21
  passwordLastChanged 2025-01-01
  lastPasswordChangeDate 2025-01-01
  passwordExpiresAt 2027-01-01T00:00:00Z
  passwordExpiryDays 90
  password_expired no
  hasPassword yes
  has_password 1
  requiresPassword optional
  isPasswordSet true
  passwordField #login-password
  passwordFieldName passwd
  passwordPolicy at-least-12
  password_strength strong
  passwordScore 4
  passwordLength 14
  minPasswordLength 12
  passwordAlgorithm argon2id
  passwordHashAlgorithm scrypt
  passwordManager bitwarden
  passwordless enabled
  passwordStatus expired
  passwordAttempts 3
  passwordPlaceholder Enter-it-here
  secretArn arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1y2z3
  secretName prod/db/main
  secret_name shop-tls
  secretVersion 7
  secretStore vault
  secretPath kv/data/shop
  secretKeyRef shop-db
  secretManager aws
  tokenId tok_1042
  token_id 77
  tokenid t-8831
  tokenType Bearer
  token_type access
  tokenName deploy-bot
  tokenExpiry 3600
  tokenExpiresIn 3600
  token_expires_at 1732232323
  tokenIssuer https://id.example.com
  tokenAudience shop
  tokenScope read:orders
  tokenStatus revoked
  tokenEndpoint https://id.example.com/oauth/token
  token_url https://id.example.com/oauth/token
  tokenLifetime 900
  tokenSource header
  tokenVersion 3
  tokenUse access
  tokenLimit 128000
  tokenBucket api-default
  tokenizer cl100k_base
  tokenization bpe
  designToken color.primary
  publicKey MCowBQYDK2VwAyEA
  public_key ssh-ed25519
  publicKeyId k-17
  public_key_id k1
  publishableKey pk_test_51H
  keyId 9f86d081
  key_id k-9
  kid 2026-11
  keyName deploy
  accessKeyId key-17
  apiKeyId ak_19
  api_key_name ci
  apiKeyName reporting
  apiKeyCreatedAt 2026-10-02
  apiKeyScopes orders:read
  privateKeyPath /etc/ssl/private/shop.pem
  encryptionKeyId 1234abcd-12ab-34cd-56ef-1234567890ab
  encryptionKeyVersion 4
  sshKeyFingerprint SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
  keyboard qwertz
  keyboardLayout de-CH
  monkey capuchin
  keyword shoes
  keywords red,blue
  primaryKey id
  foreign_key user_id
  partitionKey tenant#42
  sortKey 2026-11
  idempotencyKey 5f2b8f2e-0d2c-4a53-9d4a-2f4b0a6f7c11
  cacheKey user:42:profile
  key theme
  author Jane-Doe
  authors Jane,Joe
  authority https://login.example.com
  authenticated true
  authentication required
  authn_method webauthn
  authMethod password
  auth_method totp
  authType oauth2
  authProvider google
  authLevel 2
  authorizationUrl https://id.example.com/authorize
  authorization_endpoint https://id.example.com/authorize
  authorizationDecision deny
  authorizationStatus granted
  authorizedBy u-7
  authz_decision permit
  oauthProvider github
  ip_address 203.0.113.7
  ipAddress 2001:db8::7
  emailAddress jane@example.com
  address 12-Main-Street
  remoteAddr 198.51.100.23
  sessionCount 4
  sessionDuration 1800
  session_duration_ms 18000
  sessionTimeout 900
  sessionHash 3b1f8d40c6f2a9e77d10e2c9b6a4f5d1
  session_hash 3b1f8d40c6f2a9e77d10e2c9b6a4f5d1
  sessionStart 2026-11-21
  sessionStore redis
  cookieConsent accepted
  cookieName sid
  cookiePolicy strict
  cookieDomain example.com
  cookieExpires 2027
  cookiesAccepted yes
  credentialId AZIKvJ0cNQ
  credentialType public-key
  credentialProvider aws-sso
  otpMethod sms
  otpEnabled yes
  otpLength 6
  otpAttempts 2
  otp_channel email
  mfaMethod totp
  mfaEnabled true
  mfa_required yes
  pinCount 3
  pinned yes
  pinnedAt 2026-11-21
  spinner dots
  shippingAddress Elm-5
  mapping default
  opinion positive
  compass north
  passengerCount 3
  passage 2
  bypass no
  compassion high
  passed 12
  passing yes
  secretary Joan
  secretariat Geneva
  cardType visa
  cardBrand mastercard
  card_last4 4242
  cardExpiry 12/29
  cardId card_1Nv0FG2eZvKYlo2C
  cardholder yes
  cardCount 2
  discard true
  ssnRequired no
  taxRate 0.19
  taxIdType eu_vat
  hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  md5 d41d8cd98f00b204e9800998ecf8427e
  fileHash da39a3ee5e6b4b0d3255bfef95601890afd80709
  checksum crc32c=AAAAAA==
  etag W/"33a64df551425fcc55e4d42a148795d9f25f89d4"
  integrity sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC
  commit da39a3ee5e6b4b0d3255bfef95601890afd80709
  signatureValid yes
  signature_algorithm RS256
  code E1042
  errorCode TOKEN_EXPIRED
  error_code invalid_grant
  statusCode 401
  countryCode NL
  zipCode 90210
  zip 1012AB
  currencyCode EUR
  promoCode SPRING26
  discount_code WELCOME10
  barcode 4006381333931
  ean 9780306406157
  isbn 978-3-16-148410-0
  sku ABC-12345-XL
  orderId 100045213
  order_number 2026-000123
  orderNumber ORD-20261121-0042
  invoice_number INV-2026-1103
  trackingNumber 1Z999AA10123456784
  tracking_code RR123456785CN
  amazonOrderId 113-7730264-4529800
  requestId 7b1f9d0e-3a55-4ba3-9b1e-0c8a1cf2d6a9
  correlation_id 01JD5Z3C2M8Q7N6P5R4S3T2V1W
  ulid 01ARZ3NDEKTSV4RRFFQ69G5FAV
  nanoid V1StGXR8_Z5jdHi6B-myT
  objectId 507f1f77bcf86cd799439011
  snowflake 1175928847299117063
  traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
  trace_id 4bf92f3577b34da6a3ce929d0e0e4736
  span_id 00f067aa0ba902b7
  timestamp 1732232323000
  timestampNs 1732232323000000000
  phone +1-202-555-0143
  mobile 0612345678
  tel +31201234567
  fax 020-123-4567
  version 126.0.6478.127
  build 20261121.4
  user_agent Mozilla/5.0(X11;Linux)AppleWebKit/537.36
  macAddress 00:1B:44:11:3A:B7
  uuid 123e4567-e89b-12d3-a456-426614174000
  customerId cus_NffrFeUfNV2Hib
  paymentIntent pi_3MtwBwLkdIwHu7ix28a3tqPa
  stripeAccount acct_1032D82eZvKYlo2C
  accountId 123456789012
  account_number_format iban
  subscription sub_1MowQVLkdIwHu7ixeRlqHVzs
  bucket my-bucket-2026
  s3Key uploads/2026/11/21/cat.png
  objectKey invoices/2026/INV-1.pdf
  registryKey HKLM-Software-Shop
  translationKey login.password.label
  messageKey errors.token.expired
  routingKey orders.created
  licensePlate AB-123-CD
  latitude 52.379189
  longitude 4.899431
  price 1299.99
  iso 2026-11-21T10:11:12.131Z
  cron 0_3_*_*_*
  mimeType application/vnd.openxmlformats-officedocument.wordprocessingml.document
  locale en-GB
  color #ff8800
  csrfEnabled true
  xsrfCookieName XSRF-TOKEN
  inputname q
  fields password,email
  changedFields password
  attributes password,name
  missing password
  field password
  reason bad_password
  scope openid-profile-email
  entitlements token:read
  permission secrets.read
  resource secrets/db
  action rotate_secret
  event authn_password_change
  factor totp
  recoveryCodesRemaining 7
  recoveryCodeCount 10
  apiKeyCount 2
  serialNumber C02XK1ABJG5H
  imei_check passed
  vin 1HGCM82633A004352
`).map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)] as const);

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
