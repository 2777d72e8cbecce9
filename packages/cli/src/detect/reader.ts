import { readFileSync } from "node:fs";
import { createReader, DetectError, formats, readMapping, wantedEvents } from "@telltale/detect";
import type { RuleSet } from "@telltale/detect";
import { didYouMean } from "@telltale/scan";
import { causeText } from "../cause.ts";
import { usage, zoneOf } from "./values.ts";

export interface ReaderFlags {
  readonly format?: string;
  readonly mapping?: string;
  readonly zone?: string;
}

/** How the lines of a source are read: by `--format`, by `--mapping`, or as each line looks; as far as rules ask for them. */
export function readerOf({ format, mapping, zone: offset }: ReaderFlags, rules: RuleSet): () => ReturnType<typeof createReader> {
  if (format !== undefined && mapping !== undefined)
    throw usage("--format and --mapping cannot be used together: a mapping says the format");
  const zone = offset === undefined ? undefined : zoneOf("--zone", offset);
  if (mapping !== undefined) {
    const read = readMapping({ file: mapping, text: textOf(mapping) });
    return () => createReader({ format: read, zone });
  }
  if (format === undefined || format === "auto") {
    const wanted = wantedEvents(rules);
    return () => createReader({ zone, wanted });
  }
  const ids = [...formats.keys()];
  if (!ids.includes(format)) throw usage(`unknown format "${format}"; formats are auto, ${ids.join(", ")}${didYouMean(format, ids)}`);
  return () => createReader({ format, zone });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new DetectError("MAPPING", { place: file, key: "the file", problem: `cannot be read: ${causeText(error)}` });
  }
}
