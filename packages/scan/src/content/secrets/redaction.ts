import type { LoggerSetup } from "../setup/setup.ts";
import type { Secret } from "./secret.ts";

/** Headers of which a redaction takes out what matters. */
const OF_HEADERS = /authorization|cookie/i;

/** Whether the redaction that a logger is set up with takes the secret out: it reaches fields, not text. */
export function isRedacted({ origin }: Secret, { redacts }: LoggerSetup): boolean {
  if (redacts === false || origin.spliced || origin.keys.length === 0) return false;
  if (redacts === "unknown") return true;
  return redacts.some((path) => covers(partsOf(path), origin.keys));
}

/** Whether it takes out what stands under a name of a line's own. */
export function redacts({ redacts: paths }: LoggerSetup, name: string): boolean {
  return (
    Array.isArray(paths) &&
    paths.some((path: string) => partsOf(path).length < 3 && partsOf(path).at(-1)?.toLowerCase() === name.toLowerCase())
  );
}

/** `req.headers["set-cookie"]` as its names. */
const partsOf = (path: string): readonly string[] =>
  path
    .replace(/\[["']?([^"'\]]*)["']?\]/g, ".$1")
    .split(".")
    .filter((part) => part !== "");

/** The path is that of the secret, or of what is secret within it. */
function covers(path: readonly string[], keys: readonly string[]): boolean {
  const isSame = keys.every((key, i) => path[i] === "*" || path[i]?.toLowerCase() === key.toLowerCase());
  if (path.length <= keys.length) return path.every((part, i) => part === "*" || part.toLowerCase() === keys[i]?.toLowerCase());
  return isSame && path.length === keys.length + 1 && OF_HEADERS.test(path.at(-1)!);
}
