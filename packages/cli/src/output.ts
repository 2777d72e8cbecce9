import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { didYouMean, reports, TelltaleError } from "@telltale/scan";
import type { Report } from "@telltale/scan";
import { causeText } from "./cause.ts";

/** A report, and the file it goes to; undefined: standard output. */
export interface Output {
  readonly report: Report;
  readonly file: string | undefined;
}

/** `text`, `json=report.json`, … as outputs. Throws TT1101 (unknown format) or TT1102 (two to one place). */
export function readOutputs(formats: readonly string[]): readonly Output[] {
  const outputs = (formats.length === 0 ? ["text"] : formats).map(readOutput);
  const places = outputs.map(({ file }) => file ?? "standard output");
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new TelltaleError("TT1102", { target: twice });
  return outputs;
}

function readOutput(format: string): Output {
  const [id = "", ...rest] = format.split("=");
  const report = reports.find((each) => each.id === id);
  const file = rest.join("=");
  if (report === undefined)
    throw new TelltaleError("TT1101", {
      format: id,
      hint: didYouMean(
        id,
        reports.map((each) => each.id),
      ),
    });
  if (rest.length > 0 && file === "") throw new TelltaleError("TT1105", { cause: `--format ${format} names no file` });
  return { report, file: rest.length === 0 ? undefined : file };
}

/** Writes a report file whole. Throws TT1401. */
export function writeReport(file: string, cwd: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    throw new TelltaleError("TT1401", { path: file, cause: causeText(error) });
  }
}

/** Writes to standard output. That the reader has gone (`| head`) is no error; a full disk is: TT1401. */
export function writeOut(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => {
      if (!error || isClosedPipe(error)) done();
      else failed(new TelltaleError("TT1401", { path: "standard output", cause: causeText(error) }));
    });
  });
}

function isClosedPipe(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}
