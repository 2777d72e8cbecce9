/** Claims against what a suite expects. */

const COUNTS = { expected: 0, right: 0, missed: 0, false: 0, outside: 0, permitted: 0, ownRight: 0, ownMissed: 0, ownFalse: 0, own: 0 };

/**
 * Scores the claims about one case. A claim is right if its lines touch those that the suite calls wrong; a line is found if a
 * claim touches it. Lines with wrong claims count once each.
 *
 * `beyond(kind, line)`: the reason why a missed (`missed`) or alleged (`false`) line is a matter of definition; undefined: none.
 * Gives `{ counts, differences }`; a difference: `{ kind, file, line, reason?, claim? }`.
 */
export function score(expected, claims, beyond) {
  const counts = { ...COUNTS };
  const differences = [];
  const wanted = expected.filter((one) => one.wanted);
  for (const one of wanted) {
    counts.expected++;
    if (claims.some((claim) => touches(claim, one))) {
      counts.right++;
      continue;
    }
    counts.missed++;
    const reason = beyond?.("missed", one);
    if (reason !== undefined) counts.outside++;
    differences.push({ kind: "missed", file: one.file, line: one.line, reason });
  }
  const wrong = new Map();
  for (const claim of claims) if (!wanted.some((one) => touches(claim, one))) wrong.set(`${claim.file}:${claim.line}`, claim);
  for (const claim of wrong.values()) {
    const reason = beyond?.("false", claim);
    if (reason === undefined) counts.false++;
    else counts.permitted++;
    differences.push({ kind: "false", file: claim.file, line: claim.line, reason, claim });
  }
  for (const one of expected) {
    if (one.own === undefined) continue;
    counts.own++;
    if (one.wanted && one.own) counts.ownRight++;
    else if (one.wanted) counts.ownMissed++;
    else if (one.own) counts.ownFalse++;
  }
  return { counts, differences };
}

const overlaps = (a, b) => a.file === b.file && a.line <= b.endLine && (a.endLine ?? a.line) >= b.line;

function touches(claim, one) {
  if (overlaps(claim, one)) return true;
  return one.at === "source" && (claim.flow ?? []).some((step) => overlaps(step, one));
}

export function sum(list) {
  const total = { ...COUNTS };
  for (const counts of list) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/**
 * Shares of 0 to 1, null where there is nothing to divide by. Plain: by the suite's word. `within`: without the lines that are
 * a matter of definition. `own`: the suite's own tool on its own suite.
 */
export function figures(counts) {
  const { expected, right, missed, outside, permitted, ownRight, ownMissed, ownFalse } = counts;
  return {
    precision: ratio(right, right + counts.false + permitted),
    recall: ratio(right, expected),
    withinPrecision: ratio(right, right + counts.false),
    withinRecall: ratio(right, right + missed - outside),
    ownPrecision: counts.own === 0 ? null : ratio(ownRight, ownRight + ownFalse),
    ownRecall: counts.own === 0 ? null : ratio(ownRight, ownRight + ownMissed),
  };
}

const ratio = (part, whole) => (whole === 0 ? null : part / whole);
