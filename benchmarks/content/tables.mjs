/** Figures as Markdown, which reads well in a terminal too. */
import { figures, sum } from "./score.mjs";

const PEERS = [
  { id: "semgrep", title: "Semgrep" },
  { id: "gosec", title: "gosec" },
];

/** The tables by the name of their mark. */
export function blocksOf(rows, suites) {
  const titles = new Map(suites.map(({ id, title }) => [id, title]));
  const order = (row) => `${String([...titles.keys()].indexOf(row.suite)).padStart(2, "0")} ${row.cwe} ${row.language}`;
  const named = rows.map((row) => ({ ...row, title: titles.get(row.suite) })).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const blocks = { "content-suites": bySuite(named), "content-weaknesses": byWeakness(named) };
  for (const peer of PEERS.filter(({ id }) => rows.some(({ peers }) => peers[id] !== undefined))) {
    blocks[`content-${peer.id}`] = besidePeer(named, peer);
  }
  return blocks;
}

const OWN = ["own tool: precision", "own tool: recall"];
const BY_DEFINITION = ["outside", "precision by it", "recall by it"];

/** A row for each suite, weakness and language. */
function bySuite(rows) {
  const head = ["Suite", "Weakness", "Language", "lines", "found", "false", "precision", "recall", ...OWN, ...BY_DEFINITION];
  const cells = rows.map(({ title, cwe, language, counts }) => {
    const shares = figures(counts);
    return [
      ...[title, cwe, language, ...countsOf(counts)],
      ...[shares.precision, shares.recall, shares.ownPrecision, shares.ownRecall].map(percent),
      ...[String(counts.outside + counts.permitted), percent(shares.withinPrecision), percent(shares.withinRecall)],
    ];
  });
  return table(head, cells, 3);
}

/** Sums, and means over rows of equal weight: a generated file of two thousand lines is one row. */
function byWeakness(rows) {
  const head = [
    "Weakness",
    "lines",
    "found",
    "false",
    "precision",
    "recall",
    "rows",
    "mean precision",
    "mean recall",
    "own tool: mean recall",
    "mean recall by definition",
  ];
  const cells = [...new Set(rows.map(({ cwe }) => cwe))].sort().map((name) => {
    const of = rows.filter(({ cwe }) => cwe === name).map(({ counts }) => counts);
    const [all, each] = [figures(sum(of)), of.map(figures)];
    const means = [({ precision }) => precision, ({ recall }) => recall, ({ ownRecall }) => ownRecall, ({ withinRecall }) => withinRecall];
    return [
      ...[name, ...countsOf(sum(of)), percent(all.precision), percent(all.recall), String(of.length)],
      ...means.map((share) => percent(mean(each.map(share)))),
    ];
  });
  return table(head, cells, 1);
}

const countsOf = (counts) => [counts.expected, counts.right, counts.false + counts.permitted].map(String);

/** Over those that there are. */
function mean(shares) {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : known.reduce((total, share) => total + share, 0) / known.length;
}

/** Both on suites that neither of them wrote, where the peer has a rule. */
function besidePeer(rows, { id, title }) {
  const head = [
    "Suite",
    "Weakness",
    "Language",
    "lines",
    ...["Telltale", title].flatMap((name) => [`${name}: found`, "false", "precision", "recall"]),
  ];
  const both = rows.filter(({ peers }) => peers[id] !== undefined);
  const cells = both.map(({ title: suite, cwe, language, counts, peers }) => [
    ...[suite, cwe, language, String(counts.expected)],
    ...[counts, peers[id]].flatMap(shortCells),
  ]);
  const all = [sum(both.map(({ counts }) => counts)), sum(both.map(({ peers }) => peers[id]))];
  return table(head, [...cells, ["**all**", "", "", String(all[0].expected), ...all.flatMap(shortCells)]], 3);
}

function shortCells(counts) {
  const { precision, recall } = figures(counts);
  return [String(counts.right), String(counts.false + counts.permitted), percent(precision), percent(recall)];
}

/** One table; the first `left` columns are text. */
export function table(head, rows, left) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length), 3));
  const line = (row) => `| ${row.map((cell, at) => (at < left ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at < left ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

export const percent = (share) => (share === null ? "-" : `${Math.round(share * 100)} %`);

/** A page with its tables replaced; marks that it lacks are passed over. */
export function filled(page, blocks) {
  return Object.entries(blocks).reduce(
    (text, [name, block]) =>
      text.replace(new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`), (_, open, close) => `${open}\n\n${block}\n\n${close}`),
    page,
  );
}
