/**
 * The event of all contenders: a failed login, about 500 bytes as JSON, with two secrets that a careless caller passed along.
 * Accounts and numbers differ from event to event, as they do in life: nothing can be remembered whole.
 */
export const PASSWORD = "Tr0ub4dor&3-benchmark";
export const TOKEN = "c2VjcmV0LWJlbmNobWFyay10b2tlbi0wMTIzNDU2Nzg5";
/** Neither may stand in what a redacting contender wrote. */
export const SECRETS = [PASSWORD, TOKEN];

export const AGENT = "Mozilla/5.0 (X11; Linux x86_64)";
export const ADDRESS = "203.0.113.42";
export const REQUEST = "7f2b3b0e-6a53-4f0e-9a55-3f6b5d1f2a10";
const accounts = Array.from({ length: 5_000 }, (_, i) => `customer-${i}`);

/** What a caller says of the event; made anew for each, since callers do. */
export function said(i) {
  return {
    userid: accounts[i % accounts.length],
    reason: "bad_password",
    target: { type: "account", id: accounts[i % accounts.length] },
    extra: { attempt: i % 7, password: PASSWORD, headers: { authorization: `Bearer ${TOKEN}` } },
  };
}

/** The whole event, as loggers without a request context are handed it. */
export function whole(i) {
  const { userid, reason, target, extra } = said(i);
  return {
    event: "authn_login_fail",
    category: "authn",
    outcome: "failure",
    reason,
    target,
    source: { ip: ADDRESS },
    user_agent: AGENT,
    request: { id: REQUEST, method: "POST", route: "/login" },
    details: { userid },
    extra,
    service: "shop",
  };
}

/** The same request, for a logger that takes it from the context. */
export const incoming = {
  method: "POST",
  peer: ADDRESS,
  route: () => "/login",
  header: (name) => ({ "user-agent": AGENT, "x-request-id": REQUEST })[name],
};
