#!/usr/bin/env node
/** Scores a tool on Telltale's own small cases, whose labels stand in their comments. `--help` tells how. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BadInput, VERDICTS } from "./labels.mjs";
import { readReport, readSarif } from "./reports.mjs";
import { table } from "./table.mjs";
import { figures, sum, tally } from "./tally.mjs";

const FIXTURES = fileURLToPath(new URL("../../packages/scan/src/rules/fixtures", import.meta.url));

const USAGE = `Scores a tool on the fixtures of Telltale's rules. Each folder is a small program of its own.

  node fixtures.mjs --bare DIR                 copies the fixtures to DIR without their labels; lines stay as they are
  node fixtures.mjs --sarif FILE               FILE: what the tool says of them, run once on the folder of them all
  node fixtures.mjs --sarif 'out/{app}.sarif'  … or one report a fixture; {app} is its folder
  node fixtures.mjs --run 'COMMAND {dir}'      COMMAND prints SARIF, or the JSON of telltale scan; it is run once a fixture
  node fixtures.mjs --labels FILE              writes the labels in the form that PROTOCOL.md tells

  --sources DIR     with --run or --sarif: the copy of --bare, if the tool was run there
  --rule ID         only these findings of the tool count; repeatable
  --misses          list the gaps that were missed and the false alarms
  --json FILE       write the figures for machines, too

Exit status: 0 it is scored, 2 the input is unusable.`;

const OPTIONS = {
  bare: { type: "string" },
  sarif: { type: "string" },
  run: { type: "string" },
  labels: { type: "string" },
  sources: { type: "string", default: FIXTURES },
  rule: { type: "string", multiple: true },
  misses: { type: "boolean", default: false },
  json: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
};

const LANGUAGES = {
  C_sharp: [".cs"],
  Elixir: [".ex", ".exs"],
  Go: [".go"],
  Java: [".java"],
  "JavaScript and TypeScript": [".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"],
  Kotlin: [".kt", ".kts"],
  PHP: [".php"],
  Python: [".py"],
  Ruby: [".rb"],
  Rust: [".rs"],
};
const languageOf = (path) =>
  Object.keys(LANGUAGES)
    .find((name) => LANGUAGES[name].includes(extname(path)))
    ?.replace("C_sharp", "C#");

/** `//~ handler POST /login authn_login missing`, also behind `wrong:`, where the truth is known and Telltale misses it. */
const SIGN = /(?:\/\/|#)~/;
const HANDLER = /^(?:wrong: )?handler (.+) (\S+) (\S+)$/;
const BARE = /[ \t]*(?:\/\/|#)~.*$/gm;

/**
 * The labels of one text. A label says where a handler starts; it ends before the next one that is labelled, or with the file.
 * What the rules cannot know (`unknown`) is no label here.
 */
export function labelsIn(text, file) {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) =>
    line
      .split(SIGN)
      .slice(1)
      .flatMap((words) => handlerIn(words, index + 1)),
  );
  return starts
    .filter(({ verdict }) => VERDICTS.includes(verdict))
    .map(({ line, route, action, verdict }) => {
      const next = Math.min(...starts.map((one) => one.line).filter((one) => one > line));
      return {
        file,
        line,
        end_line: Number.isFinite(next) ? next - 1 : lines.length,
        handler: route,
        route,
        action,
        sensitive: verdict !== "not_sensitive",
        verdict,
        why: "as labelled in the source",
      };
    });
}

function handlerIn(words, at) {
  const carets = /^\^*/.exec(words)[0].length;
  const [, route, action, verdict] = HANDLER.exec(words.slice(carets).trim()) ?? [];
  return route === undefined ? [] : [{ line: at - carets, route, action, verdict }];
}

/** Every fixture with its labels; files are named from its own folder. */
export function readFixtures(folder = FIXTURES) {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
    .map((name) => ({ name, labels: sourcesIn(join(folder, name)).flatMap((path) => labelsIn(textOf(folder, name, path), path)) }))
    .filter(({ labels }) => labels.length > 0);
}

const textOf = (...path) => readFileSync(join(...path), "utf8");

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => languageOf(path) !== undefined)
    .sort();
}

/** Runs the command line; gives the exit status. */
export function main(args, print = console.log, complain = console.error) {
  try {
    const options = optionsOf(args);
    if (options.help) print(USAGE);
    else if (options.bare !== undefined) copyBare(options.bare, print);
    else if (options.labels !== undefined) writeFileSync(options.labels, `${JSON.stringify(inOneFile(), undefined, 2)}\n`);
    else score(options, print);
    return 0;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    complain(`error: ${error.message}`);
    return 2;
  }
}

function optionsOf(args) {
  let options;
  try {
    options = parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new BadInput(`${error.message} (--help tells the options)`, { cause: error });
  }
  const asked = ["bare", "labels", "run", "sarif"].filter((name) => options[name] !== undefined);
  if (!options.help && asked.length !== 1) throw new BadInput("name one of --bare, --labels, --run, --sarif (--help tells more)");
  if (options.run !== undefined && !options.run.includes("{dir}")) throw new BadInput("--run must contain {dir}, where the folder goes");
  if (!existsSync(options.sources)) throw new BadInput(`no folder at --sources ${options.sources}`);
  return options;
}

function copyBare(folder, print) {
  cpSync(FIXTURES, folder, { recursive: true });
  const sources = sourcesIn(folder);
  for (const path of sources) writeFileSync(join(folder, path), textOf(folder, path).replaceAll(BARE, ""));
  print(`${sources.length} files in ${folder}`);
}

/** All labels, as if the folder of the fixtures were one application. */
function inOneFile() {
  const labels = readFixtures().flatMap(({ name, labels }) => labels.map((label) => ({ ...label, file: `${name}/${label.file}` })));
  return { repo: "telltale/fixtures", language: "ten languages", set: "fixtures", labels };
}

function score(options, print) {
  const scored = readFixtures().map((fixture) => {
    const claims = claimsOf(fixture, options);
    return fixture.labels.map((label) => ({ name: fixture.name, label, ...tally([label], claims) }));
  });
  const all = scored.flat();
  const rows = languages(all);
  const judged = options.run !== undefined && rows.at(-1).counts.action > 0;
  print(table("Fixtures", rows, judged));
  if (options.misses) print(`\n${differences(all)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(forMachines(rows), undefined, 2)}\n`);
}

function claimsOf({ name }, { run, sarif, sources, rule }) {
  const root = resolve(sources, name);
  const read = { app: name, root, rules: rule, name: `the report of ${name}` };
  if (run !== undefined) {
    const output = spawnSync(run.replaceAll("{dir}", root), { shell: true, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    return readReport(output.stdout, read);
  }
  const file = sarif.replaceAll("{app}", name);
  if (!existsSync(file)) throw new BadInput(`there is no ${file}`);
  // One report about all: what lies in the folder of another fixture keeps that folder's name, and no label has it.
  return readSarif(textOf(file), { ...read, name: file });
}

function languages(all) {
  const names = [...new Set(all.map(({ label }) => languageOf(label.file)))].sort();
  const rows = names.map((name) => ({
    name,
    counts: sum(all.filter(({ label }) => languageOf(label.file) === name).map(({ counts }) => counts)),
  }));
  return [...rows, { name: "all", counts: sum(all.map(({ counts }) => counts)) }];
}

function differences(all) {
  const lines = all.flatMap(({ name, differences: found }) =>
    found.map(({ kind, label }) => `${kind}: ${name}/${label.file}:${label.line} ${label.route} is ${label.verdict} (${label.action})`),
  );
  return lines.length === 0 ? "nothing was missed, and there were no false alarms" : lines.join("\n");
}

/** Shares are of 0 to 1; null where there is nothing to divide by. */
function forMachines(rows) {
  return Object.fromEntries(rows.map(({ name, counts }) => [name, { ...counts, ...figures(counts) }]));
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
