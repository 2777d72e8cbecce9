import type { FileIR } from "../../ir/nodes.ts";

/**
 * Passport strategies that check what each request carries, a token or a key, and start no session:
 * https://www.passportjs.org/concepts/authentication/token/ and the pages of the packages on npm.
 */
const PACKAGES = /^passport-(?:jwt|anonymous|http-bearer|http-header-token|headerapikey|localapikey(?:-update)?|auth-token|unique-token)$/;

/** Whether a strategy runs on every request and not once a login: by the package that it comes from. */
export function runsOnEveryRequest(source: string): boolean {
  return PACKAGES.test(source);
}

/** The same of a file that holds a class made of a strategy: every strategy that it imports is such. */
export function holdsTokenStrategies({ imports }: FileIR): boolean {
  const strategies = imports.filter(({ source }) => /^passport-|\/passport-/.test(source));
  return strategies.length > 0 && strategies.every(({ source }) => runsOnEveryRequest(source));
}
