import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { manifestsFor } from "../benchmarks/content/manifests.mjs";
import { neutral } from "../benchmarks/content/roots.mjs";
import { figures, score, sum } from "../benchmarks/content/score.mjs";
import { expectedIn as ofBearer } from "../benchmarks/content/suites/bearer.mjs";
import { expectedIn as ofCodeql } from "../benchmarks/content/suites/codeql.mjs";
import { claimsOf } from "../benchmarks/content/suites/find-sec-bugs.mjs";
import { programsOf } from "../benchmarks/content/suites/gosec.mjs";
import { expectedIn as ofJuliet } from "../benchmarks/content/suites/juliet.mjs";
import { expectedIn as ofSemgrep } from "../benchmarks/content/suites/semgrep.mjs";
import { programsOf as ofRoslyn } from "../benchmarks/content/suites/roslyn.mjs";
import { rowsOf } from "../benchmarks/content/suites/skims.mjs";
import { filled } from "../benchmarks/content/tables.mjs";

interface Expected {
  readonly line: number;
  readonly wanted: boolean;
  readonly own?: boolean;
}
const brief = (expected: readonly Expected[]) => expected.map(({ line, wanted, own }) => ({ line, wanted, own }));

describe("what suites expect", () => {
  it("reads CodeQL's comments: found, missing, spurious, and those of another query", () => {
    const text = [
      "log.info(password); // $ Alert",
      "log.info(user); // safe",
      "log.info(key); // $ MISSING: Alert",
      "log.info(hash); // $ SPURIOUS: Alert[js/logging]",
      "cookie.set(password); // $ Alert[js/storage]",
      'password = read() # $ Source="p"',
      "log.info(`${a}`, $b)",
      'fmt.Println(name) // $ hasTaintFlow="name"',
      "log.info(key) // $ MISSING: $ Alert // later",
      "// Deprecated: log.info(key); // $ Alert",
    ].join("\n");

    expect(brief(ofCodeql("a.js", text, "js/logging"))).toEqual([
      { line: 1, wanted: true, own: true },
      { line: 3, wanted: true, own: false },
      { line: 4, wanted: false, own: true },
      { line: 8, wanted: true, own: true },
      { line: 9, wanted: true, own: false },
    ]);
  });

  it("reads Semgrep's comments for the asked rules, on the line below all of them", () => {
    const text = [
      "# ruleid: leak",
      "# ruleid: other",
      "log(a)",
      "# ok: leak",
      "log(b)",
      "# todoruleid: leak",
      "log(c)",
      "// todook: leak",
      "log(d)",
    ];

    expect(brief(ofSemgrep("a.py", text.join("\n"), ["leak"]))).toEqual([
      { line: 3, wanted: true, own: true },
      { line: 7, wanted: true, own: false },
      { line: 9, wanted: false, own: true },
    ]);
    expect(brief(ofSemgrep("a.py", text.join("\n"), ["unknown"]))).toEqual([]);
  });

  it("reads Bearer's comments for one rule, and not the word in a sentence", () => {
    const text = [
      "// Use bearer:expected js_log to flag",
      "",
      "// bearer:expected js_log",
      "log(user)",
      "// bearer:expected js_other",
      "log(card)",
    ];

    expect(brief(ofBearer("a.js", text.join("\n"), "js_log"))).toEqual([{ line: 4, wanted: true, own: true }]);
  });

  it("reads the flaws of Juliet: beside the code or above it, sinks only, and none in good code", () => {
    const java = [
      "void bad() {",
      "  e.printStackTrace(); /* FLAW: printed */",
      "  /* FLAW: logged",
      "     with the session */",
      "",
      "  log(id);",
      "}",
    ];
    const cs = [
      "#if (!OMITBAD)",
      "/* POTENTIAL FLAW: Read data from a cookie */",
      "data = cookie;",
      "/* POTENTIAL FLAW: Logging output is not neutralized */",
      "logger.Log(data);",
      "#endif //omitbad",
      "#if (!OMITGOOD)",
      "/* POTENTIAL FLAW: Logging output is not neutralized */",
      'logger.Log("foo");',
      "#endif",
    ];

    expect(ofJuliet("A.java", java.join("\n")).map(({ line }: Expected) => line)).toEqual([2, 6]);
    expect(ofJuliet("A.cs", cs.join("\n")).map(({ line }: Expected) => line)).toEqual([5]);
  });

  it("reads what the tests of Find Security Bugs' detectors claim", () => {
    const test = `
      @Test void lines() { getClassFilePath("code/Logging"); for (int line = 20; line < 23; line++) verify(); }
      @Test void inclusive() { getClassFilePath("code/Slf4j"); for (int line = 4; line <= 5; line++) verify(); }
      @Test void methods() { getClassFilePath("code/Errors"); for (String method : Arrays.asList("first"
        ,"second")) verify(); }`;

    expect(claimsOf(test)).toEqual([
      { sample: "code/Logging", lines: [20, 21, 22], methods: [] },
      { sample: "code/Slf4j", lines: [4, 5], methods: [] },
      { sample: "code/Errors", lines: [], methods: ["first", "second"] },
    ]);
  });

  it("takes gosec's samples apart", () => {
    const source =
      "package testutils\n\nvar Samples = []CodeSample{\n\t{[]string{`\npackage main\n\nfunc main() {}\n`}, 1, gosec.NewConfig()},\n}\n";

    expect(programsOf(source)).toEqual([{ text: "package main\n\nfunc main() {}\n", line: 4, findings: 1 }]);
  });

  it("takes the tests of .NET's analysers apart, and leaves Visual Basic out", () => {
    const source = `
      [Fact] public async Task Bad() { await Verify(@"
class A {
  void F() { Write(""x"" + e); }
}", GetCSharpResultAt(3, 14, 2, 1, "Write")); }
      [Fact] public async Task Good() { await Verify(@"class B {}"); }
      [Fact] public async Task Basic() { await Verify(@"
Imports System", GetBasicResultAt(2, 1)); }`;

    expect(ofRoslyn(source)).toEqual([
      { name: "Bad", text: '\nclass A {\n  void F() { Write("x" + e); }\n}', lines: [3] },
      { name: "Good", text: "class B {}", lines: [] },
    ]);
  });

  it("reads file and line of each row of Fluid Attacks' reports", () => {
    const report = `091. Log injection,CWE-117,"The system logs input, unescaped, in namespace/skims/test/data/f091/a.cs",CVSS,url,skims,SAST,14,"\n> 14 | log(id);\n",c_sharp.log\n`;

    expect(rowsOf(report)).toEqual([{ file: "skims/test/data/f091/a.cs", line: 14 }]);
  });
});

describe("the score", () => {
  const at = (line: number, rest = {}) => ({ file: "a.js", line, endLine: line, wanted: true, own: true, ...rest });
  const claim = (line: number, rest = {}) => ({ rule: "leak", file: "a.js", line, endLine: line, flow: [], ...rest });

  it("counts lines: found, missed, and alleged once however often", () => {
    const { counts } = score(
      [at(1), at(5), at(9, { own: false }), at(12, { wanted: false })],
      [claim(1), claim(4, { endLine: 6 }), claim(20), claim(20), claim(12)],
    );

    expect(counts).toMatchObject({ expected: 3, right: 2, missed: 1, false: 2, ownRight: 2, ownMissed: 1, ownFalse: 1 });
    expect(figures(counts)).toMatchObject({ precision: 0.5, recall: 2 / 3, ownPrecision: 2 / 3, ownRecall: 2 / 3 });
  });

  it("lets a step of the flow stand for a line where a value comes from, and only there", () => {
    const found = claim(8, { flow: [{ file: "a.js", line: 2, endLine: 2 }] });

    expect(score([at(2, { at: "source" })], [found]).counts).toMatchObject({ right: 1, false: 0 });
    expect(score([at(2)], [found]).counts).toMatchObject({ right: 0, false: 1 });
  });

  it("leaves matters of definition out of the second pair of figures only", () => {
    const reason = (kind: string, { line }: { line: number }) => (line === 2 || line === 3 ? `${kind} by definition` : undefined);
    const { counts, differences } = score([at(1), at(2)], [claim(1), claim(3)], reason);

    expect(figures(counts)).toMatchObject({ precision: 0.5, recall: 0.5, withinPrecision: 1, withinRecall: 1 });
    expect(differences.map(({ kind, line, reason: why }: { kind: string; line: number; reason?: string }) => [kind, line, why])).toEqual([
      ["missed", 2, "missed by definition"],
      ["false", 3, "false by definition"],
    ]);
  });

  it("has no figures of its own tool for a suite that no tool comes with", () => {
    const { counts } = score([at(1, { own: undefined })], []);

    expect(figures(sum([counts]))).toMatchObject({ precision: null, recall: 0, ownPrecision: null, ownRecall: null });
  });
});

describe("a folder to scan", () => {
  it("has names that are not those of tests", () => {
    expect(
      ["Test.java", "LogInjectionTest.java", "test.py", "testdata/main.go", "app/controllers/latest_controller.rb", "test_logging.rs"].map(
        neutral,
      ),
    ).toEqual([
      "Sample.java",
      "LogInjectionSample.java",
      "sample.py",
      "sample/main.go",
      "app/controllers/latest_controller.rb",
      "sample_logging.rs",
    ]);
  });

  it("has a manifest that names what the files import, and no more", () => {
    const manifest = (path: string, text: string) =>
      manifestsFor([{ path, text }])
        .map((one: { path: string; text: string }) => one.text)
        .join();

    expect(
      JSON.parse(manifest("a.js", 'const p = require("pino")();\nimport x from "@hapi/hapi/lib/x";\nimport "./own.js";')).dependencies,
    ).toEqual({
      "@hapi/hapi": "*",
      pino: "*",
    });
    expect(manifest("a.go", 'import (\n\t"net/http"\n\tlog "github.com/rs/zerolog"\n)')).toContain(
      "require (\n\tgithub.com/rs/zerolog v1.0.0\n)",
    );
    expect(manifest("a.rs", "use std::env;\nuse log::info;\nmod own {}\nuse own::x;\nfn f() { reqwest::blocking::get(1); }")).toContain(
      '[dependencies]\nlog = "1"\nreqwest = "1"\n',
    );
    expect(manifest("a.rb", 'require "logger"\nclass A < ApplicationController\nend')).toBe('gem "logger"\ngem "rails"');
    expect(manifest("A.java", "import org.slf4j.Logger;")).toBe("");
  });
});

it("replaces what stands between the marks of a page and nothing else", () => {
  const page = "Before\n<!-- content-suites -->\nold\n<!-- /content-suites -->\nafter";

  expect(filled(page, { "content-suites": "| $1 |", other: "x" })).toBe(
    "Before\n<!-- content-suites -->\n\n| $1 |\n\n<!-- /content-suites -->\nafter",
  );
});

it("scores a suite from its files to the figures, and says which suites are not there", () => {
  const dir = mkdtempSync(join(tmpdir(), "content-test-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  put("bearer/rules/javascript/lang/logger.yml", 'metadata:\n  cwe_id:\n    - 532\n  id: "js_log"\n');
  put(
    "bearer/tests/javascript/lang/logger/testdata/test.js",
    'function signIn(user) {\n  // bearer:expected js_log\n  console.log("user", user.password);\n  // bearer:expected js_log\n  console.log(user.email);\n  console.log(user.id);\n}\n',
  );

  const run = spawnSync(
    process.execPath,
    ["benchmarks/content/run.mjs", "--suites", dir, "--suite", "bearer", "--suite", "gosec", "--misses"],
    {
      encoding: "utf8",
    },
  );
  rmSync(dir, { recursive: true });

  expect(run.stderr).toContain("gosec is not in");
  expect(run.status).toBe(1);
  const cells =
    run.stdout
      .split("\n")
      .find((line) => line.startsWith("| Bearer's rules"))
      ?.split("|") ?? [];
  expect(cells.map((cell) => cell.trim()).slice(2, 14)).toEqual([
    "CWE-532",
    "JavaScript",
    "2",
    "1",
    "0",
    "100 %",
    "50 %",
    "100 %",
    "100 %",
    "1",
    "100 %",
    "100 %",
  ]);
  expect(run.stdout).toMatch(
    /missed bearer\/tests\/javascript\/lang\/logger\/testdata\/test\.js:5: console\.log\(user\.email\);  \(by definition: /,
  );
});
