import type { SecretKind } from "./names.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Last words that turn a sensitive-looking name into one that says something about a secret: `tokenCount`, `passwordChangedAt`,
 * `secretArn`, `passwordField`, `keyId`. English puts the head of a compound last, so the last word decides.
 * Digits at the end of a word are gone before it is looked up (`last4`, `sha256`).
 */
export const harmlessHeads: readonly string[] = words(`
  action actions activity age alg algo algorithm algorithms alert arn at attempt attempts attribute audience audit average
  banner bits browser budget bytes
  cache category changed class client column component config configuration consent controller cost count counter counts country created
  date days deadline deleted device dir disabled domain duration
  enabled encoder encoding endpoint engine entropy error errors event events exceeded exists exp expiration expired expires expiry
  factory failed failure failures field fields file filename fingerprint flag flags flow form format
  generated generator grant group guard guidelines
  handler history hook hours httponly
  id ids identifier identity index info ip issued issuer
  kid kind kinds
  label language last len length lengths level lifetime limit limits list location log logprobs
  manager match matches max message method methods middleware min minutes mismatch missing mode model ms
  name names namespace
  offset option options order owner
  page parser path placeholder plan platform policies policy position preferences present price prob probability protection provider providers
  queue quota
  rate reason reasons ref reference region registry repository required requirement requirements result retries revoked role rotated rotation row rule rules
  samesite schema scheme scope scopes score screen seconds secure selector service set settings setup size source state status store
  storage strategy strength support supported system
  table target template thumbprint timeout timestamp title total tries ttl type types
  unit updated uri url usage use used user username users uses
  valid validation validator validity vendor verified version versions view violation
  warning weight window
`);

/** Words of {@link harmlessHeads} that save nothing of these kinds: half of a government number is still one, a link holds the code. */
export const harmlessHeadExceptions: Partial<Record<SecretKind, readonly string[]>> = {
  password: words("fingerprint thumbprint last set list"),
  otp: words("uri url last list"),
  recovery_code: words("last list set"),
  government_id: words("last id list"),
  cookie: words("list set store storage"),
  key: words("last set list"),
  token: words("list set"),
};

/** Last words that are harmless behind a harmless one: `tokenExpiresIn`, `tokenErrorCode`. */
export const trailingWords: readonly string[] = words("in code by for to from");

/** Behind `password` these are still the secret or its hash, behind anything else they are no secret: a hash of a random token tells nothing. */
export const digestHeads: readonly string[] = words("hash hashes digest sha md checksum hmac etag");

/** Kinds whose hash must not be logged: few enough values that the hash can be turned back. */
export const guessableKinds: readonly SecretKind[] = ["password", "otp", "recovery_code", "card", "bank_account", "government_id", "hash"];

/** Words behind a sensitive name that leave it sensitive, whatever its reach. */
export const neutralTails: readonly string[] = words(`
  value values val text string str raw plain plaintext cleartext clear confirm confirmation repeat again new old current previous prev
  original encrypted enc base hex header headers param parameter input data body env content
`);

/** First words that make a name a question or a measure: `hasPassword`, `maxTokens`. */
export const harmlessFirstWords: readonly string[] = words(`
  has had is was are needs must can should requires require required supports allow allows max min num total number public publishable
`);

/** Words that are written without a sign before a short sensitive name: `userotp`, `newpin`. Longer names need none of them to be found. */
export const gluedPrefixes: readonly string[] = words(`
  account acct admin api app auth card client code confirm current customer cust cc db debit credit employee enc encrypted hashed http
  login mail member my new old owner person prev raw reset smtp temp tmp the totp two user usr web x your
`);

/**
 * Endings of names that stay although they look sensitive: tokens of public paging, parts of text that language models and parsers call
 * tokens, names that are about keys, and what security events must say.
 */
export const allowedNames: readonly string[] = `
  next token, page token, next page token, prev page token, previous page token, continuation token, pagination token, paging token,
  sync token, next sync token, cursor token, resume token, design token, stop token, eos token, bos token, pad token, unk token,
  cancellation token, public key, public key id, key id, token id, access key id, session hash, session ref,
  token use, cookie name, session name, session duration, session count, session user, pin count, authorization url,
  authorization endpoint, secret manager, secrets manager, password manager, password hasher, password encoder, token bucket,
  passwordless, secretary, secretariat, tokenizer, tokenization, tokenized, tokenize, secretless, pass through, passthrough, key pair id,
  key pair name, password reset requested, password reset completed, accepts cookies, cookies accepted, credential id, credential type,
  webauthn credential id, security code check, postal pin
`
  .trim()
  .split(/\s*,\s*/);

/** Fields of security events that careless patterns (`/key/i`, `/auth/i`, `/address/i`, `/token/i`) blank. A test holds each of them harmless. */
export const fieldsOfSecurityEvents: readonly string[] = words(`
  ip_address source_ip remote_addr client_ip address email_address author authors authority authenticated authentication authn_method
  auth_method auth_type auth_provider authz_decision authorized authorizationDecision keyboard monkey keyword keywords primary_key foreign_key
  partition_key sort_key idempotency_key key key_id kid public_key public_key_id public_key_fingerprint fingerprint tokenid token_id
  token_type token_count jti session_hash session_count session_duration userid onuserid newuserid user_id username user_agent useragent
  request_id trace_id span_id correlation_id code error_code status_code reason_code zip_code country_code currency_code hash sha256 file_hash
  checksum etag signature_valid certificate serial_number issuer subject audience scope entitlements role permission resource object
  account account_id account_name tenant organization compass compassion passage passenger passport_control bypass secretary spinner pinned
  shipping_pin_location opinion mapping shopping cookie_consent
`);
