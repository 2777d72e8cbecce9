import { readFileSync } from "node:fs";
import { classesOf, DetectError, scoreAlerts, scoreText } from "@telltale/detect";
import type { Alert, Truth } from "@telltale/detect";
import { causeText } from "../cause.ts";
import { writeOut } from "../output.ts";

/** The truth that `telltale simulate --truth` wrote. */
export function truthFrom(file: string): Truth {
  try {
    const truth = JSON.parse(readFileSync(file, "utf8")) as Truth;
    if (!Array.isArray(truth.attacks)) throw new Error("it has no attacks");
    return truth;
  } catch (error) {
    throw new DetectError("OPTION", {
      place: `--score ${file}`,
      problem: `is not what telltale simulate --truth writes: ${causeText(error)}`,
    });
  }
}

/** Collects alerts where there is a truth to hold them against, and prints the score. */
export function scored(truth: Truth | undefined): { readonly take: (alert: Alert) => void; readonly print: () => Promise<void> } {
  const alerts: Alert[] = [];
  return {
    take(alert) {
      if (truth !== undefined) alerts.push(alert);
    },
    async print() {
      if (truth !== undefined) await writeOut(`${scoreText(scoreAlerts(alerts, truth, classesOf))}\n`);
    },
  };
}
