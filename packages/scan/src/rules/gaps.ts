import type { Judged } from "../judge/handler.ts";
import { rules } from "./index.ts";
import type { Gap } from "./rule.ts";

/** What is silent in a handler, by the rules about silence. */
export function gapsIn(judged: Judged): readonly Gap[] {
  return judged.naming.action === "none" ? [] : rules.flatMap((rule) => rule.check(judged, "") ?? []);
}
