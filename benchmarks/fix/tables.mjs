/** Figures of `telltale fix` as Markdown, which reads well in a terminal too. */
import { percent, table } from "../content/tables.mjs";
import { APPLICATIONS } from "./applications.mjs";

/** The tables by the name of their mark: JavaScript and TypeScript, other languages, what it costs, what no table names. */
export function blocksOf(rows) {
  const order = Object.keys(APPLICATIONS);
  const known = rows.filter(({ name }) => order.includes(name)).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const scripts = known.filter(({ name }) => APPLICATIONS[name].script);
  const groups = {
    "fix-scripts": fixedOf(scripts),
    "fix-languages": fixedOf(known.filter((row) => !scripts.includes(row))),
    "fix-cost": costsOf(rows),
    "fix-rest": fixedOf(rows.filter(({ name }) => !order.includes(name))),
  };
  return Object.fromEntries(Object.entries(groups).filter(([, block]) => block !== ""));
}

/** Whether nothing is broken, nothing changes again, and no own check ends in another way than before. */
export function isSound({ unparsable, unreported, again, checks }) {
  return unparsable.length === 0 && unreported.length === 0 && again === 0 && checks.every(({ before, after }) => before === after);
}

function fixedOf(rows) {
  if (rows.length === 0) return "";
  const head = ["Application", "Stack", "Left", "Types", "Tests", "Before", "After", "Fixed", "Files", "Unparsable", "Second run"];
  const cells = rows.map((row) => {
    const { stack = "", types, tests } = APPLICATIONS[row.name] ?? {};
    const own = [types ?? "not run", tests ?? (row.checks.length === 0 ? "not run" : row.checks.map(said).join("; "))];
    return [titleOf(row.name), stack, leftOf(row), ...own, ...figuresOf(row)];
  });
  return table(head, [...cells, ["**together**", "", "", "", "", ...figuresOf(together(rows))]], 5);
}

const said = ({ command, before, after }) =>
  `\`${command}\` ${before === after ? `${after} before and after` : `${before}, then ${after}`}`;

/** Without the folder of a fork: OWNER__NAME reads OWNER/NAME. */
const titleOf = (name) => name.replace("__", "/");

function figuresOf({ before, after, files, unparsable, again }) {
  const share = before === 0 ? null : (before - after) / before;
  return [String(before), String(after), percent(share), String(files), String(unparsable.length), again === 0 ? "nothing" : String(again)];
}

/** What is left, by the kind of refusal; many first. */
const leftOf = ({ left }) =>
  Object.entries(left)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");

function together(rows) {
  const total = (pick) => rows.reduce((sum, row) => sum + pick(row), 0);
  return {
    before: total((row) => row.before),
    after: total((row) => row.after),
    files: total((row) => row.files),
    unparsable: rows.flatMap((row) => row.unparsable),
    again: total((row) => row.again),
  };
}

function costsOf(rows) {
  const peers = [...new Set(rows.flatMap((row) => (row.peers ?? []).map(({ name }) => name)))];
  const head = ["Application", "scan", "", "fix", "", "of the scan's time", "of its memory", ...peers.flatMap((name) => [name, "files"])];
  const cells = rows.map(({ name, scan, fix, peers: own = [] }) => [
    ...[titleOf(name), ...costOf(scan), ...costOf(fix)],
    ...[times(fix.processor / scan.processor), times(fix.megabytes / scan.megabytes)],
    ...peers.flatMap((peer) => peerCells(own.find((one) => one.name === peer))),
  ]);
  return rows.length === 0 ? "" : table(head, cells, 1);
}

const costOf = ({ processor, megabytes }) => [`${processor.toFixed(1)} s`, `${megabytes.toFixed(0)} MB`];
const times = (ratio) => `${ratio.toFixed(1)} ×`;
const peerCells = (peer) => (peer === undefined ? ["-", "-"] : [`${peer.processor.toFixed(1)} s`, String(peer.files)]);

/** The same application, more of it. */
export function growthOf(rows) {
  const [first] = rows;
  const cells = rows.map(({ size, before, after, scan, fix }) => [
    ...[String(size), String(before), String(after), ...costOf(scan), ...costOf(fix)],
    ...[times(fix.processor / scan.processor), times(fix.processor / first.fix.processor)],
  ]);
  return table(["Files", "Before", "After", "scan", "", "fix", "", "of the scan's time", `of the first`], cells, 0);
}
