/**
 * The tests of Bearer's rules. `bearer:expected RULE` above a line says that the rule finds it; nothing else may be found.
 * https://github.com/Bearer/bearer-rules/blob/main/CONTRIBUTING.md
 */
import { filesUnder, languageOf, linesOf, readText, sourcesUnder } from "./files.mjs";

const COMMENT = /^\s*(?:\/\/|#|<!--)\s*bearer:expected\s+(\S+)/;
const WEAKNESSES = ["532", "117", "209"];

export const bearer = {
  id: "bearer",
  title: "Bearer's rules",
  tool: "Bearer",
  repo: "Bearer/bearer-rules",
  commit: "82c335f781a61a6d8b052394f84fd1d93edec467",
  licence: "Elastic-2.0",
  paths: ["rules", "tests"],
  cases: (root) =>
    filesUnder(root, "rules")
      .filter((path) => path.endsWith(".yml"))
      .flatMap((path) => caseOf(root, path)),
};

/** One case a rule: its rule file names the weakness, its test folder holds the files. */
function caseOf(root, ruleFile) {
  const rule = readText(root, ruleFile);
  const cwe = WEAKNESSES.find((number) => new RegExp(`^\\s*- "?${number}"?\\s*$`, "m").test(rule.slice(rule.indexOf("cwe_id:"))));
  if (cwe === undefined || !rule.includes("cwe_id:")) return [];
  const id = /^\s+id:\s*"?([\w-]+)"?/m.exec(rule.slice(rule.indexOf("metadata:")))?.[1];
  const base = `${ruleFile.replace(/^rules\//, "tests/").replace(/\.yml$/, "")}/testdata`;
  const files = sourcesUnder(root, base);
  if (files.length === 0) return [];
  const expected = files.flatMap(({ path, text }) => expectedIn(path, text, id));
  return [{ base, cwe: `CWE-${cwe}`, language: languageOf(files[0].path), files, expected }];
}

/** What the comments of one file expect of a rule. */
export function expectedIn(file, text, rule) {
  const lines = linesOf(text);
  return lines.flatMap((line, at) => {
    if (COMMENT.exec(line)?.[1] !== rule) return [];
    let next = at + 1;
    while (next < lines.length && COMMENT.test(lines[next])) next++;
    return [{ file, line: next + 1, endLine: next + 1, wanted: true, own: true }];
  });
}
