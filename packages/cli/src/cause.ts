/** Of an error of the system, the words a person needs: `no such file or directory`. */
export function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const system = /^[A-Z0-9]+: ([^,]+), /.exec(error.message);
  return (system?.[1] ?? error.message).split("\n")[0]!;
}
