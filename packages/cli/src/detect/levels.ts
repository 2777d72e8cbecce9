import { levels } from "@telltale/detect";
import type { Level } from "@telltale/detect";
import { choiceOf } from "./values.ts";

export function levelOf(option: string, text: string): Level {
  return choiceOf(option, text, levels);
}

export function atLeastAs(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}
