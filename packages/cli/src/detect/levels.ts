import type { Level } from "@telltale/detect";
import { didYouMean } from "@telltale/scan";
import { usage } from "./values.ts";

/** Sigma's levels, the mildest first. */
export const levels: readonly Level[] = ["informational", "low", "medium", "high", "critical"];

export function levelOf(option: string, text: string): Level {
  const level = levels.find((one) => one === text);
  if (level === undefined) throw usage(`${option} takes ${levels.join(", ")}, not "${text}"${didYouMean(text, levels)}`);
  return level;
}

export function atLeastAs(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}
