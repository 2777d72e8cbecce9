/**
 * Rules that Semgrep's registry publishes, with the test file beside each. A comment above a line says what is right:
 * `ruleid: ID` (found), `ok: ID` (not found), `todoruleid: ID` (should be found and is not), `todook: ID` (found and should not be).
 * https://semgrep.dev/docs/writing-rules/testing-rules
 */
import { filesUnder, languageOf, linesOf, readText } from "./files.mjs";

const COMMENT = /^\s*(?:\/\/|#|--|\/\*)\s*(ruleid|ok|todoruleid|todook):\s*([\w., /-]+?)\s*(?:\*\/)?\s*$/;

/** Cases of test files: `rules` are `{ ids, cwe, files, at }`, where `files` picks from all paths; all rules of a weakness for a file go together. */
export function annotated(root, rules) {
  return rules.flatMap(({ ids, cwe, files, at = "sink" }) =>
    files(filesUnder(root)).map((path) => {
      const text = readText(root, path);
      const expected = expectedIn(path, text, ids).map((one) => ({ ...one, at }));
      return { base: path.slice(0, path.lastIndexOf("/")), cwe, language: languageOf(path), files: [{ path, text }], expected };
    }),
  );
}

/** What the comments of one file expect of these rules. */
export function expectedIn(file, text, rules) {
  const lines = linesOf(text);
  return lines.flatMap((line, at) => {
    const [, kind, ids] = COMMENT.exec(line) ?? [];
    if (kind === undefined || kind === "ok" || !ids.split(/[\s,]+/).some((id) => rules.includes(id))) return [];
    const next = lineBelow(lines, at);
    return [{ file, line: next, endLine: next, wanted: kind !== "todook", own: kind !== "todoruleid" }];
  });
}

/** The next line that is no such comment, counted from 1. */
function lineBelow(lines, at) {
  let next = at + 1;
  while (next < lines.length && COMMENT.test(lines[next])) next++;
  return next + 1;
}

const beside = (stem) => (paths) => paths.filter((path) => path.startsWith(`${stem}.`) && languageOf(path) !== undefined);

/** Rules about what logs and answers say. `at: "source"`: the match begins where the value comes from, not where it is written. */
const RULES = [
  {
    ids: ["python-logger-credential-disclosure"],
    cwe: "CWE-532",
    files: beside("python/lang/security/audit/logging/logger-credential-leak"),
  },
  { ids: ["crlf-injection-logs"], cwe: "CWE-117", at: "source", files: beside("java/lang/security/audit/crlf-injection-logs") },
  { ids: ["seam-log-injection"], cwe: "CWE-117", files: beside("java/jboss/security/seam-log-injection") },
  { ids: ["structured-logging"], cwe: "CWE-117", files: beside("csharp/lang/best-practice/structured-logging") },
  { ids: ["stacktrace-disclosure"], cwe: "CWE-209", files: beside("csharp/lang/security/stacktrace-disclosure") },
];

export const semgrep = {
  id: "semgrep",
  title: "Semgrep's rules",
  tool: "Semgrep",
  repo: "semgrep/semgrep-rules",
  commit: "157ae4706d7f54aa33647332f234dd68f30da195",
  licence: "LGPL-2.1 with Commons Clause",
  paths: ["python/lang/security/audit/logging", "java/lang/security/audit", "java/jboss/security", "csharp/lang"],
  cases: (root) => annotated(root, RULES),
};

const NJSSCAN = "tests/assets/node_source";
const inNode = (name) => (paths) => paths.filter((path) => path.startsWith(`${NJSSCAN}/`) && path.endsWith(`/${name}`));

export const njsscan = {
  id: "njsscan",
  title: "njsscan's tests",
  tool: "njsscan",
  repo: "ajinabraham/njsscan",
  commit: "b6ade853818a0c2a4fde36a1c5740b663e758ad2",
  licence: "LGPL-3.0",
  paths: [NJSSCAN, "njsscan/rules/semantic_grep/generic"],
  cases: (root) =>
    annotated(root, [
      { ids: ["node_error_disclosure", "generic_error_disclosure"], cwe: "CWE-209", files: inNode("error_disclosure.js") },
      { ids: ["node_error_disclosure", "generic_error_disclosure"], cwe: "CWE-209", files: inNode("safe_error_handling.js") },
    ]),
};
