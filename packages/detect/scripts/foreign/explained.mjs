/**
 * Why a line of fail2ban's test logs is read otherwise by us: by what the line says. The first that fits. `as` is the event
 * that it became, where it became one that is no refused login.
 */
const explanations = [
  {
    verdict: "not read",
    as: "sys_tls_fail",
    line: /SSL_\w+\(\) failed/,
    why: "TLS that fails is an event of its own (sys_tls_fail), and no refused login",
  },
  {
    verdict: "not read",
    line: /Failed password for invalid user test from 127\.0\.0\.1 port 58946 ssh2: from 10\.10\.1\.2/,
    why: "ambiguous by design: OpenSSH writes nothing behind `ssh2` for passwords, so that the second address is the real one and the first belongs to a user name made to mislead; fail2ban takes the first",
  },
  {
    verdict: "read beside",
    line: /Too many authentication failures for/,
    why: "an old OpenSSH names no address here; read as an event of the account, without an address, which no rule by address counts",
  },
  {
    verdict: "not read",
    line: /Too many authentication failures/,
    why: "fail2ban takes the address from an earlier line of the connection (LogLevel VERBOSE); ours has none, and the tries before it were counted with it",
  },
  {
    verdict: "not read",
    mode: "normal",
    line: /Received disconnect from .*(?:Auth fail|Bye Bye|Thank you for playing)/,
    why: "the client's own words when it goes: fail2ban counts a connection with them that was refused before (`not allowed because account is locked`, which names no address) or whose client is JSch; ours counts the `Failed` line that sshd writes for each password",
  },
  {
    verdict: "not read",
    mode: "normal",
    line: /Connection closed by 61\.0\.0\.1 \[preauth\]/,
    why: "the end of a connection whose tries were counted (`Too many authentication failures` before it)",
  },
  {
    verdict: "not read",
    line: /pam_unix\(sshd:auth\)/,
    why: "sshd says the same in its own words (`Failed password for`), which is what ours counts; these tests leave that line out",
  },
  {
    verdict: "not read",
    line: /Accepted password for known/,
    why: "a login that worked is a success; fail2ban counts it against a client that tried other users before, ours has takeover rules for that",
  },
  {
    verdict: "not read",
    line: /Disconnecting invalid user admin|Connection closed by invalid user {2}192/,
    why: "the second line of one try: `Invalid user` before it was counted",
  },
  {
    verdict: "read beside",
    line: /Disconnected from authenticating user/,
    why: "somebody named a user and left without a password: a refused login by the reason gave_up; fail2ban takes it in mode extra only",
  },
  {
    verdict: "not read",
    mode: "ddos",
    line: /./,
    why: "scans of the port and broken connections (mode ddos): nobody tried to log in",
  },
  {
    verdict: "not read",
    mode: "extra",
    line: /./,
    why: "no common algorithm or method (mode extra): nobody tried to log in",
  },
  {
    verdict: "not read",
    file: "pam-generic",
    line: /sshd\[\d+\]: \(pam_unix\)/,
    why: "sshd says the same in its own words (`Failed password for`), which is what ours counts; these tests leave that line out",
  },
];

export function explanationOf({ line, verdict, mode, file, fields }) {
  const fits = (one) =>
    one.verdict === verdict &&
    (one.mode === undefined || one.mode === mode) &&
    (one.file === undefined || one.file === file) &&
    (one.as === undefined || one.as === fields?.event) &&
    one.line.test(line);
  return explanations.find(fits)?.why;
}
