import { events } from "./events/index.ts";
import type { EventName } from "./events/index.ts";

/** Words that say in which part of a system, or to whom, it happened: `audit.user.password.changed`, `change_user_password`. */
const qualifiers = new Set([
  "account",
  "accounts",
  "admin",
  "app",
  "application",
  "audit",
  "auth",
  "group",
  "iam",
  "identity",
  "org",
  "organisation",
  "organization",
  "project",
  "security",
  "team",
  "tenant",
  "user",
  "users",
  "workspace",
]);

/** More qualifiers in a row than any source writes; keeps the cost of a hostile name in step with its length. */
const deepest = 4;

const separators = /[\s._:/-]+|(?<=[\p{Ll}\d])(?=\p{Lu})/u;

/** The key under which a name is found: lower case, no separators. Idempotent. */
export function normalise(name: string): string {
  return words(name).join("");
}

/**
 * The event that a name stands for: a vocabulary name or an alias, in any case, with any of `.`, `_`, `-`, `:`, `/`,
 * white space or camelCase between its words, with or without qualifiers (`audit.`, `user.`, `admin.` …)
 * and the word `event` behind. What the name says as a whole goes before what it says without qualifiers.
 *
 * A name that leaves the outcome open (`login`, `ConsoleLogin`) stands for the success: where the source has a field for the
 * outcome, read that first. Returns undefined for a name that the vocabulary does not know.
 */
export function resolveEvent(name: string): EventName | undefined {
  index ??= buildIndex();
  for (const reading of readings(words(name))) {
    const event = index.get(reading.join(""));
    if (event !== undefined) return event;
  }
  return undefined;
}

/** The ways to read a name, the most literal first. */
function* readings(all: readonly string[]): Generator<readonly string[]> {
  yield all;
  const core = all.length > 1 && all.at(-1) === "event" ? all.slice(0, -1) : all;
  yield core;
  const start = core.findIndex((word) => !qualifiers.has(word));
  for (let skipped = 1; skipped <= Math.min(start, deepest); skipped++) yield core.slice(skipped);
  yield core.filter((word) => !qualifiers.has(word));
}

function words(name: string): string[] {
  return name
    .split(separators)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Built at the first question: who only imports the tables does not pay for it. */
let index: ReadonlyMap<string, EventName> | undefined;

function buildIndex(): ReadonlyMap<string, EventName> {
  const entries = new Map<string, EventName>();
  for (const name of Object.keys(events) as EventName[]) {
    // The tables are lower case with underscores, so the costly part of normalise can be spared.
    for (const alias of [name, ...events[name].aliases]) entries.set(alias.replaceAll("_", ""), name);
  }
  return entries;
}
