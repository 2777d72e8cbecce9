import type { LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import type { Fields } from "../event.ts";
import { addressIn } from "./application.ts";
import { finished, objectOf, other } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";
import type { SyslogLine } from "./syslog-head.ts";

/** What one message of sshd says. */
interface Said {
  readonly event: "authn_login_success" | "authn_login_fail" | "authn_login_fail_max" | "authz_fail";
  readonly user?: string;
  readonly address?: string;
  readonly reason?: string;
  readonly method?: string;
  /**
   * One try makes up to three lines. `announces`: the line that says `Failed` follows it. `fails`: that line. `ends`: the end of a
   * connection, which counts only where no line before said that a try failed.
   */
  readonly part?: "announces" | "fails" | "ends";
}

interface Message {
  /** A cheap test before the expression. */
  readonly has: string;
  readonly pattern: RegExp;
  readonly says: (groups: Readonly<Record<string, string | undefined>>) => Said | undefined;
}

const INVALID = "(?<invalid>(?:invalid|illegal) user )?";
const USER = "(?<user>.{0,256}?)";
/** Up to the last one of its kind: a user's name may itself read like the rest of the line. */
const LAST_USER = "(?<user>.{0,256})";
const FROM = String.raw`(?<address>\S{1,255})`;
const PORT = String.raw`(?: port \d{1,5})?`;
const PREAUTH = String.raw`(?: \[preauth\])?\s*$`;

/**
 * OpenSSH's messages about who logs in. Source: openssh-portable, auth.c, auth2.c, auth-pam.c, packet.c, sshd-session.c. What is not
 * here (key exchange, scans of the port, disconnects) is no try to log in.
 */
const messages: readonly Message[] = [
  {
    has: "Accepted ",
    pattern: new RegExp(
      String.raw`^Accepted (?<method>[\w/-]{1,64}) for ${LAST_USER} from ${FROM} port \d{1,5}(?: ssh\d)?(?:: .{0,500})?\s*$`,
    ),
    says: ({ user, address, method }) => ({ event: "authn_login_success", user, address, method }),
  },
  {
    // The client's own words end this message: the first address is the real one.
    has: "Failed hostbased",
    pattern: new RegExp(String.raw`^Failed (?<method>hostbased) for ${INVALID}${USER} from ${FROM} port \d{1,5}(?: ssh\d)?(?:: .*)?$`),
    says: failed,
  },
  {
    has: "Failed ",
    pattern: new RegExp(
      String.raw`^Failed (?<method>[\w/<>-]{1,64}) for ${INVALID}${LAST_USER} from ${FROM} port \d{1,5}(?: ssh\d)?(?:: [A-Z0-9-]{2,32} \S{1,200})?\s*$`,
    ),
    says: failed,
  },
  {
    has: "Failed ",
    pattern: new RegExp(String.raw`^Failed (?<method>[\w/<>-]{1,64}) for ${INVALID}${USER} from ${FROM} port \d{1,5}(?: ssh\d)?(?:: .*)?$`),
    says: failed,
  },
  {
    has: "Failed ",
    pattern: new RegExp(String.raw`^Failed (?<method>[\w/<>-]{1,64}) for ${INVALID}${LAST_USER} from ${FROM}\s*$`),
    says: failed,
  },
  {
    has: "nvalid user ",
    pattern: new RegExp(String.raw`^(?:error: )?(?:Invalid|Illegal) user ${LAST_USER} from ${FROM}${PORT}${PREAUTH}`),
    says: ({ user, address }) => ({ event: "authn_login_fail", user, address, reason: "unknown_user", part: "announces" }),
  },
  {
    has: "PAM: ",
    pattern: new RegExp(
      String.raw`^(?:error: )?PAM: (?<why>[A-Za-z ]{1,80}?) for ${INVALID}${LAST_USER} from ${FROM}(?: via \S{1,255})?${PREAUTH}`,
    ),
    says: ({ why, invalid, user, address }) => ({
      event: "authn_login_fail",
      user,
      address,
      reason: pamReason(why, invalid),
      part: "announces",
    }),
  },
  {
    has: " not allowed because ",
    pattern: new RegExp(String.raw`^User ${LAST_USER} from ${FROM} not allowed because (?<why>.{1,120})$`),
    says: ({ user, address, why }) => ({
      event: "authn_login_fail",
      user,
      address,
      reason: /locked/.test(why ?? "") ? "locked" : "not_allowed",
      part: "announces",
    }),
  },
  {
    has: "ROOT LOGIN REFUSED",
    pattern: new RegExp(String.raw`^ROOT LOGIN REFUSED FROM ${FROM}${PORT}${PREAUTH}`, "i"),
    says: ({ address }) => ({ event: "authn_login_fail", user: "root", address, reason: "not_allowed", part: "announces" }),
  },
  {
    has: "maximum authentication attempts exceeded",
    pattern: new RegExp(
      String.raw`^(?:error: )?maximum authentication attempts exceeded for ${INVALID}${LAST_USER} from ${FROM}${PORT}(?: ssh\d)?${PREAUTH}`,
    ),
    says: ({ user, address }) => ({ event: "authn_login_fail_max", user, address }),
  },
  {
    has: "Too many authentication failures for ",
    pattern: /^(?:error: )?Disconnecting: Too many authentication failures for (?<user>.{0,256}?)(?: \[preauth\])?\s*$/,
    says: ({ user }) => ({ event: "authn_login_fail_max", user }),
  },
  {
    has: "refused connect from ",
    pattern: /^refused connect from .{0,300}?(?:\((?<inner>[^\s()]{1,255})\)|(?<address>[^\s()@]{1,255}))\s*$/,
    says: ({ inner, address }) => ({ event: "authz_fail", address: inner ?? address }),
  },
  {
    has: " user ",
    pattern: new RegExp(
      String.raw`^(?:error: )?(?:Connection (?:closed|reset) by|Disconnect(?:ed from|ing)) (?<kind>invalid|authenticating) user ${LAST_USER} ${FROM} port \d{1,5}(?:: .{1,300}?)?${PREAUTH}`,
    ),
    says: ({ kind, user, address }) => ({
      event: "authn_login_fail",
      user,
      address,
      reason: kind === "invalid" ? "unknown_user" : "gave_up",
      part: "ends",
    }),
  },
];

/** A client offers one key after the other, and `none` to learn what is asked for: for a user that exists, neither is a failed try. */
function failed({ method, invalid, user, address }: Readonly<Record<string, string | undefined>>): Said | undefined {
  const unknown = invalid !== undefined || user === "<invalid username>";
  if (!unknown && (method === "publickey" || method === "none")) return undefined;
  return { event: "authn_login_fail", user, address, method, reason: unknown ? "unknown_user" : "bad_password", part: "fails" };
}

function pamReason(why: string | undefined, invalid: string | undefined): string | undefined {
  if (invalid !== undefined || /user not known/i.test(why ?? "")) return "unknown_user";
  if (/expired/i.test(why ?? "")) return "account_expired";
  return /maxtries|maximum/i.test(why ?? "") ? "locked" : "bad_password";
}

const programs: ReadonlySet<string> = new Set(["sshd", "sshd-session", "sshd-auth"]);
/** Solaris puts a message's number before it, some kernels their clock; syslog daemons say so where a message came again. */
const preface = /^(?:\[ID \d{1,10} [\w.]{1,40}\] |kernel: ?\[ {0,8}\d{1,12}\.\d{1,9}\]:? )/;
const repeated = /^message repeated (\d{1,9}) times: \[ (.*)\]\s*$/;
/** `pam_unix(vsftpd:auth):`, and what older ones write: `pam_unix(auth):`, `pam_unix:`, `(pam_unix)`. */
const pam = /^(?:pam_\w{1,30}(?:\((?:(?<service>[\w-]{1,64}):)?auth\))?:|\(pam_\w{1,30}\)) authentication failure; (?<pairs>.{1,1000})$/;
/** Users' names are the client's words and may read like `rhost=`: the address is the last one before the end or the user. */
const pamPairs = /ruser=(?<ruser>.{0,256}?) rhost=(?<address>\S{0,255})(?: {1,2}user=(?<user>.{0,256}?))?\s*$/y;

/** Connections that are remembered, so that one try counts once. */
const REMEMBERED = 2000;
/** No message of sshd is longer; a user's name is cut at 100. */
const LONGEST = 2000;

export interface Sshd {
  readonly programs: ReadonlySet<string>;
  read(line: SyslogLine, facts: LineFacts): ReadEvent | NoEvent;
  /** A refused password of any other service that uses PAM (`sudo`, `login`, `dovecot`); undefined for any other message. */
  readPam(line: SyslogLine, facts: LineFacts): ReadEvent | NoEvent | undefined;
}

export function createSshd({ names }: ReadingFacts): Sshd {
  const tries = new Map<string, "announced" | "failed">();

  /** Whether a line is a further one about a try that was counted. */
  const isCounted = ({ host, pid }: SyslogLine, { event, part, user, address }: Said): boolean => {
    if (pid === undefined) return false;
    const key = `${host} ${pid} ${address} ${user}`;
    const before = tries.get(key);
    tries.delete(key);
    if (event === "authn_login_success") return false;
    tries.set(key, part === "announces" ? "announced" : "failed");
    if (tries.size > REMEMBERED) tries.delete(tries.keys().next().value as string);
    return part === "ends" ? before !== undefined : part === "fails" && before === "announced";
  };

  const eventOf = (said: Said, text: string, facts: LineFacts, more: OpenFields = {}): ReadEvent | NoEvent => {
    const fields: OpenFields = { service: "sshd", msg: text };
    const ip = said.address === undefined ? undefined : (addressIn(said.address) ?? said.address);
    const details: Fields | undefined = objectOf({ method: said.method, ...more });
    if (said.user !== undefined && said.user !== "" && said.user !== "<invalid username>") fields["actor"] = { id: said.user };
    if (ip !== undefined) fields["source"] = { ip };
    if (said.reason !== undefined) fields["reason"] = said.reason;
    if (details) fields["details"] = details;
    return finished(fields, said.event, undefined, undefined, facts, names, said.event);
  };

  return {
    programs,
    read(line, facts) {
      const again = repeated.exec(line.message.slice(0, LONGEST));
      const text = (again?.[2] ?? line.message.slice(0, LONGEST)).replace(preface, "");
      const said = saidBy(text);
      if (said === undefined || isCounted(line, said)) return other;
      if (again === null) return eventOf(said, text, facts, {});
      const reading = eventOf(said, text, facts, { repeated: Number(again[1]) });
      return reading.kind === "event" ? { ...reading, repeat: Number(again[1]) } : reading;
    },
    readPam({ message, program }, facts) {
      const groups = message.startsWith("pam_") || message.startsWith("(pam_") ? pam.exec(message)?.groups : undefined;
      const service = groups?.["service"] ?? program;
      // sshd says the same in its own words.
      if (groups === undefined || service === undefined || programs.has(service)) return undefined;
      const pairs = groups["pairs"] ?? "";
      // One start only: names made of `ruser=` would make it search for long.
      pamPairs.lastIndex = Math.max(0, pairs.indexOf("ruser="));
      const { ruser, address = "", user } = pamPairs.exec(pairs)?.groups ?? {};
      const said = { user: user === undefined || user === "" ? ruser : user, address: address === "" ? undefined : address };
      const result = eventOf({ event: "authn_login_fail", ...said, reason: "bad_password" }, message, facts);
      if (result.kind === "event") (result.fields as OpenFields)["service"] = service;
      return result;
    },
  };
}

function saidBy(text: string): Said | undefined {
  for (const { has, pattern, says } of messages) {
    if (!text.includes(has)) continue;
    const groups = pattern.exec(text)?.groups;
    if (groups) return says(groups);
  }
  return undefined;
}
