/**
 * Every message of a bad setup, in one place. `{field}` is the path of the option, `{given}` what was passed.
 * These are thrown by `createSecurityLog` and its adapters at start, never later.
 */
const messages = {
  UNKNOWN_OPTION: "{field} is not an option of the security log{hint}",
  BAD_OPTION: "{field} {problem}",
  BAD_ADDRESS: "{field}: {given} is not an IP address, a CIDR range, or one of loopback, linklocal, uniquelocal",
  MISSING_KEY: "{field} needs a key of at least 32 bytes: {problem}",
  UNWRITABLE: "{field}: {given} cannot be written: {problem}",
  BROKEN_CHAIN: "{field}: {given} cannot be continued: {problem}. Run `telltale verify` on it, and move it away to begin a new chain",
} as const;

export type SetupErrorCode = keyof typeof messages;

/** A bad option, found at start. `field` is its path in the options: `outputs[0].file.path`. */
export class SetupError extends Error {
  override readonly name = "SetupError";
  readonly code: `TELLTALE_${SetupErrorCode}`;
  readonly field: string;

  constructor(code: SetupErrorCode, facts: { readonly field: string; readonly [fact: string]: string }) {
    super(`@telltale/log: ${messages[code].replace(/\{(\w+)\}/g, (_, fact: string) => facts[fact] ?? "")}`);
    this.code = `TELLTALE_${code}`;
    this.field = facts.field;
  }
}
