import { listOf, must, needed, oneOf, options, whole } from "../checks.ts";
import type { Check } from "../checks.ts";
import { SetupError } from "../errors.ts";
import type { PseudonymizeOptions } from "./pseudonyms.ts";
import type { Bounds } from "./walk.ts";

/** A pattern of the application: what it finds is replaced by `[redacted:NAME]`. */
export interface RedactPattern {
  /** 1 to 40 letters, digits or `_`. */
  readonly name: string;
  /** Flags `i`, `m`, `s` and `u` count. It runs on text from strangers: no nested quantifiers. */
  readonly pattern: RegExp;
}

export interface RedactOptions {
  /** Further sensitive names, in any spelling: `badgeNumber` also covers `employee_badge_number`. */
  readonly names?: readonly string[];
  /** Names that stay, whatever the lists say; whole names, in any spelling. Their values are still searched. */
  readonly allow?: readonly string[];
  readonly patterns?: readonly RedactPattern[];
  /** Objects inside one another. Default: 12. */
  readonly maxDepth?: number;
  /** Members and elements in one value (`details`, `extra`, `error` each). Default: 2,000. */
  readonly maxNodes?: number;
  /** Characters of text in one value. Default: 65,536. */
  readonly maxLength?: number;
  /** Identifiers that are replaced by a keyed hash, so that counting by account still works without the plain value. */
  readonly pseudonymize?: PseudonymizeOptions;
}

/** Bounds of each number: smallest, largest, default. */
const numbers: Readonly<Record<keyof Bounds, readonly [number, number, number]>> = {
  maxDepth: [1, 100, 12],
  maxNodes: [1, 1_000_000, 2000],
  maxLength: [64, 16_777_216, 65_536],
};

const shortestKey = 32;

const name = must((value) => typeof value === "string" && /[\p{L}\p{N}]/u.test(value), "a name with a letter or digit in it");

const pattern = options({
  name: needed(must((value) => typeof value === "string" && /^\w{1,40}$/.test(value), "1 to 40 letters, digits or _")),
  pattern: needed(
    must(
      (value) => value instanceof RegExp && !new RegExp(value.source, value.flags.replace(/[gy]/g, "")).test(""),
      "a regular expression that does not match an empty text",
    ),
  ),
});

const bound = (of: keyof Bounds): Check => whole(numbers[of][0], numbers[of][1]);

const checkRedaction = options({
  names: listOf(name, 0),
  allow: listOf(name, 0),
  patterns: listOf(pattern, 0),
  maxDepth: bound("maxDepth"),
  maxNodes: bound("maxNodes"),
  maxLength: bound("maxLength"),
  pseudonymize: options({
    key: checkKey,
    keyId: must((value) => typeof value === "string" && /^[A-Za-z0-9]{1,16}$/.test(value), "1 to 16 letters or digits"),
    fields: needed(listOf(oneOf("actor", "target", "email", "ip", "user_agent", "tenant"))),
  }),
});

/** @param at path of the options, for messages. @throws SetupError naming the field */
export function checkedBounds(given: RedactOptions, at: string): Bounds {
  needed(checkRedaction)(given, at);
  const { maxDepth = numbers.maxDepth[2], maxNodes = numbers.maxNodes[2], maxLength = numbers.maxLength[2] } = given;
  return { maxDepth, maxNodes, maxLength };
}

function checkKey(key: unknown, field: string): void {
  if (key === undefined || key === null || key === "") throw new SetupError("MISSING_KEY", { field, problem: "none was given" });
  if (typeof key !== "string" && !(key instanceof Uint8Array))
    throw new SetupError("MISSING_KEY", { field, problem: "it must be text or bytes" });
  const length = typeof key === "string" ? Buffer.byteLength(key) : key.length;
  if (length < shortestKey) throw new SetupError("MISSING_KEY", { field, problem: `this one has ${length}` });
}
