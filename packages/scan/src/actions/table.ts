import type { ActionName } from "@telltale/vocabulary";

/** A set of words that says one action is performed: one of each group must be present, none of `none`. */
export interface ActionPattern {
  readonly action: ActionName;
  /** 3: can mean nothing else. 2: clear. 1: a weak piece that needs others beside it. */
  readonly strength: 1 | 2 | 3;
  readonly all: readonly (readonly string[])[];
  readonly none?: readonly string[];
}

/*
 * The groups below are the field's own words, in the form of `phrases.ts` (singular, uninflected, pairs joined).
 * They come from the actions of the labelling protocol, the OWASP Logging Vocabulary, and the verb-object pairs that
 * King, Pandita and Williams found mandatory to log. A new word belongs here only if it means the same in any application.
 */
const CREATE = ["create", "add", "new", "generate", "issue", "mint", "insert", "make", "store", "save", "post", "provision", "regenerate", "rotate", "roll", "renew"];
const DELETE = ["delete", "remove", "destroy", "drop", "purge", "erase", "wipe", "del", "revert", "obliterate", "nuke", "unpublish", "truncate"];
const UPDATE = ["update", "change", "set", "edit", "modify", "patch", "put", "replace", "save", "toggle", "upsert"];
const MUTATE = [...CREATE, ...DELETE, ...UPDATE, "assign", "unassign", "grant", "revoke", "promote", "demote", "invite", "accept", "reject", "decline", "join", "leave", "kick", "transfer", "approve", "attach", "detach", "sync", "resend", "cancel", "give", "take", "upgrade", "downgrade", "elevate"];
const USER = ["user", "account", "customer", "subscriber"];
const PASSWORD = ["password", "passcode", "pincode"];
/** What has a password of its own: whoever changes that changes nobody's login. */
export const LOCKED_THINGS = ["pdf", "zip", "archive", "share", "sharelink", "document", "file", "attachment", "room", "meeting", "album", "gallery", "note", "paste", "snippet", "wifi"];
const FACTOR = ["mfa", "2fa", "totp", "tfa", "otp", "hotp", "3fa", "u2f", "recoverycode", "webauthn", "passkey", "authenticator", "fido2"];
/** What belongs to a user and is not the user. */
const USER_PARTS = ["webhook", "code", "onboarding", "apikey", "apitoken", "accesstoken", "file", "filename", "key", "license", "photo", "picture", "avatar", "image", "setting", "preference", "notification", "note", "address", "history", "session", "token", "group", "role", "card", "tag", "type", "environment", "collection", "config", "locale", "theme", "view", "layout", "agent", "favorite", "bookmark", "survey", "feedback", "event", "activity", "search", "filter", "subscription", "banner", "logo", "cover", "icon"];
const TOKEN = ["emailtoken", "token", "apikey", "apitoken", "accesstoken", "accesskey", "authtoken", "refreshtoken", "serviceaccount", "clientsecret", "secret", "credential", "deploykey", "sshkey", "gpgkey", "signingkey", "privatekey", "jwt", "pat", "certificate", "licensekey", "publickey"];
const OUTWARD = ["email", "mail", "mailer", "notification", "notify", "template", "message", "sms"];
/** What people own together, and what is done to who owns it. */
const OWNED = ["community", "project", "workspace", "repository", "repo", "organization", "team", "site", "package", "crate", "gem", "app", "application", "group", "channel", "board", "space", "room", "company", "collection", "folder"];
const OWNED_BY = ["add", "remove", "change", "set", "transfer", "assign", "unassign", "replace", "grant", "revoke", "promote", "demote", "make", "invite", "give", "take", "leave", "accept", "reject", "decline", "approve"];
/** Verbs of constructors: what is made by them may be of any kind. */
const MADE = ["new", "make"];
/** Words beside which a token admits nobody: of a form, a place in a list or a text, a device that is sent to. */
const NO_CREDENTIAL = [...OUTWARD, "csrf", "xsrf", "antiforgery", "cancel", "fcm", "device", "push", "reset", "design", "color", "user", "permission", "sync", "page", "cursor", "continuation", "lexer", "parser", "header", "decode", "introspect", "inspect"];
const ROLE = ["role", "permission", "privilege", "membership", "member", "collaborator", "ownership", "acl", "authority", "grant", "moderator", "maintainer"];
const LOGIN = ["login", "signin", "logon"];
const SIGNUP = ["register", "signup"];
const SSO = ["sso", "saml", "oidc", "openid"];
const PROVIDER = ["oauth", "oauth2", "google", "github", "gitlab", "microsoft", "facebook", "twitter", "apple", "okta", "auth0", "discord", "linkedin", "azure", "keycloak", "social", "idp", "provider", ...SSO];
/** Stands for the code of a link that was sent to somebody, where it is a parameter of the path: `/reset/:token`. */
export const LINK_CODE = "linkcode";

export const ACTION_PATTERNS: readonly ActionPattern[] = [
  // Passwords before logins: "reset password" says more than the folder "auth".
  { action: "authn_password_reset", strength: 3, all: [["reset", "forgot", "recover", "lost"], PASSWORD] },
  { action: "authn_password_reset", strength: 2, all: [["forgot", "recover"], USER] },
  { action: "authn_password_reset", strength: 2, all: [["reset", "recover", "forgot"], [LINK_CODE]] },
  { action: "authn_password_change", strength: 3, all: [["change", "update", "set", "edit", "modify", "new", "put", "patch"], PASSWORD], none: [...LOCKED_THINGS, "reset", "forgot", "recover", "policy", "setting", "expiry"] },
  { action: "authn_password_change", strength: 1, all: [PASSWORD], none: [...LOCKED_THINGS, "reset", "forgot", "recover", "hash", "validate", "check", "strength", "policy", "compare", "verify", "generate", "auth", "field", "login", "prelogin"] },

  { action: "authn_mfa", strength: 3, all: [FACTOR], none: ["status", "setting", "policy", "required", "count", "list", "get", "has", "is"] },

  { action: "authn_mfa", strength: 2, all: [["unlock", "elevate"], ["session"]] },

  { action: "authn_sso", strength: 3, all: [SSO, ["login", "signin", "callback", "acs", "authenticate", "consume", "assertion", "redirect", "complete", "verify"]] },
  { action: "authn_sso", strength: 3, all: [PROVIDER, ["callback", "redirect", "exchange"]], none: ["url", "uri"] },
  { action: "authn_sso", strength: 2, all: [["auth", "authenticate", "login", "signin"], ["with", "via", "by", "through"], PROVIDER.filter((word) => word !== "provider" && word !== "idp")], none: ["url", "get", "list"] },
  { action: "authn_sso", strength: 3, all: [["callback"], ["auth", "authenticate", "omniauth", "passport"]], none: ["url"] },
  { action: "authn_sso", strength: 2, all: [PROVIDER.filter((word) => word !== "provider" && word !== "idp"), ["login", "signin", "authenticate"]], none: ["url"] },

  { action: "authn_login", strength: 3, all: [LOGIN], none: ["url", "page", "form", "view", "model", "link", "history", "attempt", "count", "provider", "setting", "config", "is", "last", "required", "method", "name", "at", "test"] },
  { action: "authn_login", strength: 2, all: [["authenticate", "auth"], ["user", "password", "credential", "login", "local", "admin", "member", "customer", "basic"]], none: [...UPDATE, ...DELETE, "create", "add", "invite", "list", "locale", "preference"] },
  { action: "authn_login", strength: 2, all: [["verify", "check", "validate", "compare"], ["credential", "magiclink"]] },
  { action: "authn_login", strength: 2, all: [["magiclink"]] },
  { action: "authn_login", strength: 1, all: [["verify"], ["auth"]], none: ["email", "account", "admin"] },
  { action: "authn_login", strength: 1, all: [["authenticate"]] },
  { action: "authn_login", strength: 1, all: [["create", "start", "begin", "new", "open"], ["session"]], none: ["checkout", "payment", "stripe", "upload", "chat", "editor", "recording", "game", "study", "db", "database", "transaction"] },
  { action: "authn_login", strength: 2, all: [["sudo", "reauthenticate"]] },

  { action: "authn_logout", strength: 3, all: [["logout", "signout"]], none: ["url", "view", "model"] },
  { action: "authn_logout", strength: 2, all: [["destroy", "clear", "end", "delete"], ["session"]], none: ["all", "other", "user", "id", "by", "list", "chat", "upload", "checkout", "file", "cache", "cart", "flash", "message", "filter", "draft"] },

  { action: "session_revoked", strength: 3, all: [["revoke", "terminate", "invalidate", "kill", "expire", "logout"], ["session", "device"]], none: ["app", "chat", "game", "recording", "editor", "terminal", "notebook", "upload", "study"] },
  { action: "session_revoked", strength: 2, all: [["delete", "destroy", "remove", "clear"], ["session"]], none: ["chat", "upload", "editor", "checkout", "recording", "study", "game"] },

  { action: "user_created", strength: 3, all: [SIGNUP], none: ["total", "metric", "api", "frontend", "count", "schema", "type", "tool", "font", "domain", "device", "plugin", "handler", "service", "listener", "callback", "client", "form", "page", "url", "module", "component", "command", "event", "hook", "route", "webhook", "agent"] },
  { action: "user_created", strength: 2, all: [[...CREATE, "import", "onboard"], ["user", "account", "customer"]], none: [...USER_PARTS, "admin", "member", "bank", "note", "address", "bank", "payment", "collection", "environment", "link", "card", "agent", "tag", "type"] },
  { action: "user_created", strength: 2, all: [["activate", "confirm", "verify"], ["email", "account", "register", "signup"]], none: ["change", "resend", "send", "request", "payment", "password", "token", "access"] },

  { action: "user_created", strength: 2, all: [["confirm"], ["verify"]], none: ["password", "request", "send", "resend", "phone", "payment", "identity", "domain", ...FACTOR] },
  { action: "user_created", strength: 2, all: [["verify", "confirm", "activate"], [LINK_CODE]], none: ["password", "reset", "change", "payment", "domain", "invite", ...FACTOR] },
  { action: "user_created", strength: 2, all: [["activate", "confirm"], ["user"]], none: ["delete", "payment", "dialog", "modal", ...PASSWORD, ...FACTOR] },
  { action: "user_created", strength: 2, all: [["activate", "confirm"], ["auth", "register", "signup"]], none: ["password", "payment", "resend", "send", "request"] },
  { action: "user_created", strength: 1, all: [["activate", "confirm"], ["token"]], none: ["password", "payment", "resend", "send", "request", "access", "api"] },

  { action: "user_deleted", strength: 3, all: [[...DELETE, "close", "cancel"], USER], none: [...USER_PARTS, "property", "field", "hidden", "attribute", "link", "cookie", "cache", "listener", "history", "setting", "preference", "session", "token", "group", "role", "avatar", "photo", "image", "notification", "note", "address", "team", "organization", "project", "workspace", "bank", "environment", "request", "collection", "card", "tag", "type", "key", "password", "picture"] },
  { action: "user_deleted", strength: 3, all: [["erase", "anonymize", "gdpr"], [...USER, "data", "person", "me"]] },
  { action: "user_deleted", strength: 2, all: [["delete", "destroy", "remove"], ["me", "myself", "profile"]] },

  { action: "user_suspended", strength: 3, all: [["suspend", "ban", "unban", "unsuspend", "deactivate", "reactivate"], [...USER, "member", "me", "profile"]], none: [...PASSWORD, ...FACTOR] },
  { action: "user_suspended", strength: 3, all: [["ban", "unban", "suspend", "unsuspend"]], none: ["subscription", "plan", "payment", "job", "task", "queue", "process", "session", "account"] },
  { action: "user_suspended", strength: 2, all: [["block", "unblock", "disable", "lock", "unlock", "freeze", "enable"], ["user", "account", "customer"]], none: ["notification", "feature", "mfa", "2fa", "setting", "row", "keyword", "phrase"] },

  { action: "user_updated", strength: 2, all: [[...UPDATE, "confirm", "verify", "primary"], ["email", "phone", "username"]], none: ["option", "resend", "send", "public", "template", "setting", "preference", "notification", "subscription", "config", "log", "campaign", "message", "list", "domain"] },
  { action: "user_updated", strength: 3, all: [["change", "replace"], ["email", "username"]], none: ["option", "resend", "send", "public", "template", "setting", "preference", "notification", "subscription", "config", "log", "campaign", "message", "list", "domain", "support"] },
  { action: "user_updated", strength: 3, all: [UPDATE, ["profile"], ["info", "information"]] },
  { action: "user_updated", strength: 1, all: [UPDATE, ["user", "account", "customer"]], none: [...USER_PARTS, "password", "history", "setting", "preference", "session", "token", "group", "role", "avatar", "photo", "image", "notification", "note", "address", "state", "last", "status", "environment", "display", "profile", "theme", "locale", "language", "collection", "onboarding", "tag", "type", "picture", "view", "layout", "bank", "count", "location", "presence"] },

  { action: "authz_change", strength: 3, all: [["promote", "demote", "elevate", "appoint"], [...USER, "admin", "member", "owner", "role"]] },
  { action: "authz_change", strength: 3, all: [["make", "promote", "grant", "add", "remove", "set", "revoke", "demote", "toggle", "assign", "give", "take", "invite"], ["admin", "superuser"]], none: ["password", "setting", "config", "note", "email", "page", "session", "token"] },
  { action: "authz_change", strength: 3, all: [[...UPDATE, "assign", "unassign", "grant", "revoke", "give", "take", "sync", "add", "remove", "attach", "detach", "delete", "create", "leave", "join", "invite", "transfer", "kick", "destroy", "insert"], ROLE], none: ["cache", "token", "card"] },
  { action: "authz_change", strength: 3, all: [["invite"]], none: ["list", "link", "get", "email", "count", "is", "validate", "code"] },
  { action: "authz_change", strength: 3, all: [[...UPDATE, "grant"], ["access"], ["mode", "level", "right"]], none: ["log", "control"] },
  { action: "authz_change", strength: 2, all: [MUTATE, ["ownership"]] },
  // Whoever is called an owner may be a person among the things of the application: only a change of who owns what tells.
  { action: "authz_change", strength: 2, all: [OWNED_BY, ["owner"]] },
  { action: "authz_change", strength: 2, all: [MUTATE, OWNED, ["owner"]] },
  { action: "authz_change", strength: 2, all: [["add", "remove", "appoint", "promote", "demote", "leave"], ["mod"]], none: ["time", "loader", "file", "game", "pack", "package", "list", "note"] },
  { action: "authz_change", strength: 2, all: [["transfer"], OWNED], none: ["file", "data", "money", "fund", "bank", "stock", "item", "content"] },
  { action: "authz_change", strength: 2, all: [["grant", "revoke", "share", "unshare"], ["access"]], none: ["token", "accesstoken", "key"] },
  { action: "authz_change", strength: 2, all: [MUTATE, ["sharelink"]] },
  { action: "authz_change", strength: 2, all: [MUTATE, ["user", "member"], ["group", "team", "organization", "project", "workspace", "channel"]], none: ["setting", "name", "avatar"] },

  { action: "authz_admin", strength: 3, all: [["impersonate", "masquerade"]], none: ["url", "get", "is", "link"] },
  { action: "authz_admin", strength: 2, all: [["maintenance"]], none: ["record", "window", "request", "order", "log"] },
  { action: "authz_admin", strength: 2, all: [["login", "signin"], ["as"], ["user", "customer", "member"]] },
  { action: "authz_admin", strength: 2, all: [["restart", "shutdown", "reboot", "backup", "restore"], ["server", "system", "database", "db", "instance", "app", "site"]] },

  { action: "token_created", strength: 3, all: [[...CREATE, "refresh", "exchange"].filter((word) => !MADE.includes(word)), TOKEN], none: NO_CREDENTIAL },
  { action: "token_created", strength: 2, all: [MADE, TOKEN], none: NO_CREDENTIAL },
  { action: "token_created", strength: 2, all: [["regenerate"], ["profile", "me", "account"]], none: ["avatar", "picture", "image", "photo", "key"] },
  { action: "token_created", strength: 2, all: [UPDATE, ["apitoken", "apikey", "accesskey", "clientsecret", "secret", "credential", "serviceaccount"]], none: ["name", "description", "label"] },
  { action: "token_created", strength: 2, all: [["refresh", "renew"], ["token", "refreshtoken", "accesstoken", "jwt", "session", "auth"]] },
  { action: "token_created", strength: 2, all: [["authorize", "consent", "approve", "grant"], ["oauth", "oauth2", "device", "client", "app", "application", "consent"]], none: ["revoke", "is"] },
  { action: "token_created", strength: 1, all: [["create", "generate", "rotate", "regenerate"], ["key"]], none: ["cache", "foreign", "primary", "sort", "i18n", "translation"] },
  { action: "token_created", strength: 1, all: [["sign"], ["jwt", "token"]] },

  { action: "token_revoked", strength: 3, all: [["revoke", "delete", "remove", "destroy", "invalidate", "disable", "expire", "deactivate", "del", "blacklist"], TOKEN], none: [...OUTWARD, "csrf", "device", "push", "fcm", "reset", "cache"] },
  { action: "token_revoked", strength: 3, all: [["revoke"], ["consent", "key", "app", "application", "client", "grant", "authorize"]], none: ["session"] },
  { action: "token_revoked", strength: 1, all: [["delete", "remove", "revoke", "destroy"], ["key"]], none: ["cache", "foreign", "primary", "redis", "object", "i18n", "translation"] },
  { action: "token_revoked", strength: 2, all: [["logout"], ["token"]] },

  { action: "token_revealed", strength: 3, all: [["reveal", "expose", "unmask", "decrypt"], [...TOKEN, "key", "password"]] },
  { action: "token_revealed", strength: 2, all: [["get", "show", "view", "download", "fetch", "read", "serve", "export", "copy", "display"], ["secret", "privatekey", "clientsecret", "credential", "encryptionkey", "signingkey"]], none: ["list", "name", "validate", "message", "question"] },

  { action: "sensitive_read", strength: 3, all: [["export", "download", "dump"], [...USER, "member", "contact", "person", "data", "response", "lead", "audit", "customer", "order", "transaction", "employee", "patient", "student", "csv", "report", "personal", "archive", "record", "database", "backup", "payment", "invoice", "submission", "answer", "candidate", "attendee", "subscription"]], none: ["filename", "file", "source", "attachment", "template", "sample", "app", "binary", "client", "font", "icon", "module", "function", "schema"] },
  { action: "sensitive_read", strength: 2, all: [["export", "takeout"]], none: ["var", "filename", "format", "default", "module", "function", "const", "template", "image", "pdf", "png", "svg", "design", "theme", "figma", "code", "chart"] },
  { action: "sensitive_read", strength: 3, all: [["decrypt", "decrypted", "unmask", "reveal"], ["bank", "account", "acct", "card", "iban", "ssn", "number", "personal", "tax", "passport"]], none: ["modal", "toggle"] },
  { action: "sensitive_read", strength: 1, all: [["csv", "xlsx"]], none: ["import", "migration", "migrate", "migrator", "detect", "preview", "parse", "upload", "sample", "template", "statistic", "stat", "metric", "usage", "count", "public"] },

  { action: "security_config_change", strength: 3, all: [[...CREATE, ...UPDATE, ...DELETE, "configure", "enable", "disable", "config", "connect", "disconnect", "unlink", "link", "setup", "activate", "test"], [...SSO, "ldap", "scim", "idp", "identity"]], none: ["login", "signin", "callback", "user", "session"] },
  { action: "security_config_change", strength: 3, all: [[...CREATE, ...UPDATE, ...DELETE, "register", "enable", "disable", "configure"], ["webhook", "allowlist", "blocklist", "firewall", "cors"]], none: ["stripe", "github", "slack", "twilio", "paypal", "incoming", "handle", "receive", "process", "event", "log", "test", "delivery"] },
  { action: "security_config_change", strength: 3, all: [[...UPDATE, "configure", "enable", "disable", "config"], ["security", "authenticate", "auth", "encryption", "captcha", "password"], ["setting", "config", "policy", "method", "provider", "option"]], none: ["get"] },
  { action: "security_config_change", strength: 2, all: [[...CREATE, ...UPDATE, ...DELETE, "configure", "connect", "disconnect"], ["oauth", "oauth2"], ["app", "application", "client", "provider"]] },
  { action: "security_config_change", strength: 2, all: [[...UPDATE, "configure", "enable", "disable"], ["config", "setting", "configuration"], ["infra", "system", "server", "instance", "global", "admin", "site", "application", "app", "smtp", "platform"]], none: ["user", "notification", "theme", "display"] },
  { action: "security_config_change", strength: 2, all: [[...CREATE, ...UPDATE, ...DELETE, "enable", "disable", "configure", "install", "uninstall"], ["integration", "addon", "plugin", "connector"]], none: ["message", "event", "test"] },
  { action: "security_config_change", strength: 2, all: [["disconnect", "unlink", "link", "connect"], ["google", "github", "gitlab", "microsoft", "facebook", "twitter", "apple", "okta", "oauth", "provider", "identity", "social"]] },
];

/** What a delete destroys that is somebody's own ordinary content, or no content at all. A delete of anything else is weak evidence of a sensitive one. */
export const ORDINARY_THINGS: ReadonlySet<string> = new Set([
  ...["tag", "label", "like", "favorite", "favourite", "bookmark", "star", "reaction", "vote", "follow", "follower", "comment", "reply", "message", "note", "draft", "todo", "task", "reminder"],
  ...["notification", "preference", "setting", "view", "filter", "search", "history", "recent", "cart", "basket", "wishlist", "item", "address", "card", "avatar", "photo", "picture", "image"],
  ...["thumbnail", "cover", "banner", "icon", "attachment", "upload", "shortcode", "shortlink", "cache", "cookie", "temp", "tmp", "session", "tab", "column", "row", "cell", "block", "widget", "highlight"],
  ...["emoji", "post", "story", "playlist", "track", "review", "rating", "feedback", "answer", "question", "subscription", "watch", "pin", "snippet", "template", "layout", "chat", "conversation", "thread", "annotation", "mention", "event", "schedule", "availability", "slot", "draft", "option", "property", "attribute", "category", "link", "url", "step", "variant", "translation", "job", "queue", "listener", "handler", "element", "node", "class", "style", "key", "field", "value", "entry", "index", "request", "response", "billing", "plan", "password"],
]);

/** Words that make a thing somebody's own marginal note on it: "favorite project", "tag on response". */
export const MARGINAL: ReadonlySet<string> = new Set(["favorite", "favourite", "bookmark", "star", "like", "reaction", "vote", "follow", "comment", "tag", "notification", "preference", "draft", "cart", "wishlist", "avatar", "own", "my", "recent", "history", "pin", "read", "seen", "dismiss", "view", "onboarding", "tour", "theme", "locale"]);

/** Shared things whose loss others notice: deleting them is what a delete record is for. */
export const SHARED_THINGS: ReadonlySet<string> = new Set([
  ...["team", "organization", "workspace", "project", "group", "company", "tenant", "repository", "repo", "package", "release", "environment", "database", "collection", "bucket", "cluster", "server", "instance"],
  ...["contact", "customer", "client", "survey", "form", "board", "channel", "room", "space", "site", "domain", "folder", "file", "document", "doc", "library", "album", "asset", "device", "segment", "feature", "flag"],
  ...["campaign", "product", "order", "invoice", "payment", "record", "dataset", "model", "backup", "log", "data", "employee", "patient", "student", "course", "agent", "bot", "pipeline", "app", "application", "service", "strategy", "context", "storage", "department", "store", "shop", "branch", "rule", "policy", "calendar", "eventtype", "schema", "table", "directory", "link", "vault", "secret"],
]);

/** Verbs that only look. */
export const READING: ReadonlySet<string> = new Set(["get", "list", "find", "fetch", "show", "index", "load", "read", "search", "count", "view", "render", "query", "lookup", "describe", "paginate", "preview", "validate", "is", "has", "can", "new", "edit", "form", "page", "retrieve", "check", "status", "all", "my", "total", "suggest", "compute", "estimate", "serve", "who", "whoami", "info", "detail", "profile"]);

export const DELETING: ReadonlySet<string> = new Set(DELETE);
