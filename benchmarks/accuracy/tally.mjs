/** Claims against labels: what is hit, what is missed, and the figures that follow. */

const ZERO = { labels: 0, hits: 0, falseAlarms: 0, missed: 0, quiet: 0, exact: 0, action: 0, sensitive: 0 };
const isGap = (verdict) => verdict === "gap" || verdict === "missing" || verdict === "partial";

/**
 * Scores one application. Of the claims whose lines overlap the label's, one that starts nearest stands for it; none means
 * that nothing is wrong. Of findings (SARIF) all stand for it: one inside the handler's lines suffices.
 *
 * Gives `{ counts, differences }`; a difference is a label whose gap was missed (`missed`) or alleged (`false alarm`).
 */
export function tally(labels, claims) {
  const counts = { ...ZERO };
  const differences = [];
  for (const label of labels) {
    const claim = claimFor(label, claims);
    const [said, is] = [isGap(claim?.verdict), isGap(label.verdict)];
    counts.labels++;
    counts[said ? (is ? "hits" : "falseAlarms") : is ? "missed" : "quiet"]++;
    if ((claim?.verdict ?? "not_sensitive") === label.verdict) counts.exact++;
    if (label.sensitive) counts.sensitive++;
    if (label.sensitive && claim?.action === label.action) counts.action++;
    if (said !== is) differences.push({ kind: is ? "missed" : "false alarm", label, verdict: claim?.verdict });
  }
  return { counts, differences };
}

function claimFor(label, claims) {
  return claims
    .filter(({ file, line, endLine }) => file === label.file && line <= label.end_line && (endLine ?? line) >= label.line)
    .sort((a, b) => Math.abs(a.line - label.line) - Math.abs(b.line - label.line))[0];
}

/** The sum of counts. */
export function sum(list) {
  const total = { ...ZERO };
  for (const counts of list) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/** Ratios of 0 to 1; null where there is nothing to divide by. */
export function figures({ hits, falseAlarms, missed, exact, labels, action, sensitive }) {
  const [precision, recall] = [ratio(hits, hits + falseAlarms), ratio(hits, hits + missed)];
  const f1 = ratio(2 * hits, 2 * hits + falseAlarms + missed);
  return { precision, recall, f1, verdict: ratio(exact, labels), action: ratio(action, sensitive) };
}

const ratio = (part, whole) => (whole === 0 ? null : part / whole);
