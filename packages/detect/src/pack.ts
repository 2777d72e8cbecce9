import { fileURLToPath } from "node:url";
import { DetectError } from "./errors.ts";
import type { RuleSet } from "./rule-ir.ts";
import { readRuleFiles } from "./sigma/files.ts";
import { loadRules } from "./sigma/index.ts";

/** Where the rule pack lies: `pack/` of the installed package, `rules/` of a checkout. */
export function packFolder(): string {
  return fileURLToPath(new URL("../pack", import.meta.url));
}

let loaded: RuleSet | undefined;

/** The rule pack that comes with this package; read once. */
export function defaultPack(): RuleSet {
  loaded ??= read();
  return loaded;
}

function read(): RuleSet {
  const { set, problems } = loadRules(readRuleFiles([packFolder()]));
  if (problems[0] !== undefined) throw problems[0];
  if (set.rules.length === 0) throw new DetectError("RULES_UNREADABLE", { place: packFolder(), problem: "the pack has no rules" });
  return set;
}
