#!/usr/bin/env node
/**
 * Brings the suites, each at its commit, into a folder: DIR/ID. Needs git. Only the folders that are read are checked out; what
 * stands there already is left alone. Nothing of them is run or compiled.
 *
 *   node benchmarks/content/fetch.mjs DIR [--suite ID]...
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { suites } from "./suites/index.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { suite: { type: "string", multiple: true } } });
const wanted = suites.filter(({ id }) => values.suite === undefined || values.suite.includes(id));
if (positionals.length !== 1 || wanted.length === 0) {
  console.error(`usage: node fetch.mjs DIR [--suite ID]...; suites: ${suites.map(({ id }) => id).join(", ")}`);
  process.exit(2);
}
const target = resolve(positionals[0]);
mkdirSync(target, { recursive: true });
process.exitCode = wanted.filter((suite) => !bring(suite)).length > 0 ? 1 : 0;

/** Whether it stands there in the end. It is moved into place when it is whole, so that a stopped run leaves no half. */
function bring({ id, repo, commit, paths }) {
  const folder = join(target, id);
  if (existsSync(folder)) {
    console.log(`${id}: stands there already`);
    return true;
  }
  const part = mkdtempSync(join(target, ".part-"));
  try {
    checkOut(repo, commit, paths, part);
    renameSync(part, folder);
    console.log(`${id}: ${repo} ${commit}`);
    return true;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    console.error(`${id} could not be brought: ${error.message}`);
    return false;
  }
}

/** Some folders of the one commit, without its past and without the text of all else. */
function checkOut(repo, commit, paths, folder) {
  const git = (...args) => execFileSync("git", ["-C", folder, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  git("init", "--quiet");
  git("remote", "add", "origin", `https://github.com/${repo}`);
  git("fetch", "--quiet", "--depth", "1", "--filter=blob:none", "origin", commit);
  git("sparse-checkout", "set", "--no-cone", ...paths.map((path) => `/${path}`));
  git("-c", "advice.detachedHead=false", "checkout", "--quiet", "FETCH_HEAD");
}
