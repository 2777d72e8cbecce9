/**
 * The tests of Fluid Attacks' scanner (skims): files with flaws, and the report that it must give, as CSV. Comments in the
 * files say what is insecure and what is not; what the report adds to that or lacks is not marked, so the report is the truth.
 */
import { languageOf, readText } from "./files.mjs";

const DATA = "skims/test/data";
const REPORTS = [
  ["F091", "CWE-117"],
  ["F059", "CWE-532"],
  ["F234", "CWE-209"],
];

export const skims = {
  id: "skims",
  title: "Fluid Attacks' tests",
  tool: "skims",
  repo: "cognettings/vulscanner",
  commit: "74a95f5bac6e54ffa1d2416b8d989f99a395097d",
  licence: "MPL-2.0",
  paths: [`${DATA}/results`, ...["f091", "f059", "f234"].map((name) => `${DATA}/lib_root/${name}`)],
  cases: (root) => REPORTS.flatMap(([name, cwe]) => casesOf(root, readText(root, `${DATA}/results/${name}.csv`), cwe)),
};

function casesOf(root, report, cwe) {
  const byFile = new Map();
  for (const { file, line } of rowsOf(report)) byFile.set(file, [...(byFile.get(file) ?? []), line]);
  return [...byFile].flatMap(([path, lines]) => {
    const language = languageOf(path);
    if (language === undefined) return [];
    const expected = lines.map((line) => ({ file: path, line, endLine: line, wanted: true, own: true }));
    return [{ base: path.slice(0, path.lastIndexOf("/")), cwe, language, files: [{ path, text: readText(root, path) }], expected }];
  });
}

/** File and line of each row: the description ends with the file, the line stands behind the kind of scan. */
export function rowsOf(report) {
  return [...report.matchAll(/ in namespace\/(skims\/test\/data\/[^"]+)",[^\n]*?,SAST,(\d+),/g)].map(([, file, line]) => ({
    file,
    line: Number(line),
  }));
}
