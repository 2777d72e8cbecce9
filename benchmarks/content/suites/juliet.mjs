/**
 * NIST's Juliet test suites. A comment says where the flaw is: `FLAW:` on the line or above it. What stands in good code carries
 * no flaw; in C# what is bad stands between `#if (!OMITBAD)` and `#endif`. No tool comes with them.
 * https://samate.nist.gov/SARD/test-suites
 */
import { linesOf, sourcesUnder } from "./files.mjs";

/** Sinks only: a `POTENTIAL FLAW` of a source says where a value comes from. */
const SINK = /\/\* (?:FLAW:|POTENTIAL FLAW: Logging output is not neutralized)/;

/** Where a Juliet file is wrong, line by line. */
export function expectedIn(file, text) {
  const lines = linesOf(text);
  let bad = !file.endsWith(".cs");
  return lines.flatMap((line, at) => {
    if (line.startsWith("#if (!OMITBAD)")) bad = true;
    if (/^#(?:endif|if \(!OMITGOOD\))/.test(line)) bad = false;
    if (!bad || !SINK.test(line)) return [];
    const there = /^\s*\/\*/.test(line) ? lineBelow(lines, at) : at + 1;
    return [{ file, line: there, endLine: there, wanted: true, own: undefined }];
  });
}

/** The first line of code below a comment, counted from 1. */
function lineBelow(lines, at) {
  let next = at;
  while (!lines[next].includes("*/")) next++;
  do next++;
  while (/^\s*(?:\/\*.*\*\/)?\s*$/.test(lines[next]));
  return next + 1;
}

const casesOf = (root, language, folders) =>
  folders.flatMap(([base, cwe]) => {
    const files = sourcesUnder(root, base).filter(({ path }) => !/\/(?:Main|ServletMain|Program|AssemblyInfo)\.\w+$/.test(path));
    if (files.length === 0) return [];
    return [{ base, cwe, language, files, expected: files.flatMap(({ path, text }) => expectedIn(path, text)) }];
  });

const JAVA = [
  ["src/testcases/CWE209_Information_Leak_Error", "CWE-209"],
  ["src/testcases/CWE533_Info_Exposure_Server_Log", "CWE-532"],
  ["src/testcases/CWE534_Info_Exposure_Debug_Log", "CWE-532"],
  ["src/testcases/CWE535_Info_Exposure_Shell_Error", "CWE-532"],
];
const C_SHARP_ROOT = "Juliet_Test_Suite_v1.3_for_C#/src/testcases";
const C_SHARP = [
  [`${C_SHARP_ROOT}/CWE117_Improper_Output_Neutralization_for_Logs`, "CWE-117"],
  [`${C_SHARP_ROOT}/CWE209_Information_Leak_Error`, "CWE-209"],
  [`${C_SHARP_ROOT}/CWE532_Inclusion_of_Sensitive_Info_in_Log`, "CWE-532"],
  [`${C_SHARP_ROOT}/CWE535_Info_Exposure_Shell_Error`, "CWE-532"],
];

export const juliet = {
  id: "juliet",
  title: "Juliet for Java",
  repo: "find-sec-bugs/juliet-test-suite",
  commit: "b2c6df3733e2176fe7097e4784895c6891632b4c",
  licence: "public domain",
  paths: JAVA.map(([base]) => base),
  cases: (root) => casesOf(root, "Java", JAVA),
};

export const julietCSharp = {
  id: "juliet-csharp",
  title: "Juliet for C#",
  repo: "schmelczer/sss-2",
  commit: "d11c95cf8b7d78134ca259208e8b7c6138f3dc73",
  licence: "public domain",
  paths: C_SHARP.map(([base]) => base),
  cases: (root) => casesOf(root, "C#", C_SHARP),
};
