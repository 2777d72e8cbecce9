import type { Analysis } from "@telltale/scan/analysis";
import type { SettingsOf } from "../plan.ts";
import type { Setup } from "./contract.ts";
import { setUpElixir } from "./elixir/setup.ts";
import { setUpNode } from "./node/setup.ts";

/** What each package of a project that serves requests needs so that it can record security events. Nothing is written. */
export function init(analysis: Analysis, settingsOf: SettingsOf): readonly Setup[] {
  return analysis.project.packages.flatMap((one) => {
    if (one.ecosystem === "npm") return setUpNode(analysis, one, settingsOf) ?? [];
    return one.ecosystem === "hex" ? (setUpElixir(analysis, one) ?? []) : [];
  });
}
