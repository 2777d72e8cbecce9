#!/usr/bin/env node
/**
 * Brings the labelled applications, each at its commit, into a folder: DIR/OWNER__NAME. Needs git and, for one that is
 * labelled as published, npm and tar. Those that stand there already are left alone. Nothing of them is run.
 *
 *   node fetch.mjs DIR [--app OWNER/NAME]...
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { folderOf, readLabels } from "./labels.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { app: { type: "string", multiple: true } } });
if (positionals.length !== 1) {
  console.error("usage: node fetch.mjs DIR [--app OWNER/NAME]...");
  process.exit(2);
}
const target = resolve(positionals[0]);
mkdirSync(target, { recursive: true });
const all = readLabels(fileURLToPath(new URL("labels", import.meta.url)));
const wanted = all.filter(({ repo }) => values.app === undefined || values.app.includes(repo));
if (wanted.length === 0) {
  console.error(`no labels for ${values.app.join(", ")}; there are: ${all.map(({ repo }) => repo).join(", ")}`);
  process.exit(2);
}
const failed = wanted.filter((set) => !bring(set));
process.exitCode = failed.length > 0 ? 1 : 0;

/** Whether it stands there in the end. It is moved into place when it is whole, so that a stopped run leaves no half. */
function bring({ repo, commit, moved = {} }) {
  const folder = join(target, folderOf(repo));
  if (existsSync(folder)) {
    console.log(`${repo}: stands there already`);
    return true;
  }
  const part = mkdtempSync(join(target, ".part-"));
  try {
    if (commit.startsWith("npm:")) unpack(commit.slice("npm:".length), part);
    else clone(repo, commit, part);
    for (const [from, to] of Object.entries(moved)) move(join(part, from), join(part, to));
    renameSync(part, folder);
    console.log(`${repo}: ${commit}`);
    return true;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    console.error(`${repo} could not be brought: ${error.message}`);
    return false;
  }
}

/** Into what stands there: scanners pass over folders such as build, where published packages keep their sources. */
function move(from, to) {
  cpSync(from, to, { recursive: true });
  rmSync(from, { recursive: true });
}

/** The one commit without its past. */
function clone(repo, commit, folder) {
  const git = (...args) => execFileSync("git", ["-C", folder, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  git("init", "--quiet");
  git("remote", "add", "origin", `https://github.com/${repo}`);
  git("fetch", "--quiet", "--depth", "1", "origin", commit);
  git("-c", "advice.detachedHead=false", "checkout", "--quiet", "FETCH_HEAD");
}

function unpack(spec, folder) {
  const packed = execFileSync("npm", ["pack", spec, "--silent", "--ignore-scripts", "--pack-destination", folder], { encoding: "utf8" });
  const archive = join(folder, packed.trim().split("\n").at(-1));
  execFileSync("tar", ["-xzf", archive, "-C", folder, "--strip-components=1"]);
  rmSync(archive);
}
