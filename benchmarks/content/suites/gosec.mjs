/**
 * The samples of gosec. Each is a program and the number of findings that it must give; which line is not said, so a finding
 * anywhere in the program counts.
 * https://github.com/securego/gosec/tree/master/testutils
 */
import { linesOf, readText } from "./files.mjs";

const SAMPLES = [["testutils/g706_samples.go", "CWE-117"]];

export const gosec = {
  id: "gosec",
  title: "gosec's samples",
  tool: "gosec",
  repo: "securego/gosec",
  commit: "45b083a0cb42119d61b1e0e364d8c62c68f6f5cd",
  licence: "Apache-2.0",
  paths: SAMPLES.map(([path]) => path),
  cases: (root) =>
    SAMPLES.flatMap(([source, cwe]) =>
      programsOf(readText(root, source)).map(({ text, line, findings }) => {
        // One line of code a line of the samples' file, so that places can be compared with it.
        const path = `${source}/${line}/main.go`;
        const all = { file: path, line: 1, endLine: linesOf(text).length, wanted: true, own: true };
        return { base: `${source}/${line}`, cwe, language: "Go", files: [{ path, text }], expected: findings > 0 ? [all] : [] };
      }),
    ),
};

/** The programs of a file of samples, the line where each begins, and how many findings it must give. */
export function programsOf(source) {
  return [...source.matchAll(/\{\[\]string\{`\n?([^`]*)`\}, (\d+), gosec\.NewConfig\(\)\}/g)].map((match) => ({
    text: match[1],
    line: linesOf(source.slice(0, match.index)).length,
    findings: Number(match[2]),
  }));
}
