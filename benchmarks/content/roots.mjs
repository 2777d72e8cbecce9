/** Folders to scan: copies of a suite's files under names that are not those of tests, with the manifests that they lack. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestsFor } from "./manifests.mjs";

/**
 * What a suite says of its code outside the code, said in the code, without moving a line. Each: suite, path, what stands there,
 * what it means.
 */
const SAID_ELSEWHERE = [
  {
    // LogInjectionTest.ext.yml declares that `source()` returns remote data; its body returns null.
    path: "java/ql/test/query-tests/security/CWE-117/LogInjectionTest.java",
    from: /public Object source\(\) \{(\s*)return null;/,
    to: 'public javax.servlet.http.HttpServletRequest request; public Object source() {$1return request.getParameter("source");',
  },
];

/** Writes the cases below `root`, a folder each, and gives the path in the suite for each path there. */
export function writeRoot(root, cases) {
  const originals = new Map();
  for (const [at, { base, files }] of cases.entries()) {
    const folder = `case${at + 1}`;
    const own = files.map(({ path, text }) => ({ original: path, path: neutral(path.slice(base.length + 1)), text: told(path, text) }));
    for (const { original, path, text } of own) {
      write(join(root, folder, path), text);
      originals.set(`${folder}/${path}`, original);
    }
    for (const { path, text } of manifestsFor(own)) write(join(root, folder, path), text);
  }
  return originals;
}

function told(path, text) {
  const said = SAID_ELSEWHERE.find((one) => one.path === path);
  return said === undefined ? text : text.replace(said.from, said.to);
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Scanners pass over tests; these files are the subject. */
export function neutral(path) {
  return path
    .split("/")
    .map((part) =>
      part
        .replace(/(?<=^|[^a-z])(?:tests?|specs?|testdata|fixtures?|mocks?)(?=$|[^a-z])/g, "sample")
        .replace(/Test(?:Case|s)?(?=$|[^a-z])/g, "Sample"),
    )
    .join("/");
}
