#!/usr/bin/env node
/** Scores a tool against the labels. `--help` tells how; README.md tells what the figures mean. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, closeSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BadInput, folderOf, readLabels } from "./labels.mjs";
import { readReport, readSarif } from "./reports.mjs";
import { table } from "./table.mjs";
import { figures, sum, tally } from "./tally.mjs";

const USAGE = `Scores a tool that looks for handlers without security logging.

  node score.mjs --sources DIR --run 'COMMAND {dir}'   COMMAND prints SARIF, or the JSON of telltale scan
  node score.mjs --sarif DIR                           DIR holds OWNER__NAME.sarif for each application
  node score.mjs --sarif 'out/{app}.sarif'             {app} is OWNER__NAME

  --sources DIR     the applications, as fetch.mjs leaves them: DIR/OWNER__NAME. With --sarif it is optional; where it
                    is given, commits are checked and the folder is cut from absolute paths
  --labels PATH     labels, a folder or one file (default: those beside this program)
  --app OWNER/NAME  only this application; repeatable
  --set NAME        only the sets "development" or "second"
  --rule ID         only these findings of the tool count; repeatable
  --misses          list the gaps that were missed and the false alarms
  --json FILE       write the figures for machines, too
  --any-commit      score an application that stands at another commit all the same

Exit status: 0 all applications are scored, 1 some could not be (it says which and why), 2 the input is unusable.`;

const OPTIONS = {
  sources: { type: "string" },
  run: { type: "string" },
  sarif: { type: "string" },
  labels: { type: "string", default: fileURLToPath(new URL("labels", import.meta.url)) },
  app: { type: "string", multiple: true },
  set: { type: "string" },
  rule: { type: "string", multiple: true },
  misses: { type: "boolean", default: false },
  json: { type: "string" },
  "any-commit": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};

/** Runs the command line; gives the exit status. `print` and `complain` take lines. */
export function main(args, print = console.log, complain = console.error) {
  try {
    const options = readOptions(args);
    if (!options.help) return score(options, print, complain);
    print(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    complain(`error: ${error.message}`);
    return 2;
  }
}

function readOptions(args) {
  let options;
  try {
    options = parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new BadInput(`${error.message} (--help tells the options)`, { cause: error });
  }
  if (options.help) return options;
  if ((options.run === undefined) === (options.sarif === undefined)) throw new BadInput("name either --run or --sarif (--help tells more)");
  if (options.run !== undefined && options.sources === undefined)
    throw new BadInput("--run needs --sources, the folder that fetch.mjs filled");
  if (options.run !== undefined && !options.run.includes("{dir}"))
    throw new BadInput("--run must contain {dir}, where the application's folder goes");
  if (options.sources !== undefined && !isFolder(options.sources)) throw new BadInput(`no folder at --sources ${options.sources}`);
  if (options.sarif !== undefined && !options.sarif.includes("{app}") && !isFolder(options.sarif)) {
    throw new BadInput(`--sarif ${options.sarif} is neither a folder nor a name with {app}`);
  }
  return options;
}

const isFolder = (path) => existsSync(path) && statSync(path).isDirectory();

function score(options, print, complain) {
  const sets = chosen(readLabels(options.labels), options);
  const scored = [];
  const left = [];
  for (const set of sets) {
    try {
      scored.push({ set, ...tally(set.labels, claimsOf(set, options)) });
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      left.push({ repo: set.repo, reason: error.message });
      complain(`${set.repo} is not scored: ${error.message}`);
    }
  }
  if (scored.length === 0) throw new BadInput("no application could be scored");
  const judged = options.run !== undefined && scored.some(({ counts }) => counts.action > 0);
  print(tables(scored, judged));
  if (options.misses) print(`\n${differences(scored)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(forMachines(scored, left), undefined, 2)}\n`);
  return left.length > 0 ? 1 : 0;
}

function chosen(sets, { app, set }) {
  const known = new Set(sets.map(({ repo }) => repo));
  for (const repo of app ?? []) if (!known.has(repo)) throw new BadInput(`no labels for --app ${repo}`);
  const found = sets.filter((one) => (app === undefined || app.includes(one.repo)) && (set === undefined || one.set === set));
  if (found.length === 0) throw new BadInput(`no labels of --set ${set}`);
  return found;
}

function claimsOf(set, options) {
  const app = folderOf(set.repo);
  const folder = options.sources === undefined ? undefined : resolve(options.sources, app);
  if (folder !== undefined) checkSources(set, folder, options["any-commit"]);
  const read = { app, root: folder, rules: options.rule };
  if (options.run !== undefined) return readReport(outputOf(options.run, folder), { ...read, name: "what the command printed" });
  const file = options.sarif.includes("{app}") ? options.sarif.replaceAll("{app}", app) : join(options.sarif, `${app}.sarif`);
  if (!existsSync(file)) throw new BadInput(`there is no ${file}`);
  return readSarif(readFileSync(file, "utf8"), { ...read, name: file });
}

/** The folder must be there and, where it is a clone or a package, be the one that was labelled: lines move otherwise. */
function checkSources(set, folder, anyCommit) {
  if (!isFolder(folder)) throw new BadInput(`no sources at ${folder} (node fetch.mjs DIR --app ${set.repo})`);
  const absent = set.labels.find(({ file }) => !existsSync(join(folder, file)));
  if (absent !== undefined) throw new BadInput(`${folder} holds no ${absent.file}: is it another version than ${set.commit}?`);
  const stands = versionOf(folder, set.commit);
  if (!anyCommit && stands !== undefined && stands !== set.commit) {
    throw new BadInput(`${folder} stands at ${stands}, but the labels were made at ${set.commit} (--any-commit scores it all the same)`);
  }
}

/** undefined: unpacked sources without a version, which are taken at their word. */
function versionOf(folder, commit) {
  if (commit.startsWith("npm:")) {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `npm:${name}@${version}`;
  }
  if (!existsSync(join(folder, ".git"))) return undefined;
  return spawnSync("git", ["-C", folder, "rev-parse", "HEAD"], { encoding: "utf8" }).stdout?.trim() || undefined;
}

/** What the command prints; through a file, since reports may be large. Findings may set its exit status. */
function outputOf(command, folder) {
  const place = mkdtempSync(join(tmpdir(), "accuracy-"));
  const file = openSync(join(place, "out"), "w");
  try {
    spawnSync(command.replaceAll("{dir}", folder), { shell: true, stdio: ["ignore", file, "inherit"] });
    return readFileSync(join(place, "out"), "utf8");
  } finally {
    closeSync(file);
    rmSync(place, { recursive: true, force: true });
  }
}

const SETS = [
  ["development", "The development set"],
  ["second", "The second set"],
];

/** A table of applications for each set, one of languages, and the whole. */
function tables(scored, judged) {
  const parts = SETS.flatMap(([id, title]) => {
    const rows = scored.filter(({ set }) => set.set === id);
    if (rows.length === 0) return [];
    const named = rows.map(({ set, counts }) => ({ name: `${set.repo} (${set.language})`, counts }));
    return [table(title, [...named, { name: "all of it", counts: sum(rows.map(({ counts }) => counts)) }], judged)];
  });
  const total = { name: "all", counts: sum(scored.map(({ counts }) => counts)) };
  return [...parts, table("Language", [...byLanguage(scored), total], judged)].join("\n\n");
}

function byLanguage(scored) {
  const names = [...new Set(scored.map(({ set }) => set.language))].sort();
  return names.map((name) => ({ name, counts: sum(scored.filter(({ set }) => set.language === name).map(({ counts }) => counts)) }));
}

function differences(scored) {
  const lines = scored.flatMap(({ set, differences }) =>
    differences.map(
      ({ kind, label }) =>
        `${kind}: ${set.repo} ${label.file}:${label.line} ${label.handler} is ${label.verdict} (${label.action}): ${label.why}`,
    ),
  );
  return lines.length === 0 ? "nothing was missed, and there were no false alarms" : lines.join("\n");
}

/** Shares are of 0 to 1; null where there is nothing to divide by. */
function forMachines(scored, left) {
  const figured = (counts) => ({ ...counts, ...figures(counts) });
  return {
    applications: scored.map(({ set, counts, differences }) => ({
      repo: set.repo,
      commit: set.commit,
      language: set.language,
      set: set.set,
      figures: figured(counts),
      differences: differences.map(({ kind, label }) => ({ kind, file: label.file, line: label.line, verdict: label.verdict })),
    })),
    languages: Object.fromEntries(byLanguage(scored).map(({ name, counts }) => [name, figured(counts)])),
    sets: Object.fromEntries(
      SETS.map(([id]) => [id, figured(sum(scored.filter(({ set }) => set.set === id).map(({ counts }) => counts)))]),
    ),
    all: figured(sum(scored.map(({ counts }) => counts))),
    notScored: left,
  };
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
