/**
 * The samples of Find Security Bugs. The tests of its detectors say which lines of which class are reported, as a loop over
 * line numbers or as names of methods; all else in the class may not be.
 * https://github.com/find-sec-bugs/find-sec-bugs
 */
import { languageOf, linesOf, readText } from "./files.mjs";

const TESTS = "findsecbugs-plugin/src/test/java/com/h3xstream/findsecbugs";
const DETECTORS = [
  [`${TESTS}/injection/crlf/CrlfLogInjectionDetectorTest.java`, "CWE-117"],
  [`${TESTS}/crypto/ErrorMessageExposureDetectorTest.java`, "CWE-209"],
];
const SAMPLES = ["findsecbugs-samples-java/src/test/java", "findsecbugs-samples-kotlin/src/test/kotlin"];

export const findSecBugs = {
  id: "find-sec-bugs",
  title: "Find Security Bugs' samples",
  tool: "Find Security Bugs",
  repo: "find-sec-bugs/find-sec-bugs",
  commit: "e38542b3c810c548fc271a681881557d23e2088e",
  licence: "LGPL-3.0",
  paths: [TESTS, ...SAMPLES],
  cases: (root) => DETECTORS.flatMap(([test, cwe]) => claimsOf(readText(root, test)).flatMap((claim) => caseOf(root, cwe, claim))),
};

/** What the test of a detector claims: for each class, lines or methods. */
export function claimsOf(test) {
  return test
    .split(/@Test\b/)
    .slice(1)
    .flatMap((body) => {
      const sample = /getClassFilePath\("([^"]+)"\)/.exec(body)?.[1];
      if (sample === undefined) return [];
      const loop = /for \(int line = (\d+); line (<=?) (\d+);/.exec(body);
      if (loop !== null) {
        const last = Number(loop[3]) - (loop[2] === "<" ? 1 : 0);
        return [{ sample, lines: Array.from({ length: last - Number(loop[1]) + 1 }, (_, at) => Number(loop[1]) + at), methods: [] }];
      }
      const names = /Arrays\.asList\(([^)]*)\)/.exec(body)?.[1] ?? "";
      return [{ sample, lines: [], methods: [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name) }];
    });
}

function caseOf(root, cwe, { sample, lines, methods }) {
  for (const folder of SAMPLES) {
    for (const ending of ["java", "kt"]) {
      const path = `${folder}/${sample}.${ending}`;
      let text;
      try {
        text = readText(root, path);
      } catch {
        continue;
      }
      const spans = [...lines.map((line) => [line, line]), ...methods.map((name) => spanOf(text, name))];
      const expected = spans.map(([line, endLine]) => ({ file: path, line, endLine, wanted: true, own: true }));
      return [{ base: path.slice(0, path.lastIndexOf("/")), cwe, language: languageOf(path), files: [{ path, text }], expected }];
    }
  }
  return [];
}

/** The lines of a method, up to the next one. */
function spanOf(text, method) {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line.includes(` ${method}(`));
  const next = lines.findIndex((line, at) => at > first && /^\s*public .*\(/.test(line));
  return [first + 1, next < 0 ? lines.length : next];
}
