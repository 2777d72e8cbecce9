// Reads a checkout of SigmaHQ/sigma and prints how many rules are read, why others are refused, and how many of its
// regression events match. Run after `npm run build`: node packages/detect/scripts/conformance.mjs SIGMA_DIR [--list]
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { argv, exit, stdout } from "node:process";
import { parse } from "yaml";
import { compileMatch } from "../dist/match/index.js";
import { loadRules } from "../dist/sigma/index.js";

const [, , root, list] = argv;
if (root === undefined) {
  stdout.write("usage: conformance.mjs SIGMA_DIR [--list]\n");
  exit(2);
}

/** Sysmon's event ids of a log source's category, for files whose events are of several. */
const sysmonEvents = { file_event: [11], registry_set: [13], process_creation: [1, 4688], image_load: [7], network_connection: [3] };

const trees = readdirSync(root).filter((name) => name.startsWith("rules") || name === "unsupported" || name === "deprecated");
const texts = filesBelow(root, trees, /\.ya?ml$/).map((file) => ({ file: relative(root, file), text: readFileSync(file, "utf8") }));
printReading();
printRegression();

function filesBelow(folder, names, ending) {
  return names.flatMap((name) => {
    const path = join(folder, name);
    const entries = readdirSync(path, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && ending.test(entry.name)).map((entry) => join(path, entry.name));
    return [
      ...files,
      ...filesBelow(
        path,
        entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
        ending,
      ),
    ];
  });
}

// Each file by itself: SigmaHQ keeps old and new versions of a rule under one id.
function printReading() {
  const counts = new Map();
  const reasons = new Map();
  const started = performance.now();
  for (const text of texts) {
    const tree = text.file.split("/")[0];
    const count = counts.get(tree) ?? { files: 0, read: 0, refused: 0, rules: 0 };
    counts.set(tree, count);
    const { set, problems } = loadRules([text]);
    count.files++;
    count.rules += set.rules.length;
    count[problems.length === 0 ? "read" : "refused"]++;
    for (const reason of new Set(problems.map((problem) => `${tree}: ${reasonOf(problem)}`)))
      reasons.set(reason, [...(reasons.get(reason) ?? []), text.file]);
    if (list === "--list") for (const problem of problems) stdout.write(`${problem.message}\n`);
  }
  const seconds = (performance.now() - started) / 1000;
  stdout.write("folder                    files   read  refused  rules\n");
  for (const [tree, { files, read, refused, rules }] of counts)
    stdout.write(`${tree.padEnd(24)} ${[files, read, refused, rules].map((n) => String(n).padStart(6)).join(" ")}\n`);
  stdout.write(`${texts.length} files in ${seconds.toFixed(1)} s\n\nrefused:\n`);
  for (const [reason, files] of [...reasons].sort((a, b) => b[1].length - a[1].length))
    stdout.write(`${String(files.length).padStart(6)}  ${reason}  (${basename(files[0])})\n`);
}

/** The reason without what differs from rule to rule: names of fields and searches, and text in quotes. */
function reasonOf({ code, facts }) {
  const key = (facts.key ?? "").replace(/"[^"]*"|detection\.[^ ]+/g, "…");
  return `${code} ${key} ${(facts.problem ?? facts.given ?? "").replace(/"[^"]*"/g, "…")}`.replace(/\s+/g, " ").trim();
}

function printRegression() {
  const { set } = loadRules(texts.filter(({ file }) => file.startsWith("rules")));
  const rules = new Map(set.rules.map((rule) => [rule.id, rule]));
  const result = { agree: 0, "rule not read": [], "no events as JSON": [], disagree: [] };
  for (const info of filesBelow(root, ["regression_data"], /^info\.yml$/)) {
    const { rule_metadata: metadata, regression_tests_info: tests } = parse(readFileSync(info, "utf8"));
    for (const test of tests ?? []) judge(metadata[0].id, test, info);
  }
  stdout.write(`\nregression: ${result.agree} agree\n`);
  for (const [name, items] of Object.entries(result))
    if (Array.isArray(items) && items.length > 0) stdout.write(`  ${items.length} ${name}: ${items.join(", ")}\n`);

  function judge(id, test, info) {
    const rule = rules.get(id);
    if (rule === undefined) return result["rule not read"].push(basename(dirname(info)));
    const json = readdirSync(dirname(info)).filter(
      (name) => name.endsWith(".json") && name.startsWith(basename(test.path).replace(/\.\w+$/, "")),
    );
    if (json.length === 0) return result["no events as JSON"].push(basename(test.path));
    const matches = compileMatch(rule.match);
    const events = json.flatMap((name) => eventsOf(readFileSync(join(dirname(info), name), "utf8")));
    const kinds = sysmonEvents[rule.logsource.category];
    const matched = events.filter((event) => (kinds?.includes(event.EventID) ?? true) && matches(event)).length;
    // SigmaHQ's own runner takes more matches than stated for a pass, with a warning.
    if (matched > 0 && matched >= (test.match_count ?? 1)) result.agree++;
    else result.disagree.push(`${basename(dirname(info))} (${matched} of ${events.length}, expected ${test.match_count ?? "some"})`);
  }
}

/** Windows events one after the other, flattened to the names that Sigma's rules use: those of the event without spaces. */
function eventsOf(text) {
  return text.split(/^(?=\{)/m).map((json) => {
    const { System: system, EventData, UserData } = JSON.parse(json).Event;
    return {
      ...scalars(system),
      Provider_Name: system.Provider["#attributes"].Name,
      ...scalars(EventData),
      ...scalars(Object.values(UserData ?? {})[0]),
    };
  });
}

function scalars(map) {
  return Object.fromEntries(
    Object.entries(map ?? {}).flatMap(([name, value]) =>
      typeof value === "object" && value !== null
        ? "#text" in value
          ? [[name.replaceAll(" ", ""), value["#text"]]]
          : []
        : [[name.replaceAll(" ", ""), value]],
    ),
  );
}
