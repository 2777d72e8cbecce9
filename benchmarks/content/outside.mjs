/**
 * Where a suite and our rules mean different things. Each row: the suite, its files, the text of the line, and why.
 * `missed`: the suite calls the line wrong and our rules do not look for it. `false`: the suite calls it right and our rules do not.
 * The plain figures count all of these against Telltale; only the columns "by our definition" leave them out. A row speaks of
 * what a line means, never of what is hard to find.
 */

const WHY = {
  personal: "a name, an address or a telephone number is personal, but no secret: the rule is about what lets somebody in or pays",
  anything: "the rule reports each value that is no literal",
  console: "it is printed on the server, not sent to the client",
  noRequest: "the value does not come from a request",
  parameter: "each parameter of a public method counts as untrusted there; nothing says that it comes from a request",
  noLog: "a cookie, a file or a form is no log",
  abort: "it ends the program with a message; it is no log call",
  formField:
    "the form field is named password, as on the bad example of the query's own help page; the query does not read names of form fields",
  message: "the message of an error is sent to the client, which is a finding here and not there",
  escapes: "the logger escapes line breaks as it comes (JSON, quoted text): no line can be forged",
  style: "the rule is about style: the values are constants",
};

export const OUTSIDE = [
  // Bearer's data types include every kind of personal data; ours are credentials, cards, ID numbers, bodies, headers and rows.
  missed(
    "bearer",
    /\/(?:lang|rails|third_parties)\/(?:logger|standard_output)\//,
    WHY.personal,
    /\b(?:email|name|username)\b|\.Name\b|\bother\b/,
  ),
  missed("bearer", /\/logger_leak\//, WHY.anything),
  missed("bearer", /\/go\/lang\/log_output_neutralization\//, WHY.noRequest, /os\.Args/),
  missed("bearer", /\/java\/lang\/information_leakage\//, WHY.console, /printStackTrace\(\)/),

  missed(
    "codeql",
    /^python\/.*CWE-312/,
    WHY.personal,
    /print\((?:post_code|zipCode|home_address|user_latitude|user_longitude|mobile_number|phoneNo)\)/,
  ),
  missed("codeql", /^csharp\/.*CWE-359/, WHY.personal),
  missed("codeql", /^csharp\/.*CWE-312/, WHY.noLog, /\.Cookies\[|writer\.Write/),
  missed("codeql", /^rust\/.*CWE-312/, WHY.abort, /^(?:panic|todo|unimplemented|unreachable|(?:debug_)?assert(?:_eq|_ne)?)!|\.expect\(/),
  missed(
    "codeql",
    /^rust\/.*CWE-117/,
    WHY.noRequest,
    /commandargs|environment|=remote|user_data|user_input|remote_data|another_var|\bitem\b|unwrapped|log_message|\buser\)/,
  ),
  missed("codeql", /^go\/.*CWE-117\/LogInjection\.go$/, WHY.escapes, /^(?:logrus|entry|fieldlogger|sLogger)\./),
  // Up to line 96 this name is the standard library's logger, which escapes nothing; from there on it is logrus or zap.
  missed("codeql", /^go\/.*CWE-117\/LogInjection\.go$/, WHY.escapes, /^logger\./, 97),
  missed("codeql", /^javascript\/.*CWE-117/, WHY.escapes, /^(?:pino|req(?:uest)?\.log(?:ger)?)\./),
  permitted("codeql", /^go\/.*CWE-312\/(?:CleartextLogging|server1)\.go$/, WHY.formField, /log\.Print/),
  permitted("codeql", /^javascript\/.*CWE-209\/tst\.js$/, WHY.message, /\be\b/),
  permitted("codeql", /^csharp\/.*CWE-209/, WHY.message, /ex\.Message/),

  missed("semgrep", /structured-logging/, WHY.style),
  missed("semgrep", /seam-log-injection/, WHY.noRequest, /user\.getUsername\(\)/),
  missed("njsscan", /error_disclosure/, WHY.console, /console\.|^try/),
  missed("find-sec-bugs", /ErrorMessages\.java$/, WHY.console, /vulnerableErrorMessage1/),
  missed("find-sec-bugs", /Slf4jSample\.(?:java|kt)$/, WHY.parameter),
  missed("gosec", /g706_samples\.go\/81\//, WHY.noRequest),
  missed("skims", /f234/, WHY.console),

  missed("juliet", /CWE209_.*__printStackTrace_\d/, WHY.console),
  missed("juliet-csharp", /CWE209_.*__StackTrace_\d/, WHY.console),
  missed("juliet-csharp", /CWE117_.*__(?:Connect_tcp|Listen_tcp|NetClient|Database|Environment|File|ReadLine)_/, WHY.noRequest),
];

function missed(suite, path, why, text = /^/, from = 1) {
  return { kind: "missed", suite, path, text, why, from };
}

function permitted(suite, path, why, text = /^/) {
  return { kind: "false", suite, path, text, why, from: 1 };
}

/** The reason for one line, `{ file, line, text }`; undefined if there is none. */
export function reasonFor(suite, kind, { file, line, text }) {
  const fits = (row) => row.kind === kind && row.suite === suite && row.from <= line && row.path.test(file) && row.text.test(text);
  return OUTSIDE.find(fits)?.why;
}
