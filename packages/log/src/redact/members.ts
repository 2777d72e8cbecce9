import type { Names, NameVerdict } from "@telltale/vocabulary";

/**
 * What a member's name asks of the walk beside its verdict:
 * `value`: may be the value of a name that stands beside it (`{name: "Authorization", value}`);
 * `second`: a word that only its parent makes telling (`session.id`, `card.number`, `mfa.code`);
 * `jwk`: a private part of a JSON Web Key; `bindings`: values of a statement; `headers`: a list of names and values in turn;
 * `auth`: options of an HTTP client, `["user", "password"]` or `user:password`, where it is not the name of a method.
 */
export type MemberRole = "value" | "second" | "jwk" | "bindings" | "headers" | "auth";

export interface Member {
  /** The key as it may be written: keys can hold secrets too. */
  readonly key: string;
  readonly verdict: NameVerdict | undefined;
  readonly roles: readonly MemberRole[];
}

const roles: Readonly<Record<MemberRole, readonly string[]>> = {
  value: ["value", "val", "v", "content", "data", "input", "received", "actual", "text", "raw", "Value", "context"],
  second: ["id", "code", "value", "key", "number", "no", "phrase", "answer", "pass", "link", "url", "string"],
  jwk: ["d", "p", "q", "dp", "dq", "qi", "k", "oth"],
  bindings: ["values", "params", "parameters", "bindings", "replacements", "args", "arguments"],
  headers: ["rawHeaders", "rawTrailers", "headers", "header", "headersList", "_headers"],
  auth: ["auth", "_auth", "basicAuth"],
};

const rolesByName = new Map<string, MemberRole[]>();
for (const [role, names] of Object.entries(roles) as [MemberRole, readonly string[]][])
  for (const name of names) rolesByName.set(name, [...(rolesByName.get(name) ?? []), role]);

const none: readonly MemberRole[] = [];
const remembered = 2048;
const longestRemembered = 64;

/** What to do with a member of an object, by its key; remembered per key. */
export function createMembers(names: Names, cleanKey: (key: string) => string): (key: string) => Member {
  let known = new Map<string, Member>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const member = { key: cleanKey(key), verdict: names.verdict(key), roles: rolesByName.get(key) ?? none };
    if (key.length <= longestRemembered) {
      if (known.size >= remembered) known = new Map();
      known.set(key, member);
    }
    return member;
  };
}

type Members = { readonly [key: string]: unknown };

/** Members that hold a name, of which `value` is the value. */
const naming = [
  "name",
  "key",
  "header",
  "field",
  "path",
  "param",
  "property",
  "instancePath",
  "label",
  "column",
  "attribute",
  "Name",
  "Key",
];

/** What an object's name-holding member says of the value beside it. `path` may be a list, as validators give it. */
export function verdictOfNeighbour(members: Members, names: Names): NameVerdict | undefined {
  for (const name of naming) {
    const given = members[name];
    const text: unknown = Array.isArray(given) ? given.at(-1) : given;
    if (typeof text !== "string" || text.length > 256) continue;
    const verdict = names.verdict(text);
    if (verdict) return verdict;
  }
  return undefined;
}

/** Neighbours that make `code` the code of an OAuth or one-time-password exchange (RFC 6749, 4.1.3), not an error's. */
const exchange = ["grant_type", "grantType", "code_verifier", "codeVerifier", "redirect_uri", "redirectUri", "state", "factor"];

export function isExchangeCode(key: string, members: Members): boolean {
  return key === "code" && exchange.some((name) => typeof members[name] === "string");
}

/** Members that hold a statement with gaps, of which `values` fill the gaps. */
const statements = ["text", "sql", "query", "statement", "strings", "format", "template", "command", "message", "msg"];
const word = /[\p{L}_][\p{L}\p{N}_-]*/gu;

/** Whether a statement beside them names something sensitive: `update users set password = $1`. */
export function fillsSecretGap(members: Members, names: Names): boolean {
  return statements.some((name) => {
    const given = members[name];
    const text = typeof given === "string" ? given : Array.isArray(given) ? given.filter((part) => typeof part === "string").join(" ") : "";
    return (text.slice(0, 4096).match(word) ?? []).some((part) => part.length >= 3 && names.verdict(part) !== undefined);
  });
}
