import { types } from "node:util";
import type { Json } from "../record.ts";
import { setMember } from "./echoes.ts";
import type { Member } from "./members.ts";
import { fillsSecretGap, isExchangeCode, verdictOfNeighbour } from "./members.ts";
import type { Names, NameVerdict } from "@telltale/vocabulary";
import { announcesSecret, isHeaderList } from "./lists.ts";
import { isPairSource, opaqueNote } from "./opaque.ts";
import { isCardNumber } from "./text/checksums.ts";
import { redacted, redactedAs } from "./text/spans.ts";

export interface Bounds {
  readonly maxDepth: number;
  readonly maxNodes: number;
  readonly maxLength: number;
}

export interface WalkParts {
  readonly names: Names;
  readonly member: (key: string) => Member;
  /** `limit`: characters of the text that are kept. */
  readonly scan: (text: string, encodings: number, limit: number) => string;
  readonly bounds: Bounds;
}

/** One walk: what is left of its bounds, and what it did. */
export interface Walk {
  nodes: number;
  characters: number;
  /** Counts what was replaced or left out. */
  changes: number;
  /** Encodings that were undone to come here: JSON in a string. */
  readonly encodings: number;
  /** Objects on the way from the root. */
  readonly path: object[];
  /** Secrets that a name gave away: they may stand in other texts as well. */
  readonly found: string[];
  /** A value that stays although its name is sensitive: the hash of the session. */
  readonly keep: string | undefined;
}

type Out = { [key: string]: Json };
type Members = { readonly [key: string]: unknown };

const unreadable = "[unreadable]";
const mostFound = 32;

export function createWalk({ names, member, scan, bounds }: WalkParts) {
  const begin = (encodings = 0, keep?: string): Walk => ({
    nodes: bounds.maxNodes,
    characters: bounds.maxLength,
    changes: 0,
    encodings,
    path: [],
    found: [],
    keep,
  });

  const text = (value: string, walk: Walk): string => {
    if (value.length > walk.characters) walk.changes++;
    const clean = scan(value, walk.encodings, walk.characters);
    walk.characters = Math.max(0, walk.characters - clean.length);
    if (clean !== value) walk.changes++;
    return clean;
  };

  /** @param parent name of the member that holds the value, or holds the list that holds it. */
  const value = (given: unknown, parent: string, walk: Walk): Json => {
    switch (typeof given) {
      case "string":
        return text(given, walk);
      case "number":
        return numberOf(given, walk);
      case "boolean":
        return given;
      case "bigint":
        return text(String(given), walk);
      case "object":
        return given === null ? null : object(given, parent, walk);
      case "undefined":
        return null;
      default:
        return typeof given === "function" ? "[function]" : "[symbol]";
    }
  };

  const object = (given: object, parent: string, walk: Walk): Json => {
    if (walk.path.length >= bounds.maxDepth) return leftOut("[too deep]", walk);
    if (walk.path.includes(given)) return "[circular]";
    walk.path.push(given);
    try {
      return looked(given, parent, walk);
    } catch {
      // A revoked proxy, a trap that throws.
      return leftOut(unreadable, walk);
    } finally {
      walk.path.pop();
    }
  };

  const looked = (given: object, parent: string, walk: Walk): Json => {
    if (Array.isArray(given)) return array(given, parent, walk);
    const prototype: unknown = Object.getPrototypeOf(given);
    if (prototype === Object.prototype || prototype === null) return plain(given as Members, parent, walk);
    return special(given, parent, walk);
  };

  const plain = (given: Members, parent: string, walk: Walk): Json => {
    if (typeof given["toJSON"] === "function") return throughToJSON(given as unknown as HasToJSON, parent, walk);
    if (given["type"] === "Buffer" && Array.isArray(given["data"])) return `[Buffer ${given["data"].length} bytes]`;
    return ownMembers(given, {}, parent, walk, Object.keys(given));
  };

  const ownMembers = (given: Members, out: Out, parent: string, walk: Walk, keys: readonly string[]): Out => {
    for (let at = 0; at < keys.length; at++) {
      if (walk.nodes-- <= 0) {
        setMember(out, "[truncated]", `${keys.length - at} more`);
        walk.changes++;
        break;
      }
      const key = keys[at]!;
      let held: unknown;
      try {
        held = given[key];
      } catch {
        setMember(out, member(key).key, leftOut(unreadable, walk));
        continue;
      }
      if (held === undefined) continue;
      const facts = member(key);
      if (facts.key !== key) walk.changes++;
      const json = facts.verdict
        ? underVerdict(held, key, facts.verdict, walk)
        : facts.roles.length === 0
          ? value(held, key, walk)
          : byRole(held, key, facts, given, parent, walk);
      setMember(out, facts.key, json);
    }
    return out;
  };

  /** A value with the name of the member that holds it. */
  const named = (held: unknown, key: string, walk: Walk): Json => {
    const { verdict } = member(key);
    return verdict ? underVerdict(held, key, verdict, walk) : value(held, key, walk);
  };

  /** What stands under a sensitive name. */
  const underVerdict = (held: unknown, key: string, verdict: NameVerdict, walk: Walk): Json => {
    if (held === null || held === undefined || held === "" || typeof held === "boolean") return held ?? null;
    if (verdict.onlyText && typeof held === "object" && !Array.isArray(held)) return value(held, key, walk);
    if (verdict.plural && (typeof held === "number" || (typeof held === "string" && isCount(held)))) return value(held, key, walk);
    if (typeof held === "string") {
      if (held === walk.keep && verdict.kind === "session") return held;
      if (walk.found.length < mostFound && held.length >= shortestFound && held.length <= 512) walk.found.push(held);
    }
    if (held === redacted) return redacted;
    walk.changes++;
    return redacted;
  };

  /** Names that are harmless alone, and telling beside others. */
  const byRole = (held: unknown, key: string, facts: Member, given: Members, parent: string, walk: Walk): Json => {
    for (const role of facts.roles) {
      const verdict = verdictByRole(role, key, held, given, parent);
      if (verdict) return underVerdict(held, key, verdict, walk);
    }
    if (Array.isArray(held)) {
      if (facts.roles.includes("bindings") && fillsSecretGap(given, names)) return leftOut(redacted, walk);
      if (facts.roles.includes("headers")) return object(held, "rawHeaders", walk);
    }
    return value(held, key, walk);
  };

  const verdictByRole = (
    role: Member["roles"][number],
    key: string,
    held: unknown,
    given: Members,
    parent: string,
  ): NameVerdict | undefined => {
    if (role === "auth") return Array.isArray(held) || (typeof held === "string" && held.includes(":")) ? secretMember : undefined;
    if (role === "value") return verdictOfNeighbour(given, names);
    if (role === "jwk") return typeof given["kty"] === "string" ? secretMember : undefined;
    if (role !== "second") return undefined;
    if (isExchangeCode(key, given)) return secretMember;
    return parent === "" ? undefined : names.verdict(`${parent} ${key}`);
  };

  const array = (given: readonly unknown[], parent: string, walk: Walk): Json[] => {
    const out: Json[] = [];
    const inPairs = parent === "rawHeaders" || isHeaderList(given);
    const entry = given.length === 2 && Array.isArray(walk.path.at(-2)) && typeof given[0] === "string";
    for (let at = 0; at < given.length; at++) {
      if (walk.nodes-- <= 0) {
        out.push(`[truncated: ${given.length - at} more]`);
        walk.changes++;
        break;
      }
      const before = at > 0 ? given[at - 1] : undefined;
      const held = given[at];
      const verdict =
        typeof before !== "string"
          ? undefined
          : (inPairs && at % 2 === 1) || entry
            ? names.verdict(before)
            : announcesSecret(before, names)
              ? secretMember
              : undefined;
      out.push(verdict ? underVerdict(held, parent, verdict, walk) : value(held, parent, walk));
    }
    return out;
  };

  const special = (given: object, parent: string, walk: Walk): Json => {
    if (given instanceof Error || types.isNativeError(given)) return error(given, walk);
    if (given instanceof Date) return Number.isNaN(given.getTime()) ? null : given.toISOString();
    const note = opaqueNote(given);
    if (note !== undefined) return note;
    if (given instanceof Map) return pairs(given, parent, walk);
    if (given instanceof Set) return array([...bounded(given, walk)], parent, walk);
    if (given instanceof URL) return text(given.href, walk);
    if (given instanceof RegExp) return text(String(given), walk);
    if (types.isBoxedPrimitive(given)) return value(given.valueOf(), parent, walk);
    if (isPairSource(given)) return pairs(given.entries(), parent, walk);
    const members = given as unknown as Members;
    if (typeof members["toJSON"] === "function") return throughToJSON(given as unknown as HasToJSON, parent, walk);
    return ownMembers(members, {}, parent, walk, Object.keys(given));
  };

  const throughToJSON = (given: HasToJSON, parent: string, walk: Walk): Json => {
    const shown: unknown = given.toJSON(parent);
    if (shown === given) return ownMembers(given as unknown as Members, {}, parent, walk, Object.keys(given));
    // What it gives may have a toJSON of its own, and so on without end: the depth bounds it.
    return value(shown, parent, walk);
  };

  /** Maps and lists of named values as an object; keys that are no text are written as JSON, values of the same key as a list. */
  const pairs = (given: Iterable<readonly [unknown, unknown]>, parent: string, walk: Walk): Out => {
    const members: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
    for (const [key, held] of bounded(given, walk)) {
      const name =
        typeof key === "string" ? key : typeof key === "object" && key !== null ? JSON.stringify(value(key, "", walk)) : String(key);
      members[name] = name in members ? [members[name], held].flat() : held;
    }
    return ownMembers(members, {}, parent, walk, Object.keys(members));
  };

  function* bounded<T>(given: Iterable<T>, walk: Walk): Iterable<T> {
    let count = 0;
    for (const item of given) {
      if (walk.nodes <= 0 || count++ > bounds.maxNodes) {
        walk.changes++;
        return;
      }
      yield item;
    }
  }

  /** Errors with what `JSON.stringify` does not see: message, stack, causes, the parts of an AggregateError. */
  const error = (given: Error, walk: Walk): Out => {
    const out: Out = {};
    const read = (name: string): unknown => {
      try {
        return (given as unknown as Members)[name];
      } catch {
        return leftOut(unreadable, walk);
      }
    };
    const type = read("name");
    out["type"] = typeof type === "string" && type !== "" ? text(type, walk) : "Error";
    const message = read("message");
    out["message"] = typeof message === "string" ? text(message, walk) : JSON.stringify(value(message, "message", walk));
    const stack = read("stack");
    if (typeof stack === "string") out["stack"] = text(stack, walk);
    const cause = read("cause");
    if (cause !== undefined) out["cause"] = value(cause, "cause", walk);
    const errors = read("errors");
    if (errors !== undefined) out["errors"] = value(errors, "errors", walk);
    const own = Object.keys(given).filter((key) => !Object.hasOwn(out, key) && !(key === "name" && type !== undefined));
    return ownMembers(given as unknown as Members, out, "", walk, own);
  };

  const numberOf = (given: number, walk: Walk): Json => {
    if (!Number.isFinite(given)) return String(given);
    if (given < 1e12 || !Number.isInteger(given) || !isCardNumber(String(given))) return given === 0 ? 0 : given;
    walk.changes++;
    return redactedAs("card");
  };

  return { begin, value, named };
}

interface HasToJSON {
  toJSON(key: string): unknown;
}

const isCount = (text: string): boolean => /^\d{1,9}$/.test(text);

const shortestFound = 6;
const secretMember: NameVerdict = { kind: "token", plural: false, onlyText: false };

function leftOut(note: string, walk: Walk): string {
  walk.changes++;
  return note;
}
