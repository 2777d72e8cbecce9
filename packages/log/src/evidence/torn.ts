/** How the end of an unfinished line looks, once the next run has closed it. */
const closing = / \[telltale: torn line, (\d{1,10}) bytes\]$/;

/** What to append to a file whose last `bytes` bytes are an unfinished line, so that the next line stands on its own. */
export function tornClosing(bytes: number): string {
  return ` [telltale: torn line, ${bytes} bytes]\n`;
}

/** Whether a line is what a crash left and a later run closed. */
export function isTorn(line: Buffer): boolean {
  const end = closing.exec(line.subarray(-60).toString("latin1"));
  return end !== null && Number(end[1]) === line.length - end[0].length;
}
