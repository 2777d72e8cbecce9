import { distance } from "fastest-levenshtein";
import { SetupError } from "../errors.ts";
import type { PseudonymizedField, PseudonymizeOptions } from "./pseudonyms.ts";
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

const known = ["names", "allow", "patterns", "maxDepth", "maxNodes", "maxLength", "pseudonymize"];
const knownPseudonymize = ["key", "keyId", "fields"];
const fields: readonly PseudonymizedField[] = ["actor", "target", "email", "ip", "user_agent", "tenant"];
const shortestKey = 32;

/** Bounds of each number: smallest, largest, default. */
const numbers: Readonly<Record<keyof Bounds, readonly [number, number, number]>> = {
  maxDepth: [1, 100, 12],
  maxNodes: [1, 1_000_000, 2000],
  maxLength: [64, 16_777_216, 65_536],
};

/** @param at path of the options, for messages. @throws SetupError naming the field */
export function checkedBounds(options: RedactOptions, at: string): Bounds {
  if (typeof options !== "object" || options === null || Array.isArray(options)) bad(at, "must be an object");
  checkKeys(options, known, at);
  checkTexts(options.names, `${at}.names`);
  checkTexts(options.allow, `${at}.allow`);
  checkPatterns(options.patterns, `${at}.patterns`);
  if (options.pseudonymize !== undefined) checkPseudonymize(options.pseudonymize, `${at}.pseudonymize`);
  return { maxDepth: numberOf(options, "maxDepth", at), maxNodes: numberOf(options, "maxNodes", at), maxLength: numberOf(options, "maxLength", at) };
}

function bad(field: string, problem: string): never {
  throw new SetupError("BAD_OPTION", { field, problem });
}

function checkKeys(options: object, allowed: readonly string[], at: string): void {
  for (const key of Object.keys(options)) {
    if (allowed.includes(key)) continue;
    const near = allowed.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2);
    throw new SetupError("UNKNOWN_OPTION", { field: `${at}.${key}`, hint: near ? `: did you mean ${near}?` : "" });
  }
}

function numberOf(options: RedactOptions, name: keyof Bounds, at: string): number {
  const [smallest, largest, standard] = numbers[name];
  const given: unknown = options[name];
  if (given === undefined) return standard;
  if (typeof given !== "number" || !Number.isInteger(given) || given < smallest || given > largest)
    bad(`${at}.${name}`, `must be an integer from ${smallest} to ${largest}`);
  return given;
}

function checkTexts(given: unknown, at: string): void {
  if (given === undefined) return;
  if (!Array.isArray(given)) bad(at, "must be a list of names");
  for (const [index, name] of given.entries())
    if (typeof name !== "string" || !/[\p{L}\p{N}]/u.test(name)) bad(`${at}[${index}]`, "must be a name with a letter or digit in it");
}

function checkPatterns(given: unknown, at: string): void {
  if (given === undefined) return;
  if (!Array.isArray(given)) bad(at, "must be a list of {name, pattern}");
  for (const [index, entry] of (given as Partial<RedactPattern>[]).entries()) {
    if (typeof entry !== "object" || entry === null) bad(`${at}[${index}]`, "must be {name, pattern}");
    checkKeys(entry, ["name", "pattern"], `${at}[${index}]`);
    if (typeof entry.name !== "string" || !/^\w{1,40}$/.test(entry.name)) bad(`${at}[${index}].name`, "must be 1 to 40 letters, digits or _");
    if (!(entry.pattern instanceof RegExp)) bad(`${at}[${index}].pattern`, "must be a regular expression");
    if (new RegExp(entry.pattern.source, entry.pattern.flags.replace(/[gy]/g, "")).test(""))
      bad(`${at}[${index}].pattern`, "must not match an empty text");
  }
}

function checkPseudonymize(given: unknown, at: string): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) bad(at, "must be {key, fields}");
  checkKeys(given, knownPseudonymize, at);
  const { key, keyId, fields: chosen } = given as Partial<Record<keyof PseudonymizeOptions, unknown>>;
  checkKey(key, `${at}.key`);
  if (keyId !== undefined && (typeof keyId !== "string" || !/^[A-Za-z0-9]{1,16}$/.test(keyId))) bad(`${at}.keyId`, "must be 1 to 16 letters or digits");
  if (!Array.isArray(chosen) || chosen.length === 0) bad(`${at}.fields`, `must be a list of ${fields.join(", ")}`);
  for (const [index, field] of chosen.entries())
    if (!fields.includes(field as PseudonymizedField)) bad(`${at}.fields[${index}]`, `must be one of ${fields.join(", ")}`);
}

function checkKey(key: unknown, field: string): void {
  if (key === undefined || key === null || key === "") throw new SetupError("MISSING_KEY", { field, problem: "none was given" });
  if (typeof key !== "string" && !(key instanceof Uint8Array)) throw new SetupError("MISSING_KEY", { field, problem: "it must be text or bytes" });
  const length = typeof key === "string" ? Buffer.byteLength(key) : key.length;
  if (length < shortestKey) throw new SetupError("MISSING_KEY", { field, problem: `this one has ${length}` });
}
