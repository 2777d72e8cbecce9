import { FALSE, type Value } from "./values.ts";

/** Result objects: what they say of their success, where it is known how they came about. */

/** Members by which a result says that all is well: `result.Succeeded`, `outcome.isSuccess`. */
const SUCCESS = /^(?:is_?)?(?:succe(?:ss|ssful|eded)|valid|verified|authenticated|authorized|ok)$/i;
/** Members by which it says that something is not. */
const FAILURE = /^(?:is_?)?(?:fail(?:ed|ure)?|error|locked_?out|not_?allowed|denied)$/i;

/** Ways to make a result that says no, and one that says yes: `IdentityResult.Failed(…)`, `Result.Success`. */
const MADE_BAD = /\.(?:fail(?:ed|ure)?|invalid|denied|locked_?out|not_?allowed|error)$/i;
const MADE_GOOD = /\.(?:success(?:ful)?|succeeded)$/i;

const TRUE: Value = { kind: "literal", value: true };

/** The value of a member that asks a result whether it is good; undefined where that is not known, or no question. */
export function successOf(value: Value, property: string): Value | undefined {
  const asksGood = SUCCESS.test(property);
  if (!asksGood && !FAILURE.test(property)) return undefined;
  const good = isGood(value);
  if (good === undefined || (!good && !asksGood && value.kind === "literal")) return undefined;
  return good === asksGood ? TRUE : FALSE;
}

function isGood(value: Value): boolean | undefined {
  if (value.kind === "literal") return value.refuses === true ? false : undefined;
  if (value.kind !== "unknown") return undefined;
  if (value.passed === true) return true;
  const path = value.path ?? "";
  // Only a type makes results: `user.Failed` is a member like others.
  if (!/^\p{Lu}/u.test(path)) return undefined;
  return MADE_BAD.test(path) ? false : MADE_GOOD.test(path) ? true : undefined;
}
