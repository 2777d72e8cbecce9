/**
 * The tests of CodeQL's queries. What is right stands on the line: `$ Alert` (or `$ Alert[query/id]`, `$ hasTaintFlow="…"`);
 * `MISSING:` before it marks what the query should find and does not, `SPURIOUS:` what it alleges and should not.
 * https://codeql.github.com/docs/codeql-cli/testing-custom-queries/
 */
import { languageOf, linesOf, sourcesUnder } from "./files.mjs";

/** Folder, weakness, and the query where files of the folder are shared by several. */
const FOLDERS = [
  ["csharp/ql/test/query-tests/Security Features/CWE-117", "CWE-117"],
  ["csharp/ql/test/query-tests/Security Features/CWE-209", "CWE-209"],
  ["csharp/ql/test/query-tests/Security Features/CWE-312", "CWE-532"],
  ["csharp/ql/test/query-tests/Security Features/CWE-359", "CWE-532"],
  ["go/ql/test/query-tests/Security/CWE-117", "CWE-117"],
  ["go/ql/test/query-tests/Security/CWE-209", "CWE-209"],
  ["go/ql/test/query-tests/Security/CWE-312", "CWE-532", "go/clear-text-logging"],
  ["go/ql/test/library-tests/semmle/go/frameworks/Beego", "CWE-532", "go/clear-text-logging"],
  ["go/ql/test/library-tests/semmle/go/frameworks/GoMicro", "CWE-117"],
  ["java/ql/test/query-tests/security/CWE-117", "CWE-117"],
  ["java/ql/test/query-tests/security/CWE-209/semmle/tests", "CWE-209"],
  ["java/ql/test/query-tests/security/CWE-532", "CWE-532"],
  ["javascript/ql/test/query-tests/Security/CWE-117", "CWE-117"],
  ["javascript/ql/test/query-tests/Security/CWE-209", "CWE-209"],
  ["javascript/ql/test/query-tests/Security/CWE-312", "CWE-532", "js/clear-text-logging"],
  ["python/ql/test/query-tests/Security/CWE-117-LogInjection", "CWE-117"],
  ["python/ql/test/query-tests/Security/CWE-209-StackTraceExposure", "CWE-209"],
  ["python/ql/test/query-tests/Security/CWE-312-CleartextLogging", "CWE-532"],
  ["ruby/ql/test/query-tests/security/cwe-117", "CWE-117"],
  ["ruby/ql/test/query-tests/security/cwe-209", "CWE-209"],
  ["ruby/ql/test/query-tests/security/cwe-312", "CWE-532", "rb/clear-text-logging-sensitive-data"],
  ["rust/ql/test/query-tests/security/CWE-117", "CWE-117"],
  ["rust/ql/test/query-tests/security/CWE-312", "CWE-532", "rust/cleartext-logging"],
];

export const codeql = {
  id: "codeql",
  title: "CodeQL's query tests",
  tool: "CodeQL",
  repo: "microsoft/codeql",
  commit: "b476939a852fb30127967b833733b7a65367c4d3",
  licence: "MIT",
  paths: FOLDERS.map(([folder]) => folder),
  cases: (root) =>
    FOLDERS.flatMap(([folder, cwe, query]) => {
      const files = sourcesUnder(root, folder);
      if (files.length === 0) return [];
      const expected = files.flatMap(({ path, text }) => expectedIn(path, text, query));
      return [{ base: folder, cwe, language: languageOf(files[0].path), files, expected }];
    }),
};

/** What the comments of one file expect. */
export function expectedIn(file, text, query) {
  return linesOf(text).flatMap((line, at) => {
    const marks = marksOf(line, query);
    if (marks === undefined) return [];
    return [{ file, line: at + 1, endLine: at + 1, ...marks }];
  });
}

/** `$` opens a list of tags; `MISSING:` and `SPURIOUS:` hold for those behind them. */
function marksOf(line, query) {
  // Code that is commented out expects nothing.
  const comment = /^\s*(?:\/\/|# )/.test(line) ? undefined : /(?:\/\/|#)\s*\$ (.*)$/.exec(line)?.[1];
  if (comment === undefined) return undefined;
  const [good, missing, spurious] = columns(comment).map((tags) => tags.some((tag) => isAlert(tag, query)));
  if (!good && !missing && !spurious) return undefined;
  return { wanted: good || missing, own: good || spurious };
}

function columns(comment) {
  const [good, missing, spurious] = [[], [], []];
  let into = good;
  for (const word of comment.split(/\s+/)) {
    if (word === "MISSING:") into = missing;
    else if (word === "SPURIOUS:") into = spurious;
    else into.push(word);
  }
  return [good, missing, spurious];
}

/** A tag without a query in brackets speaks for each query that the folder tests. */
function isAlert(tag, query) {
  if (/^hasTaintFlow(?:=|$)/.test(tag)) return true;
  const id = /^Alert(?:\[([^\]]+)\])?(?:=|$)/.exec(tag);
  return id !== null && (query === undefined || id[1] === undefined || id[1] === query);
}
