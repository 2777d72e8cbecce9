import { digestHeads, neutralTails, type Names, type NameVerdict } from "@telltale/vocabulary";
import { splitWords } from "../../actions/words.ts";
import { NOT_GIVING, UNSURE } from "./context.ts";

/** What the vocabulary says of a name, where it says it of a single value without doubt: no plural, nothing that may be a flag. */
export function verdictOfName(name: string, names: Names): NameVerdict | undefined {
  const verdict = name === "" ? undefined : names.verdict(name);
  if (verdict === undefined || verdict.onlyText || verdict.plural) return undefined;
  if (UNSURE.has(name.toLowerCase()) || ASKS.test(name) || OF_A_PLACE.test(name) || !endsAsSecret(name, names)) return undefined;
  return verdict.kind === "password" && isDeed(name) ? undefined : verdict;
}

/** `validateToken`, `useApiKey`: whether it is done. `refreshToken` and `resetToken` are things. */
const ASKS = /^(?:validate|check|use|enable|disable|require|allow|show|hide|include|ignore|skip)(?=[A-Z_])/;

/** `TOKEN_HEADER`, `SESSION_COOKIE`: constants that hold the name of a place, not what stands there. */
const OF_A_PLACE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:HEADERS?|COOKIE|PARAM|PARAMETER|INPUT|FIELD|CLAIM|ATTRIBUTE|ENV|VAR)$/;

/** `resetPassword`, `useResetPassword`: what is done with it, or whether. */
const isDeed = (name: string): boolean =>
  splitWords(name)
    .slice(0, -1)
    .some((word) => word !== "confirm" && NOT_GIVING.has(word));

const TAILS: ReadonlySet<string> = new Set([...neutralTails, ...digestHeads, "number", "no", "num", "nr"]);

/** The secret is the head of the name, or what stands behind it changes nothing: `passwordHash`, not `secretDirectory`. */
function endsAsSecret(name: string, names: Names): boolean {
  const words = splitWords(name);
  if (TAILS.has(words.at(-1) ?? "")) return true;
  const ends = words.map((_, i) => words.slice(i)).filter((end) => end.length <= 3 && names.verdict(end.join("_")) !== undefined);
  return ends.length > 0 && ends.every((end) => isHead(end, names));
}

/** No shorter beginning of the words is the secret, with a word behind it that nobody knows. */
function isHead(words: readonly string[], names: Names): boolean {
  return words.length === 1 || names.verdict(words.slice(0, -1).join("_")) === undefined || names.verdict(words.at(-1)!) !== undefined;
}
