import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { causeOf, DetectError } from "./errors.ts";
import type { RuleSet } from "./rule-ir.ts";

/** Where the rule pack lies: the Sigma files, and `rules.json`, what the build made of them. */
export function packFolder(): string {
  return fileURLToPath(new URL("../pack", import.meta.url));
}

let loaded: RuleSet | undefined;

/** The rule pack that comes with this package; read once, as rule IR: no YAML is parsed when an application starts. */
export function defaultPack(): RuleSet {
  loaded ??= read(`${packFolder()}/rules.json`);
  return loaded;
}

function read(file: string): RuleSet {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RuleSet;
  } catch (error) {
    throw new DetectError("RULES_UNREADABLE", {
      place: file,
      problem: `${causeOf(error)}; the package is incomplete: build or install it again`,
    });
  }
}
