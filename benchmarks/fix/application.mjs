/** One application: copied, scanned, fixed, scanned and fixed again. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "../scan/measure.mjs";
import { unparsableOf } from "./parsers.mjs";

/** $TELLTALE names another build than the one of this tree. */
const TELLTALE = process.env.TELLTALE ?? fileURLToPath(new URL("../../packages/cli/bin/telltale.js", import.meta.url));
/** Not copied: what is installed is linked, so that checks run. */
const LEFT = new Set([".git", "node_modules", ".telltale"]);
/** Half an hour, for a check that never ends. */
const PATIENCE = 1_800_000;

/** @returns figures of one application; findings are those of `missing-*`, what is missing */
export async function tried(folder, copy, commands) {
  copied(folder, copy);
  const told = commands.map((command) => ({ command, before: outcome(command, copy) }));
  const scan = await scanned(copy);
  const original = digests(copy);
  const fix = await fixed(copy);
  const [once, after] = [digests(copy), await scanned(copy)];
  const second = await fixed(copy);
  const touched = changedOf(original, once);
  return {
    before: scan.gaps.length,
    after: after.gaps.length,
    others: newRules(scan.others, after.others),
    files: touched.length,
    unreported: touched.filter((file) => !fix.files.includes(file)),
    unparsable: unparsableOf(touched, folder, copy),
    again: changedOf(once, digests(copy)).length + second.fixed.length,
    left: countOf(second.refused.map(({ kind }) => kind)),
    scan: costOf(scan.run),
    fix: costOf(fix.run),
    checks: told.map((check) => ({ ...check, after: outcome(check.command, copy) })),
  };
}

export function copied(folder, copy) {
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => path === folder || !LEFT.has(basename(path)) });
  for (const path of installed(folder)) symlinkSync(path, join(copy, relative(folder, path)));
}

/** The folders of what is installed, also of packages inside. */
function installed(folder) {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    if (name === "node_modules") return [join(folder, name)];
    return LEFT.has(name) ? [] : installed(join(folder, name));
  });
}

async function scanned(copy) {
  const flags = ["--no-cache", "--no-progress", "--format", "json"];
  const run = await measure([process.execPath, TELLTALE, "scan", copy, ...flags], [0, 1]);
  const { findings } = JSON.parse(run.output);
  const isGap = ({ rule }) => rule.startsWith("missing-");
  return { run, gaps: findings.filter(isGap), others: findings.filter((finding) => !isGap(finding)).map(({ rule }) => rule) };
}

async function fixed(copy) {
  const run = await measure([process.execPath, TELLTALE, "fix", copy, "--no-progress", "--format", "json"], [0, 1]);
  const told = JSON.parse(run.output);
  const refused = told.refused.filter(({ rule }) => rule.startsWith("missing-"));
  return { run, ...told, refused, files: told.files.map(({ file }) => relative(copy, resolve(file))) };
}

/** A digest for each file, by its path. */
export function digests(folder) {
  const all = new Map();
  const visit = (inner) => {
    for (const { name } of readdirSync(inner, { withFileTypes: true })) {
      const path = join(inner, name);
      const kind = lstatSync(path);
      if (kind.isDirectory() && !LEFT.has(name)) visit(path);
      else if (kind.isFile()) all.set(relative(folder, path), createHash("sha1").update(readFileSync(path)).digest("hex"));
    }
  };
  visit(folder);
  return all;
}

export const changedOf = (before, after) => [...after.keys()].filter((file) => before.get(file) !== after.get(file));

/** Rules other than `missing-*` with more findings than before, and how many more. */
function newRules(before, after) {
  const [were, are] = [countOf(before), countOf(after)];
  return Object.fromEntries(
    Object.entries(are).flatMap(([rule, count]) => (count > (were[rule] ?? 0) ? [[rule, count - (were[rule] ?? 0)]] : [])),
  );
}

function countOf(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const costOf = ({ processor, seconds, megabytes }) => ({ processor, seconds, megabytes });

/** How an own check of the application ends: `passes`, or its exit status. */
function outcome(command, copy) {
  if (!existsSync(copy)) return "not run";
  const { status } = spawnSync("bash", ["-c", command], { cwd: copy, stdio: "ignore", timeout: PATIENCE });
  return status === 0 ? "passes" : `exit ${status ?? "by time"}`;
}
