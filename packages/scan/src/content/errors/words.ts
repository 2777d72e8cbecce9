/** Names by which code reads errors, as the languages and their frameworks document them. */

/** Members and methods that give the stack, or a text that holds it. */
export const STACK_MEMBERS: ReadonlySet<string> = new Set([
  // JavaScript: Error.prototype.stack; Ruby: Exception#backtrace, #full_message; Rust: Error::backtrace.
  ...["stack", "stacktrace", "stackTrace", "rawStackTrace", "backtrace", "backtrace_locations", "full_message", "__traceback__"],
  // JVM: Throwable.getStackTrace, Kotlin's stackTraceToString; .NET: Exception.StackTrace, ToStringDemystified; PHP: Throwable::getTrace.
  ...["getStackTrace", "stackTraceToString", "StackTrace", "ToStringDemystified", "getTrace", "getTraceAsString"],
]);

/** Members and methods that give what the error says. */
export const MESSAGE_MEMBERS: ReadonlySet<string> = new Set([
  ...["message", "Message", "msg", "sqlMessage", "detail", "args", "stderr", "reason", "description", "detailed_message"],
  ...["getMessage", "getLocalizedMessage", "localizedMessage", "Error", "toString", "to_s", "inspect", "to_string", "__str__"],
  ...["__repr__", "__toString", "toJSON", "messageForDisplay"],
]);

/** Members that give another error: the cause. */
export const CAUSE_MEMBERS: ReadonlySet<string> = new Set([
  ...["cause", "getCause", "InnerException", "GetBaseException", "getPrevious", "original", "originalError", "innerError", "parent"],
  ...["unwrap", "Unwrap", "getRootCause", "rootCause", "exception", "Exception"],
]);

/** Functions that give a stack as text, of what they are given or of what was raised last. */
export const STACK_CALLS: ReadonlySet<string> = new Set([
  ...["traceback.format_exc", "traceback.format_exception", "traceback.format_tb", "traceback.format_stack", "format_exc"],
  ...["debug.Stack", "ExceptionUtils.getStackTrace", "ExceptionUtils.getFullStackTrace", "Throwables.getStackTraceAsString"],
  ...["Exception.format", "Exception.format_stacktrace", "caller", "ExceptionUtil.stacktraceToString", "Backtrace.force_capture"],
]);

/** Of them, those that need no error. */
export const STANDS_ALONE: ReadonlySet<string> = new Set([
  "traceback.format_exc",
  "format_exc",
  "caller",
  "debug.Stack",
  "traceback.format_stack",
]);

/** Names that hold a stack wherever they are read. */
export const STACK_NAMES: ReadonlySet<string> = new Set(["__STACKTRACE__"]);

/** Functions that turn what they are given into text, or carry it on. */
export const PASSING: ReadonlySet<string> = new Set([
  ...["String", "str", "repr", "unicode", "inspect", "to_string", "format", "sprintf", "Sprintf", "Sprint", "Sprintln", "Errorf"],
  ...["format_exception_only", "htmlspecialchars", "nl2br", "e", "h", "escape", "escapeHtml", "byte", "bytes", "string", "strval"],
  ...["stringify", "dumps", "encode", "json_encode", "Marshal", "Serialize", "SerializeObject", "writeValueAsString", "force_str"],
  ...["smart_str", "jsonify", "message", "Exception.message", "normalize", "trim", "strip", "html_safe", "raw", "to_json", "mark_safe"],
  ...["valueOf", "concat", "join", "dict", "list", "printf", "print_r", "var_export", "make_response", "text", "html"],
]);

/** Methods of text and of collections that keep what they are called on. */
export const KEEPING: ReadonlySet<string> = new Set([
  ...["trim", "strip", "split", "slice", "substring", "substr", "replace", "replaceAll", "toLowerCase", "toUpperCase", "concat", "join"],
  ...["toString", "to_s", "ToString", "to_json", "as_json", "encode", "decode", "map", "first", "lines", "squish", "truncate", "to_h"],
  ...["padEnd", "getBytes", "dup", "merge", "with", "build", "asText", "html_safe", "capitalize", "capitalizedMessage", "take", "flatten"],
  ...["getvalue", "getBuffer", "toByteArray", "GetBytes"],
]);

/** Functions that change the looks of a text. */
export const RESHAPES = /upper|lower|title|capital|ucfirst|trim|quote|escape|clean|sanit|strip|truncat|limit|shorten|nl2br/i;

/** How builders and factories of answers are called: what they are given is in what they give. */
export const CARRIES =
  /^(?:of|from|new|make|build\w*|create\w*|with\w*|put|set\w*|add\w*|append|error|err|fail\w*|failure|bad\w*|message|msg|detail\w*|body|data|reason|description|internal\w*|server\w*|result|response|entry|pair|output|feedback\w*|content|payload|value|info|note|comment|mapOf|listOf|to|merge|assign|ok|success)$/i;

/** Types that stand for every error, or for those of the machine below the application. Sources: the standard libraries and their database drivers. */
const INTERNAL_TYPES =
  /^(?:Error|Exception|BaseException|StandardError|Throwable|RuntimeException|RuntimeError|SystemException|any|unknown|error|ApplicationException|AggregateException|NullReferenceException|NullPointerException|InvalidOperationException|UnsupportedOperationException|(?:\w*(?:Sql|SQL|PDO|Db|DB|Database|JDBC|Jdbc|DataAccess|Postgres\w*|MySql\w*|Mongo\w*|Redis\w*|Persistence|Hibernate|Ldap|IO|OS|Socket|Network|Connection|Timeout|ClassNotFound|FileNotFound|Servlet|Naming|Reflection\w*|NoSuchMethod|Query|DbUpdate|EntityFramework|SQLAlchemy|Operational|Programming|Key|Attribute|Type|Index|ZeroDivision|Name|Assertion|Memory|Import)(?:Exception|Error))|QueryException|PDOException|ReflectiveOperationException|StatementInvalid)$/;

/** Whether an error of this type may say anything of the machine. */
export function isInternalType(type: string): boolean {
  return INTERNAL_TYPES.test(type.slice(type.lastIndexOf(".") + 1));
}

/** Code that asks whether it runs for its developers. */
export const FOR_DEVELOPERS =
  /NODE_ENV|RAILS_ENV|APP_ENV|Mix\.env|import\.meta\.env|(?:^|[^a-z])(?:is_?)?(?:dev(?:elopment)?|debug(?:_?mode|ging|_?enabled)?|prod(?:uction)?|local|testing|staging|verbose|trace)(?![a-z])|is_?(?:dev|prod|debug|local(?!e)|test)|(?:show|expose|include|display|enable|disable|print|with)_?(?:stack|trace|error_?detail|exception|detail)|consider_all_requests_local/i;

/** Members and names by which an error is told to be one that its caller may see. */
export const FOR_CALLERS = /status|code|expose|operational|public|user_?facing|safe|known|handled|type|kind|name\b|severity|isHttp/i;

/** Functions that tell one error from others. */
export const TELLS =
  /^(?:is|was|has|Is|As|instance)(?=[A-Z_]|$)|^(?:is_a\??|kind_of\??|instance_of\??|isinstance|issubclass|includes?\??|include\?|startsWith|starts_with|start_with\?|contains|Contains|match\??|test|in_array|method_exists|property_exists|hasOwnProperty|respond_to\?|endsWith|error_is|error_as|isPrefix|HasPrefix|HasSuffix|indexOf)$/;

/** Names that a parameter has where it is an error. */
export const ERROR_NAMES = /^_?(?:e|er|err|error|ex|exc|exception|throwable|cause|exn)$/;

/** Functions whose closure is given the error of what went wrong. */
export const CATCHING =
  /^(?:catch|onFailure|rescue|otherwise|fail|onError|onErrorResume|exceptionally|catchError|doOnError|recover|getOrElse|mapLeft|rescue_from|onErrorReturn|tapError|orElse|map_err|unwrap_or_else)$/;

/** Frameworks' members that hold the error which is dealt with. https://learn.microsoft.com/aspnet/core/fundamentals/error-handling */
export const FEATURES = /(?:exception|error)\w*(?:feature|context|details?)$/i;

/**
 * Errors whose message their framework sends to the client. Sources: https://docs.nestjs.com/exception-filters,
 * https://fastapi.tiangolo.com/tutorial/handling-errors/, https://hono.dev/docs/api/exception, https://trpc.io/docs/server/error-handling,
 * and what the lowering of Rust makes of `Err((status, text))` (ResponseError), https://the-guild.dev/graphql/yoga-server/docs/features/error-masking, https://nuxt.com/docs/api/utils/create-error
 */
export const SHOWN_ERRORS =
  /^(?:HTTPException|HttpException|InternalServerErrorException|BadGatewayException|ServiceUnavailableException|GatewayTimeoutException|TRPCError|GraphQLError|ApolloError|HttpsError|APIException|ORPCError|ResponseError)$/;
/** Of them, those that stand for a fault of the server by their name. */
export const SERVER_FAULTS = /^(?:InternalServerError|BadGateway|ServiceUnavailable|GatewayTimeout)/;

/** What is read of errors, as a text shows it: a function without it tells nobody of any. May only over-approximate. */
export const READS =
  /[sS]tack|[tT]race|[bB]acktrace|\.[mM]essage\b|[gG]et(?:Localized)?Message|\.Error\(\)|\b(?:str|repr|inspect|String|message)\(|[tT]o_?[sS](?:tring)?\b|[{(,:]\s*(?:e|err|error|ex|exc|exception)\b/;
