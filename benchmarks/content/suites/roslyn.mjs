/**
 * The tests of .NET's own analysers. Each holds a program as a string and the places of its findings, the sink's line first
 * (`GetCSharpResultAt(LINE, …)`); a test without any says that the program is right. Those in Visual Basic are left out.
 * https://learn.microsoft.com/dotnet/fundamentals/code-analysis/quality-rules/ca3004
 */
import { readText } from "./files.mjs";

const FOLDER = "src/NetAnalyzers/UnitTests/Microsoft.NetCore.Analyzers/Security";
const TESTS = [[`${FOLDER}/ReviewCodeForInformationDisclosureVulnerabilitiesTests.cs`, "CWE-209"]];

export const roslyn = {
  id: "roslyn",
  title: ".NET's analysers",
  tool: ".NET's analysers",
  repo: "dotnet/roslyn-analyzers",
  commit: "d45048f958379c63acfc716136a5e2466f21c5d4",
  licence: "MIT",
  paths: TESTS.map(([path]) => path),
  cases: (root) =>
    TESTS.flatMap(([source, cwe]) =>
      programsOf(readText(root, source)).map(({ name, text, lines }) => {
        const path = `${source}/${name}/Program.cs`;
        const expected = lines.map((line) => ({ file: path, line, endLine: line, wanted: true, own: true }));
        return { base: `${source}/${name}`, cwe, language: "C#", files: [{ path, text }], expected };
      }),
    ),
};

/** The C# programs of a file of tests, by the test's name, with the lines where findings are expected. */
export function programsOf(source) {
  return source
    .split(/\[(?:Fact|Theory)\b/)
    .slice(1)
    .flatMap((body) => {
      const name = /\basync Task (\w+)\(/.exec(body)?.[1];
      const text = /@"((?:[^"]|"")*)"/.exec(body)?.[1]?.replaceAll('""', '"');
      if (name === undefined || text === undefined || /^\s*Imports /m.test(text)) return [];
      return [{ name, text, lines: [...new Set([...body.matchAll(/GetCSharpResultAt\((\d+),/g)].map(([, line]) => Number(line)))] }];
    });
}
