/** How loggers of all languages are called, or what holds one: their tables in `loggers/`, and names that end in `log`. */
const NAMES = String.raw`\w*log(?:s|ger|gers|ging|m|in)?\w{0,12}|\w*logger\w*|console|sentry|bugsnag|rollbar|airbrake|honeybadger|tracing|signale|consola|system\.(?:out|err)|fmt|io|stderr|stdout|print\w*|e?println|eprint\w*|puts|pp?|echo|var_dump|error_log|dd|dump|trace|debug|info|warn|warning|error|notice|fatal|critical|alert|audit\w*|report\w*|record\w*|capture\w*|write\w*|raygun\w*|trigger_error|event`;

/** What stands behind such a name where something is called on it, not where a sentence speaks of it. */
const CALLED = String.raw`\s*(?:\??\.\w|!?\.\w|!\s*[(\[{]|\s*\[["'\w]|::\w|->\w|\(|<<)`;

/** Calls without parentheses (`<p class=…>` is none), libraries whose calls look like any other, and methods of what has any name. */
const BARE = String.raw`(?<!<)\b(?:echo|puts|print|pp?)\s+\S|\bcarbonite\b|["']signale["']`;
const METHODS = String.raw`\.(?:log\w*|print\w*|info|warn\w*|error\w*|debug\w*|trace\w*|fatal\w*|notice|critical|alert|capture\w*|write\w*|record\w*|track\w+|msgf?|raise\w+)\s*(?:[({"'<]|\w)`;

/**
 * A text without this holds no log line, for the `mayHold` of rules that read lines: translations and models speak of passwords and
 * logins as well, and need not be parsed. It may only over-approximate; a test compares it with every call that a logger knows.
 */
export const LINE_SIGN = new RegExp(String.raw`\b(?:${NAMES})${CALLED}|${BARE}|${METHODS}`, "i");
