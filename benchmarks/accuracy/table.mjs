/** Figures as Markdown, which reads well in a terminal too. */
import { figures } from "./tally.mjs";

/** One table. `rows`: `{ name, counts }`; the last one is set in bold. `judged`: whether the tool gives verdicts and actions. */
export function table(title, rows, judged) {
  const head = [title, "labels", "gaps", "precision", "recall", "F1", ...(judged ? ["verdict", "action"] : [])];
  const cells = [head, ...rows.map((row) => cellsOf(row, judged))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length), 3));
  const line = (row) => `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n");
}

function cellsOf({ name, counts }, judged) {
  const { precision, recall, f1, verdict, action } = figures(counts);
  const shares = [precision, recall, f1, ...(judged ? [verdict, action] : [])];
  return [name, String(counts.labels), String(counts.hits + counts.missed), ...shares.map(percent)];
}

const percent = (share) => (share === null ? "-" : `${Math.round(share * 100)} %`);
