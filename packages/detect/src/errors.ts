/**
 * Every message of a bad setup or a bad rule, in one place. `{place}` is a file with line and column, an option or an
 * address. A message says what is wrong and what was expected; what may go wrong while running is a note, not an error.
 */
const messages = {
  RULE_YAML: "{place}: not valid YAML: {problem}",
  RULE_KEY: "{place}: unknown key {key}{hint}",
  RULE_VALUE: "{place}: {key} {problem}",
  RULE_MISSING: "{place}: {key} is missing: {problem}",
  RULE_REFERENCE: "{place}: no rule is called {given} in the files that were read{hint}",
  RULE_CYCLE: "{place}: {key} refers to itself by way of {given}",
  RULE_UNSUPPORTED: "{place}: {key} is not supported: {problem}",
  RULES_UNREADABLE: "{place}: cannot read the rules: {problem}",
  SOURCE: "{place}: cannot be read: {problem}",
  LISTEN: "{place}: cannot listen: {problem}",
  MAPPING: "{place}: {key} {problem}",
  OUTPUT: "{place}: {problem}",
  STATE: "{place}: {problem}",
  GEO: "{place}: not a database of addresses: {problem}",
  OPTION: "{place} {problem}",
  SIMULATION: "{place} {problem}",
} as const;

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of an error of the system, the words that a person needs: `no space left on device`, without code and call. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return /^[A-Z][A-Z0-9]+: ([^,]+), /.exec(error.message)?.[1] ?? error.message;
}

export type DetectErrorCode = keyof typeof messages;

/** Thrown at start, or collected by what reads many rules. The message is for people and stands on one line. */
export class DetectError extends Error {
  override readonly name = "DetectError";
  readonly code: DetectErrorCode;
  readonly facts: { readonly [fact: string]: string };

  constructor(code: DetectErrorCode, facts: { readonly place: string; readonly [fact: string]: string }) {
    super(messages[code].replace(/\{(\w+)\}/g, (_, fact: string) => facts[fact] ?? ""));
    this.code = code;
    this.facts = facts;
  }
}
