/** Keeps errors of the standard streams from ending the process; `writeOut` hears of those that matter. */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
