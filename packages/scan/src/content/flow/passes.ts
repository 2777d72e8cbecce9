import type { CallExpr, FileIR } from "../../ir/nodes.ts";

/**
 * What a call does to the value that it gives back in another form:
 * `keeps` all of it; `escapes` line breaks; `replaces` parts of it; `cuts` it short; `digests` it one way; `encrypts` it;
 * `masks` it; `measures` it or asks something of it, so that nothing of its text is left.
 */
export type Effect = "keeps" | "escapes" | "replaces" | "cuts" | "digests" | "encrypts" | "masks" | "measures";

export interface Pass {
  readonly does: Effect;
  /** Where the value comes from: what the method is called on, the arguments, or the first of them. */
  readonly of: "receiver" | "args" | "first" | "all";
  /** Its members are still its members: `freeze(user).name`. */
  readonly whole?: boolean;
  /** It becomes part of a text. */
  readonly splices?: boolean;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const table = (rows: readonly (readonly [Pass, string])[]): ReadonlyMap<string, Pass> =>
  new Map(rows.flatMap(([pass, names]) => words(names).map((name) => [name, pass] as const)));

/**
 * Functions by their whole path, from the standard libraries of the ten languages and what most of their programs use
 * (lodash, Jason, serde, Jackson, Gson, Newtonsoft). Where the name says nothing without what stands before it.
 */
const BY_PATH = table([
  [
    { does: "escapes", of: "args" },
    `JSON.stringify json.dumps json.dumps Jason.encode! Jason.encode Poison.encode! JSON.generate JSON.dump JSON.encode! json_encode
     var_export JsonSerializer.Serialize JsonConvert.SerializeObject serde_json.to_string serde_json.to_string_pretty json.Marshal
     json.MarshalIndent util.inspect Kernel.inspect inspect repr print_r strconv.Quote safeStringify stringify fast-safe-stringify
     encodeURIComponent encodeURI escape urlencode rawurlencode URI.encode URI.encode_www_form url.QueryEscape url.PathEscape
     URLEncoder.encode Uri.EscapeDataString WebUtility.UrlEncode HttpUtility.UrlEncode urllib.parse.quote urllib.parse.quote_plus quote
     CGI.escape StringEscapeUtils.escapeJava Encode.forJava objectMapper.writeValueAsString mapper.writeValueAsString
     gson.toJson Json.encodeToString JSON.toJSONString JSONObject.toJSONString JSONUtil.toJsonStr ERB.Util.url_encode`,
  ],
  [
    { does: "keeps", of: "args" },
    `String str string String.valueOf Objects.toString toString to_string Kernel.to_string Convert.ToString strval Symbol
     String.trim String.downcase String.upcase String.to_string String.normalize String.capitalize IO.iodata_to_binary
     strings.TrimSpace strings.ToLower strings.ToUpper strings.Trim strings.TrimPrefix strings.TrimSuffix strings.Clone
     trim ltrim rtrim chop strtolower strtoupper ucfirst lcfirst mb_strtolower mb_strtoupper nl2br stripslashes addslashes unicode
     Buffer.from atob btoa base64_encode base64_decode Base.encode64 Base.decode64! Base.url_encode64 base64.b64encode base64.b64decode
     decodeURIComponent urldecode unescape Encoding.UTF8.GetString Encoding.UTF8.GetBytes Convert.ToBase64String Convert.FromBase64String
     _.trim _.toString _.toLower _.escape qs.stringify querystring.stringify http_build_query URI.encode_query urllib.parse.urlencode
     Base64.encodeToString hex.EncodeToString base64.StdEncoding.EncodeToString StringUtils.trim StringUtils.defaultString
     StringUtils.trimToEmpty Base64.strict_encode64 Base64.encode64 Base64.urlsafe_encode64`,
  ],
  [
    { does: "keeps", of: "args", splices: true },
    `format String.format string.Format util.format sprintf vsprintf fmt.Sprintf fmt.Sprint fmt.Sprintln fmt.Errorf errors.New
     :io_lib.format Kernel.format implode join string.Join String.join String.Join String.Concat string.Concat strings.Join Enum.join
     path.join concat_ws errors.Wrap errors.Wrapf MessageFormat.format`,
  ],
  [
    { does: "keeps", of: "args", whole: true },
    `Object.freeze Object.assign Object.values Object.entries Object.fromEntries structuredClone _.cloneDeep _.clone cloneDeep _.merge
     Promise.resolve Promise.all Promise.allSettled Ok Some Optional.of Optional.ofNullable List.of listOf mapOf Map.merge Map.from_struct
     Enum.to_list Enum.into Map.new Keyword.merge array_merge array_values array_filter collect dict list tuple set asdict
     dataclasses.asdict vars jsonable_encoder Array.from Array.wrap Task.FromResult Arrays.asList Collections.singletonList append
     toRaw unref instanceToPlain plainToInstance plainToClass Hash Array copy.copy copy.deepcopy compact new await
     Object.toString asyncio.gather`,
  ],
  [
    { does: "measures", of: "args" },
    `len count sizeof length Boolean bool Number parseInt parseFloat int float intval floatval boolval isNaN isset empty is_null is_string
     strlen mb_strlen byte_size bit_size String.length map_size is_nil is_binary Array.isArray Object.keys Enum.count type typeof gettype
     get_class isinstance strconv.Atoi strconv.ParseInt Integer.parseInt Integer.valueOf Long.parseLong Long.valueOf int.Parse Guid.Parse
     UUID.fromString String.to_integer Integer.parse utf8.RuneCountInString bytes.Equal StringUtils.isBlank StringUtils.isNotBlank
     StringUtils.isEmpty StringUtils.isNotEmpty StringUtils.hasText string.IsNullOrEmpty string.IsNullOrWhiteSpace String.IsNullOrEmpty
     String.IsNullOrWhiteSpace Map.keys array_keys nameof hasattr Reflect.has Map.has_key? Buffer.byteLength Enum.empty? id hash
     _.isEmpty _.size _.keys enum_name reflect.TypeOf`,
  ],
  [
    { does: "digests", of: "args" },
    `md5 sha1 sha256 sha512 hash_hmac crc32 sha1.Sum sha256.Sum256 md5.Sum hashlib.sha256 hashlib.md5 hashlib.sha1 hashlib.sha512
     hashlib.blake2b :crypto.hash :crypto.mac :crypto.hmac crypto.createHash crypto.subtle.digest Digest.SHA256.hexdigest
     Digest.MD5.hexdigest Digest.SHA1.hexdigest Digest.SHA2.hexdigest OpenSSL.HMAC.hexdigest DigestUtils.sha256Hex DigestUtils.md5Hex
     SHA256.HashData hmac.new HashCode.Combine Objects.hash :erlang.phash2 zlib.crc32`,
  ],
]);

/** Methods of values, by their own name. */
const BY_METHOD = table([
  [{ does: "escapes", of: "receiver" }, `inspect to_json toJson toJSONString dump quoted escape_debug escape_default jsonSerialize`],
  [
    { does: "keeps", of: "receiver" },
    `toString to_s to_str to_sym to_string ToString String trim trimStart trimEnd trimmed strip lstrip rstrip chomp chop Trim TrimStart TrimEnd
     toLowerCase toUpperCase lower upper downcase upcase capitalize title swapcase ToLower ToUpper ToLowerInvariant ToUpperInvariant
     lowercase uppercase toLocaleLowerCase toLocaleUpperCase normalize to_lowercase to_uppercase squish titleize humanize valueOf
     as_str as_bytes into_bytes as_deref encode decode toCharArray getBytes padStart padEnd ljust rjust center repeat stripTrailing stripLeading
     toByteArray stripIndent expandtabs html_safe dup_string to_owned_string Error string`,
  ],
  [
    { does: "keeps", of: "all", splices: true },
    `concat format formatted append plus join Join joinToString Append AppendLine AppendFormat`,
  ],
  // Colours of the terminal: chalk, picocolors, kleur, ansi-colors and their like.
  [
    { does: "keeps", of: "args" },
    `red green yellow blue magenta cyan gray grey bold dim italic underline inverse redBright greenBright yellowBright blueBright
     bgRed bgGreen bgYellow bgBlue bgMagenta bgCyan bgWhite stripAnsi sliceAnsi wrapAnsi`,
  ],
  [
    { does: "keeps", of: "receiver", whole: true },
    `clone cloned copied to_owned into unwrap expect unwrap_or unwrap_or_default unwrap_or_else ok as_ref as_mut borrow lock await iter into_iter
     iter_mut values entries reverse reversed sort sorted sort_by sortBy filter where select reject first last at pop shift find
     findFirst orElse orElseThrow orElseGet get_or_insert dup deep_dup freeze presence toJSON toObject lean exec toArray to_a to_h to_hash
     to_unsafe_h permit permit! ToList ToArray toList toSet stream asSequence toMap with_indifferent_access symbolize_keys
     stringify_keys deep_symbolize_keys dict model_dump to_dict as_dict serialize getRawOriginal attributesToArray getAttributes
     attributes as_json also apply takeIf collect result Result GetAwaiter GetResult`,
  ],
  [
    { does: "cuts", of: "receiver" },
    `slice substring substr Substring takeLast take truncate last4 chars_take dropLast first_chars limit ellipsis`,
  ],
  [{ does: "replaces", of: "receiver" }, `replace replaceAll replace_all gsub gsub! sub tr Replace replaceFirst translate delete`],
  [
    { does: "measures", of: "receiver" },
    `length size count len Count Length isEmpty is_empty isNotEmpty isBlank isNotBlank blank? present? empty? nil? any? includes include?
     contains Contains startsWith start_with? starts_with endsWith end_with? ends_with StartsWith EndsWith indexOf lastIndexOf
     equals Equals eql? equalsIgnoreCase compareTo match match? matches test to_i to_f to_int hashCode GetHashCode is_some is_none is_ok is_err
     isPresent has has? key? has_key? containsKey ContainsKey isdigit isalpha isnumeric byteLength keys valid? class getClass
     GetType bytesize localeCompare is_a? respond_to? kind_of? exists persisted? isNullOrEmpty isNullOrBlank charCodeAt charAt`,
  ],
  [{ does: "digests", of: "all" }, `hexdigest digest HashData ComputeHash sha256 sha1 md5 checksum`],
]);

/** Functions that take a text first, then what to do with it. */
const TEXT_FIRST = table([
  [
    { does: "replaces", of: "first" },
    `String.replace Regex.replace re.sub strings.ReplaceAll strings.Replace preg_replace str_replace _.replace String.replace_leading`,
  ],
  [
    { does: "cuts", of: "first" },
    `String.slice String.first String.last mb_substr _.truncate Str.limit strings.Cut String.split_at truncate`,
  ],
  [
    { does: "keeps", of: "first", whole: true },
    `List.first List.last hd Enum.at Enum.filter Enum.reject Enum.sort Enum.reverse Enum.uniq first head last`,
  ],
]);

/** What a name promises, whoever wrote the function. */
const PROMISES: readonly (readonly [RegExp, Effect])[] = [
  [
    /^_*(?:mask|redact|obfuscat|obscur|sanit|scrub|censor|anonymi[sz]|hide|strip_?(?:secret|sensitive)|without_?(?:secret|sensitive|credential)|filter_?(?:sensitive|secret|param)|clean_?(?:sensitive|secret)|remove_?(?:sensitive|secret|credential)|pseudonymi[sz])|(?:masked|redacted|sanitized|obfuscated|censored|scrubbed|filtered)$|_?(?:mask|redact|sanitize)$/i,
    "masks",
  ],
  [
    /^_*(?:hash|sha\d*|md5|hmac|digest|fingerprint|thumbprint|checksum|b?crypt|scrypt|argon2?|pbkdf2|hexdigest)(?=$|[A-Z_\d(.])|(?:sha\d+|md5)(?:hex)?$/i,
    "digests",
  ],
  [/^_*(?:encrypt|seal|cipher)/i, "encrypts"],
  [/^_*(?:truncat|shorten|abbreviat|ellips|first_?n|last_?(?:four|4|n)|prefix_?of|preview|partial|trim_?to|clip)/i, "cuts"],
  [
    /^_*(?:escape|encode_?(?:for|uri|url|html)|quote|stringify|to_?json|inspect|serialize|strip_?(?:newline|crlf|line|control)|remove_?(?:newline|crlf|line_?break|control)|clean_?(?:log|newline))/i,
    "escapes",
  ],
  [
    /^_*(?:is|has|can|should|are|was|exists|validate|verify|check|compare|matches?|equals?|contains?|count|len|length|size)(?=$|[A-Z_?(])|\?$/,
    "measures",
  ],
];

/** What a call by this path gives back of what it is given; undefined where nothing is known about it. */
export function passOf(path: string): Pass | undefined {
  const method = path.slice(path.lastIndexOf(".") + 1);
  return BY_PATH.get(path) ?? TEXT_FIRST.get(path) ?? (path.includes(".") ? BY_METHOD.get(method) : undefined);
}

/** Whether a path with a module before it is known: nobody's own function is called so. */
export const isLibrary = (path: string): boolean => path.includes(".") && (BY_PATH.has(path) || TEXT_FIRST.has(path));

/** What the name of a function promises of what it gives: `maskEmail`, `sha256Hex`, `isValid`. */
export function promiseOf(name: string): Effect | undefined {
  return PROMISES.find(([pattern]) => pattern.test(name))?.[1];
}

const methodOf = ({ callee }: CallExpr): string => (callee.kind === "member" ? (callee.property ?? "") : "");

/** Arguments that speak of line breaks, or of all but what they list. */
const OF_LINE_BREAKS =
  /\\+[nrsRvW]|\[\^|\\x0[ad]|%0[ad]|\\u000[ad]|\\p\{C|cntrl|LineSeparator|NewLine|lineSeparator|(?:^|\W)(?:CR|LF|CRLF)\W/i;

/** `substring(7)`, `slice("Bearer ".length)`: what stands before the value is taken off. */
const TAKES_OFF = /^\s*(?:[67]|.*\blength(?:\(\))?|.*\blen\(.*|.*\bLength)\s*$/;

/** Any character, or many, by stars or a word for it: `/./g, "*"`. */
const ALL_MASKED =
  /(?:^|[^\\])(?:\.|\\[wSd]|\[[^\]]|\.[*+])[^\n]*["'`](?:[*xX•#.]+|\[?<?(?:redacted|filtered|masked|hidden|secret)>?\]?)["'`]\s*$/i;

/** What the call does, its arguments looked at: a replacement of line breaks escapes them, a cut at the beginning keeps the rest. */
export function effectOf(pass: Pass, call: CallExpr, file: FileIR): Effect {
  if (pass.does === "cuts" && /^[sS](?:lice|ubstr)/.test(methodOf(call)) && call.args.length === 1)
    return TAKES_OFF.test(file.text.slice(call.args[0]!.start, call.args[0]!.end)) ? "keeps" : "cuts";
  if (pass.does !== "replaces") return pass.does;
  const given = call.args.map((arg) => file.text.slice(arg.start, arg.end)).join(" ");
  if (ALL_MASKED.test(given)) return "masks";
  return OF_LINE_BREAKS.test(given) ? "escapes" : "replaces";
}
