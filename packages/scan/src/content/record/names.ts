import type { DetailName } from "@telltale/vocabulary";

/**
 * What a name says that its value is, as words of the name in lower case between `_`. Collected from the fields of log lines and
 * audit tables in open-source applications, and from the field names of ECS, OCSF and the OWASP Logging Vocabulary.
 */
const WORDS: readonly (readonly [DetailName, RegExp])[] = [
  ["event", /(?:^|_)(?:event|events|action|type|operation|activity|event_?(?:type|name|code|id))(?:_|$)/],
  [
    "actor",
    /(?:^|_)(?:actor|by|admin|users?|user_?id|uid|e?mail|user_?name|login|account|who|whodunnit|causer|principal|operator|caller|requester|requestor|performer|initiator|author|member|customer|owner|identity|nickname|person|staff|employee|subject|viewer|me|impersonator|authenticatable|sub|recipient|signer|participant|grantor|grantee)(?:_|$)/,
  ],
  [
    "target",
    /(?:^|_)(?:target|targets|resource|object|entity|subject|model|item|record|instance|path|url|uri|route|endpoint|scope|permission|permissions|role|roles|setting|settings)(?:_|$)/,
  ],
  ["outcome", /(?:^|_)(?:outcome|success|status|result|succeeded|failed|ok|status_?code|state|denied|allowed)(?:_|$)/],
  [
    "reason",
    /(?:^|_)(?:reasons?|errors?|err|message|cause|causes|code|exception|exc|exc_info|why|detail|details|failure|e|ex|errno|problem|issues?|violations?|changeset|status)(?:_|$)/,
  ],
  [
    "source IP",
    /(?:^|_)(?:ips?|ip_?addr\w*|remote|remote_?\w*|peer|peer_?\w*|\w*_?forwarded_?for|(?:client|source|src|user|host)_?(?:ip|addr\w*)|addr|client(?!_(?:id|ids|name|secret|type|key|uri|url|version|app|uuid|token))|source_?address)(?:_|$)/,
  ],
  ["user agent", /(?:^|_)(?:agent|user_?agent|ua|browser|device)(?:_|$)/],
  [
    "request ID",
    /(?:^|_)(?:correlation\w*|trace|trace_?\w*id|request|request_?\w*id|req|req_?id|cid|span|span_?id|activity_?id|operation_?id|x_request_id)(?:_|$)/,
  ],
];

const memo = new Map<string, readonly DetailName[]>();

/** The details that a field or value of this name holds: `userId` an actor, `client_ip` the source IP. */
export function detailsNamed(name: string): readonly DetailName[] {
  let known = memo.get(name);
  if (known === undefined) {
    const plain = snake(name);
    known = WORDS.filter(([, words]) => words.test(plain)).map(([detail]) => detail);
    if (memo.size < 20_000) memo.set(name, known);
  }
  return known;
}

/** `req.user.emailAddress` → `req_user_email_address`. */
export function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase()
    .replace(/^_+|_+$/g, "");
}
