/** Words around a name that say that it is no secret, although it is called like one. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What stands before the last dot: members of these are texts about the secret, names of fields, addresses of pages, types. */
export const ABOUT = words(`
  error errors i18n t translations translation messages message labels label strings texts fields field columns types type schema validators
  validator rules constants consts routes paths urls endpoints enums locale placeholders titles descriptions permissions scopes events
  features flags metrics usage stats limits permission errmsg errs invalid touched dirty
`);

/** Last words of a name that say that the value is something about it. In addition to what the vocabulary says of whole names. */
export const HARMLESS_OWN =
  /(?:^|[a-z_.])(?:ids?|uuid|Ids?|Uuid|name|Name|type|Type|count|Count|length|Length|size|Size|status|Status|email|Email|username|userName|Username|exp|expiry|expires_?at|createdAt|created_at|updatedAt|iat|level|index|code|statusCode|message|msg|reason|url|path|method|kind|title|description|enabled|valid|role|roles|scope|scopes|label|sub|iss|aud|jti|kid|alg|now|date|time|timestamp)$/;

/** Names of functions that look for, check or change a secret: what they give is no secret. */
export const NOT_GIVING = words(`
  verify validate check is has can should must match compare equals assert ensure require revoke delete remove destroy invalidate expire clear
  reset update save store set put persist insert register send deliver mail notify email handle process authenticate login logout sign_in
  signin authorize change rotate refresh consume use apply test count log print record track use on emit dispatch trigger show render add
  configure setup init initialize enable disable toggle forgot request resend confirm submit approve reject list search query parse
  tokenize lex scan peek next advance skip expect eat find lookup exists upsert
`);

/** Roots of paths that hold secrets as constants: others that begin with a capital are types and lists of names. */
export const SETTINGS =
  /^(?:config|settings|env|conf|secrets?|rails|application|system|environment|app|credentials|constants|keys|options|globals|process|enviroment|django|current_app|figaro|setting)/i;

/** Types of which a printed value holds nothing secret. */
export const MASKING_TYPES = words(`
  SecretStr SecretBytes Secret SecretString SecretBox SecretVec Redacted Sensitive Zeroizing SensitiveString Masked GuardedString
  SecureString RedactedString SecretValue Obscured bool boolean Boolean int Int Integer integer long Long number Number float double
  usize u8 u16 u32 u64 i8 i16 i32 i64 int32 int64 uint uint64 uint32 Date DateTime Instant Duration timedelta datetime time.Time
  CancellationToken Enum SyntaxToken JsonToken Lexeme
`);

/** Types whose values are text, so that a name says all of them; what else has a type is looked into. */
export const TEXT_TYPES =
  /^(?:string|String|str|text|char\[\]|byte\[\]|Buffer|bytes|\[\]byte|CharSequence|&str|any|Any|unknown|object|Object|dynamic|var|mixed|Optional|Option|null|Some|Nullable|std.string|Uint8Array|interface\{\}|Array|List|Vec|Union|Promise|String\.t)$/;

/** Files in which a token is a piece of text: parsers, highlighters, language models, style sheets. */
export const TOKENS_OF_TEXT =
  /(?:^|[/._-])(?:lexer|lex|lexical|parser|parse|parsing|tokeni[sz]er|tokens?[_-]?stream|grammar|syntax|ast|compiler|interpreter|highlight\w*|themes?|theming|styles?|design|css|scss|tailwind|llm|gpt|openai|anthropic|ollama|embeddings?|prompts?|completions?|bert|transformers?|markdown|sql[_-]?parser|query[_-]?parser|erc20|nft|crypto[_-]?token|blockchain|web3|solana|ethereum|contracts?|swap|wallet)(?=[/._-]|$)/i;

/** What tokens of text are got from. */
export const TEXT_READERS =
  /(?:^|[.\s])(?:lexer|parser|scanner|tokenizer|tokenstream|stream|tokens|peek|nextToken|next_token|readToken|read_token|ast|cursor|word|split|enc|encoding|tokenize|node)(?=$|[.(])/i;

/** Places where a person at a terminal is told a value on purpose. */
export const OPERATOR_PLACES =
  /(?:^|\/)(?:scripts?|bin|cli|cmd|commands?|seeds?|seeders?|tools?|tasks?|examples?|samples?|demo|migrations?|management|console|devtools?|dev)\/|(?:^|\/)(?:seeds?|seeder|main|cli|manage|setup|install\w*|bootstrap)\.\w+$/i;

/** Cards that nobody pays with. */
export const OTHER_CARDS = /v-?card|\bdav\b|carddav|flash_?card|score_?card|kanban|board|idcard|contact/i;

/** Names that stand for too many other things. */
export const UNSURE = words("sid code hash authorization_code user_code device_code taxid tax_id taxids tax_ids");

/** Words in a name that say that the secret cannot be read in the value any more, or never was in it. */
export const MADE_SAFE = words(`
  encrypted crypted ciphered sealed masked redacted obfuscated obscured censored anonymized anonymised sanitized sanitised scrubbed filtered
  truncated shortened dummy fake mock testing e2e placeholder preview null empty missing no without expected_type
`);

/** Members that give the value of what they are read of: of a text field, a reference, a wrapped secret. */
export const VALUE_MEMBERS = words(`
  Text text Value value val val() current getText() getValue() expose_secret() getPlainText() ToString() toString() raw plain secret()
  get_secret_value() innerText data Content content
`);

/** What is written in place of a secret. */
export const STAND_IN =
  /^(?:[*•.x#-]+|<[^>]*>|\[[^\]]*\]|\(.*\)|n\/?a|none|null|nil|undefined|unknown|empty|missing|hidden|redacted|masked|filtered|set|unset|yes|no|true|false|ok|present|absent|found|not found|invalid|valid|string|bearer|basic|oauth2?|jwt|\d{1,3})$/i;

/** Tokens that stand for something to buy. */
export const OTHER_TOKENS = /coupon|voucher|promo|discount/i;

/** Words before `session` that leave it the session of a login. */
export const LOGIN_WORDS = words("user auth login http web php j asp net browser current request cookie sso admin express connect");

/** Places where a session is that of a login. */
export const LOGIN_PLACES = /auth|login|logout|secur|cookie|identity|account|user|sso|passport|(?:^|[ .])req(?:uest)?\./i;
