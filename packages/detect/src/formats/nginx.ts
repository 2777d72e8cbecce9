import type { Format, LineFacts, NoEvent, ReadEvent } from "../contract.ts";
import { addressIn } from "./application.ts";
import { finished, other, put, unreadable } from "./reading.ts";
import type { OpenFields, ReadingFacts } from "./reading.ts";

/**
 * `combined` and `common`, with a virtual host before them or not; what a site adds behind is left. nginx and Apache escape a quote
 * inside quotes, so the first `] "` is the end of the time, whatever the user's name holds.
 */
const access =
  /^(?:[\w.:-]{1,255} )?(?<address>[0-9a-fA-F.:]{2,45}) \S{1,64} (?<user>.{1,256}?) \[(?<time>[^\]\s]{20,24} [+-]\d{4})\] "(?<request>(?:[^"\\]|\\.){0,8192})" (?<status>\d{3}) (?:\d{1,15}|-)(?: "(?:[^"\\]|\\.){0,8192}" "(?<agent>(?:[^"\\]|\\.){0,8192})")?/;
const request = /^(?<method>[A-Z]{1,20}) (?<path>[^\s?#]{1,2048})/;

/** The last part of a path where people or programs log in, without its extension. */
const loginPaths: ReadonlySet<string> = new Set(
  `login log-in log_in signin sign-in sign_in signon logon auth authenticate authentication authorize session sessions token tokens
  oauth oauth2 wp-login xmlrpc j_spring_security_check account login_check do_login dologin user_login admin_login`.split(/\s+/),
);

const errorHead =
  /^(?:\S{1,255} nginx(?:\[\d{1,10}\])?: )?(?<time>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(?<level>[a-z]{3,10})\] \d{1,10}#\d{1,10}: (?:\*\d{1,20} )?/;
/** What ends a line about a client. Its parts hold no quotes of their own where nginx wrote them. */
const TAIL = String.raw`, client: (?<address>[0-9a-fA-F.:]{2,45}), server: [^,"]{0,255}(?:, request: "(?<request>[^"]{0,8192})")?(?:, [a-z]{1,20}: "[^"]{0,8192}"){0,4}\s*$`;

/** Messages of nginx's basic authentication, its rules by address, its module for PAM and its TLS. Source: nginx, ngx_http_auth_basic_module.c, ngx_http_core_module.c, ngx_event_openssl.c; ngx_http_auth_pam_module. */
const errors: readonly { readonly event: string; readonly pattern: RegExp; readonly reason?: string }[] = [
  {
    event: "authn_login_fail",
    pattern: new RegExp(String.raw`^user "(?<user>.{0,512}?)":? was not found in "[^"]{0,1024}"${TAIL}`),
    reason: "unknown_user",
  },
  {
    event: "authn_login_fail",
    pattern: new RegExp(String.raw`^user "(?<user>.{0,512}?)": password mismatch${TAIL}`),
    reason: "bad_password",
  },
  {
    event: "authn_login_fail",
    pattern: new RegExp(String.raw`^PAM: user '(?<user>.{0,512}?)' - not authenticated: [^,"]{0,200}${TAIL}`),
    reason: "bad_password",
  },
  { event: "authz_fail", pattern: new RegExp(`^access forbidden by rule${TAIL}`), reason: "not_allowed" },
  { event: "sys_tls_fail", pattern: new RegExp(String.raw`^SSL_\w{1,30}\(\) failed \((?<why>[^,]{0,500}?)\) while [^,]{1,60}${TAIL}`) },
];

/** No line of a web server is longer, unless somebody wants to keep us busy. */
const LONGEST = 32_768;
const broken = unreadable("it is no line of nginx or Apache");

/**
 * Access lines of nginx and Apache, and nginx's error lines about refused access. 401 at a path where people log in is a failed
 * login, 401 elsewhere and 403 are refused access; every other line is `other`: an application that answers a wrong password with 200
 * or 302 does not say so here.
 */
export function createNginx({ names }: ReadingFacts): Format {
  const read = (line: string, facts: LineFacts): ReadEvent | NoEvent => {
    const text = line.length > LONGEST ? line.slice(0, LONGEST) : line;
    const head = errorHead.exec(text);
    if (head) return errorEvent(text.slice(head[0].length), head.groups?.["time"], facts);
    const groups = access.exec(text)?.groups;
    return groups ? accessEvent(groups, facts) : broken;
  };

  const accessEvent = (groups: Readonly<Record<string, string | undefined>>, facts: LineFacts): ReadEvent | NoEvent => {
    const { status, user, agent } = groups;
    if (status !== "401" && status !== "403") return other;
    const fields = fieldsOf(groups["address"], user === "-" ? undefined : user, groups["request"]);
    const login = status === "401" && isLogin(groups["request"]);
    if (agent !== undefined && agent !== "-") fields["user_agent"] = agent;
    if (status === "401" && !login) fields["reason"] = "not_authenticated";
    fields["details"] = { status: Number(status) };
    const name = login ? "authn_login_fail" : "authz_fail";
    return finished(fields, name, undefined, groups["time"], facts, names, name);
  };

  const errorEvent = (message: string, time: string | undefined, facts: LineFacts): ReadEvent | NoEvent => {
    for (const { event, pattern, reason } of errors) {
      const groups = pattern.exec(message)?.groups;
      if (!groups) continue;
      const fields = fieldsOf(groups["address"], groups["user"], groups["request"]);
      put(fields, "reason", reason ?? groups["why"]);
      return finished(fields, event, undefined, time, facts, names, event);
    }
    return other;
  };

  return {
    id: "nginx",
    description: "Access lines of nginx and Apache, error lines of nginx",
    claims: (line) => {
      const start = line.slice(0, LONGEST);
      return access.test(start) || errorHead.test(start);
    },
    read,
  };
}

function fieldsOf(address: string | undefined, user: string | undefined, asked: string | undefined): OpenFields {
  const fields: OpenFields = { service: "nginx" };
  const ip = addressIn(address) ?? address;
  if (user !== undefined && user !== "") fields["actor"] = { id: user };
  put(fields, "source", ip === undefined ? undefined : { ip });
  const { method, path } = request.exec(asked ?? "")?.groups ?? {};
  if (method !== undefined && path !== undefined) fields["request"] = { method, route: path };
  return fields;
}

function isLogin(asked: string | undefined): boolean {
  const path = request.exec(asked ?? "")?.groups?.["path"];
  const last = path?.replace(/\/+$/, "").split("/").at(-1)?.toLowerCase();
  return last !== undefined && loginPaths.has(last.replace(/\.(?:php|aspx?|jsp|do|action|json|html?)$/, ""));
}
