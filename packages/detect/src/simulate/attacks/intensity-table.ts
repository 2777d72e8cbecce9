import { attackClasses, common, intensities } from "./intensities.ts";
import type { Intensity, NumberParameter, Span, WordParameter } from "./intensities.ts";

/** The table of intensities in Markdown, as docs/simulate.md shows it. */
export function intensityTable(): string {
  const head = ["| Class and parameter | Unit | Documented | Standard | Held-out |", "| --- | --- | --- | --- | --- |"];
  const rows = attackClasses.flatMap((one) => classRows(one, intensities[one]));
  const shared = ["| **every class** | | | | |", ...Object.entries(common).map(parameterRow)];
  return [...head, ...rows, ...shared].join("\n");
}

function classRows(name: string, intensity: Intensity): string[] {
  return [`| **\`${name}\`** ${intensity.does} | | | | |`, ...Object.entries(intensity.parameters).map(parameterRow)];
}

function parameterRow([name, parameter]: readonly [string, NumberParameter | WordParameter]): string {
  if ("words" in parameter) return `| \`${name}\` | ${parameter.words.join(", ")} | each in turn | each in turn | each in turn |`;
  const { unit, documented, standard, heldOut } = parameter;
  return `| \`${name}\` | ${unit} | ${spanText(documented)} | ${spanText(standard)} | ${heldOut.map(spanText).join("; ")} |`;
}

function spanText([low, high]: Span): string {
  return low === high ? String(low) : `${low} to ${high}`;
}
