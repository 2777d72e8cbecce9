import { splitWords } from "./words.ts";

/** Two words that are one idea, in the order in which they are written. */
const PAIRS: ReadonlyMap<string, string> = new Map([
  ["sign in", "signin"], ["log in", "login"], ["signed in", "loggedin"], ["logged in", "loggedin"], ["log on", "login"],
  ["sign out", "signout"], ["log out", "logout"], ["log off", "logout"],
  ["sign up", "signup"], ["signed up", "signup"],
  ["two factor", "2fa"], ["2 factor", "2fa"], ["second factor", "2fa"], ["multi factor", "mfa"], ["2 fa", "2fa"], ["two fa", "2fa"],
  ["one time", "otp"], ["recovery code", "recoverycode"], ["backup code", "recoverycode"], ["recovery key", "recoverycode"],
  ["api key", "apikey"], ["access key", "accesskey"], ["api token", "apitoken"], ["access token", "accesstoken"], ["refresh token", "refreshtoken"],
  ["service account", "serviceaccount"], ["client secret", "clientsecret"], ["private key", "privatekey"], ["deploy key", "deploykey"],
  ["ssh key", "sshkey"], ["gpg key", "gpgkey"], ["signing key", "signingkey"], ["encryption key", "privatekey"], ["public key", "publickey"],
  ["magic link", "magiclink"], ["web hook", "webhook"], ["pass word", "password"], ["pin code", "pincode"], ["email token", "emailtoken"], ["pass key", "passkey"], ["pass code", "passcode"],
  ["e mail", "email"], ["user name", "username"], ["allow list", "allowlist"], ["white list", "allowlist"], ["block list", "blocklist"],
  ["black list", "blocklist"], ["log file", "logfile"], ["single sign", "sso"], ["auth token", "authtoken"], ["o auth", "oauth"],
]);

/** Inflected words → the word of the tables. Plurals are cut by rule. */
const FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    logins: "logins", created: "create", creates: "create", creating: "create", creation: "create", deleted: "delete", deletes: "delete", deleting: "delete", deletion: "delete",
    updated: "update", updates: "update", updating: "update", removed: "remove", removes: "remove", removing: "remove", removal: "remove", revoked: "revoke",
    revokes: "revoke", revoking: "revoke", revocation: "revoke", changed: "change", changes: "change", changing: "change", registered: "register",
    registration: "register", registering: "register", activated: "activate", activation: "activate", deactivated: "deactivate", deactivation: "deactivate",
    confirmation: "confirm", confirmed: "confirm", verification: "verify", verified: "verify", verifies: "verify", 
    authentication: "authenticate", authenticates: "authenticate", auth: "auth", authorized: "authorize", authorization: "authorize", authorise: "authorize", invited: "invite",
    invitation: "invite", invites: "invite", inviting: "invite", promoted: "promote", demoted: "demote", granted: "grant", assigned: "assign", assignment: "assign",
    unassigned: "unassign", added: "add", adds: "add", adding: "add", suspended: "suspend", suspension: "suspend", banned: "ban", blocked: "block",
    unblocked: "unblock", disabled: "disable", enabled: "enable", exported: "export", exporting: "export", downloaded: "download", rotated: "rotate",
    rotation: "rotate", regenerated: "regenerate", generated: "generate", generating: "generate", issued: "issue", reset: "reset", resetting: "reset",
    forgotten: "forgot", forget: "forgot", recovery: "recover", impersonated: "impersonate", impersonation: "impersonate", configured: "configure",
    configuration: "config", settings: "setting", transferred: "transfer", transferring: "transfer", purged: "purge", erased: "erase", erasure: "erase",
    membership: "membership", ownership: "ownership", privileges: "privilege", authorities: "authority", policies: "policy", credentials: "credential",
    approved: "approve", approval: "approve", rejected: "reject", linked: "link", unlinked: "unlink", connected: "connect", disconnected: "disconnect",
    terminated: "terminate", invalidated: "invalidate", expired: "expire", archived: "archive", restored: "restore", requested: "request", submitted: "submit",
    organisation: "organization", organisations: "organization", organizations: "organization", entities: "entity", identities: "identity", properties: "property",
    companies: "company", activities: "activity", companys: "company", histories: "history", categories: "category", repositories: "repository", factories: "factory",
    authenticator: "authenticator", encryptionkeys: "privatekey", passwd: "password", pwd: "password", pw: "password", passphrase: "password", org: "organization", orgs: "organization", perms: "permission",
    perm: "permission", pat: "pat", acl: "acl", acls: "acl", statuses: "status", addresses: "address", aliases: "alias", people: "person", children: "child", media: "media",
  }),
);

/** Words that end in s and are no plural. */
const NOT_PLURAL = new Set(["access", "address", "sms", "tls", "dns", "aws", "cors", "css", "js", "status", "process", "business", "https", "ios", "os", "news", "alias", "bus", "canvas", "class", "pass", "success", "progress", "express", "gas", "this", "is", "has", "as", "was", "analytics", "metrics", "s", "us", "kubernetes", "redis", "previous", "stats", "oauths"]);

const memo = new Map<string, readonly string[]>();

/** The words of a name in the form of the tables: lower case, singular, uninflected, pairs joined. */
export function phraseOf(name: string): readonly string[] {
  const known = memo.get(name);
  if (known !== undefined) return known;
  const raw = splitWords(name);
  const words: string[] = [];
  for (let i = 0; i < raw.length; i++) {
    const word = raw[i]!;
    const pair = raw[i + 1] === undefined ? undefined : (PAIRS.get(`${word} ${raw[i + 1]}`) ?? PAIRS.get(`${word} ${singular(raw[i + 1]!)}`));
    if (pair === undefined) words.push(plain(word));
    else {
      words.push(pair);
      i++;
    }
  }
  if (memo.size < 100_000) memo.set(name, words);
  return words;
}

function plain(word: string): string {
  return FORMS.get(word) ?? FORMS.get(singular(word)) ?? singular(word);
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || NOT_PLURAL.has(word) || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /(?:xes|ches|shes|sses)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
