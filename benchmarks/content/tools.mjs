/** Tools to run on a folder. Each gives its findings as claims: `{ rule, file, line, endLine, flow: [{ file, line }] }`. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(fileURLToPath(new URL("../..", import.meta.url)));
const TELLTALE = resolve(ROOT, "packages/cli/bin/telltale.js");
const OPTIONS = { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] };

/** Which rules of Telltale answer for a weakness. */
export const RULES = {
  "CWE-532": ["sensitive-data-in-log", "unprotected-logger"],
  "CWE-117": ["log-injection"],
  "CWE-209": ["stack-trace-leak"],
};

export function telltale(root, cwe) {
  const report = JSON.parse(output(process.execPath, [TELLTALE, "scan", root, "--format", "json", "--no-cache", "--quiet"]));
  return report.findings
    .filter(({ rule }) => RULES[cwe].includes(rule))
    .map(({ rule, place, flow, message }) => ({ rule, message, ...place, flow }));
}

/** The rules that Semgrep's registry and njsscan publish for a weakness: files below their suites' folders. */
const SEMGREP_RULES = {
  "CWE-532": ["semgrep/python/lang/security/audit/logging/logger-credential-leak.yaml"],
  "CWE-117": [
    "semgrep/java/lang/security/audit/crlf-injection-logs.yaml",
    "semgrep/java/jboss/security/seam-log-injection.yaml",
    "semgrep/csharp/lang/best-practice/structured-logging.yaml",
  ],
  "CWE-209": [
    "semgrep/csharp/lang/security/stacktrace-disclosure.yaml",
    "njsscan/njsscan/rules/semantic_grep/generic/error_disclosure.yaml",
  ],
};

/** In which languages those rules are. */
const SEMGREP_LANGUAGES = { "CWE-532": ["Python"], "CWE-117": ["Java", "C#"], "CWE-209": ["C#", "JavaScript", "TypeScript"] };

/**
 * Peers are run on suites that they did not write, where they have a rule. `run` takes the folder that Telltale scans, the
 * weakness, the cases, and the suite's own folder.
 *
 * Semgrep with those rules; `command` is the program, `suites` the folder that fetch.mjs made.
 */
export const semgrepPeer = (command, suites) => ({
  id: "semgrep",
  suites: ["semgrep", "njsscan"],
  knows: (cwe, language) => SEMGREP_LANGUAGES[cwe].includes(language),
  run: ({ root, cwe }) => {
    const configs = SEMGREP_RULES[cwe].flatMap((file) => ["--config", resolve(suites, file)]);
    const flags = ["--json", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--max-target-bytes=0"];
    const report = JSON.parse(output(command, ["scan", ...configs, ...flags, root]));
    return report.results.map(({ check_id: rule, path, start, end }) => ({
      rule,
      message: rule,
      file: relative(root, path),
      line: start.line,
      endLine: end.line,
      flow: [],
    }));
  },
});

/** gosec with its rule for log injection. It compiles what it reads, so it is run where a suite brings the libraries or needs none. */
export const gosecPeer = (command) => ({
  id: "gosec",
  suites: ["gosec"],
  knows: (cwe, language, cases, folder) =>
    cwe === "CWE-117" && language === "Go" && cases.some(({ base }) => existsSync(join(folder, base, "vendor/modules.txt"))),
  run: ({ cases, folder }) =>
    cases.flatMap(({ base }) => {
      const root = join(folder, base);
      const env = { ...process.env, GOFLAGS: "-mod=vendor", GOPROXY: "off" };
      const report = JSON.parse(output(command, ["-include=G706", "-fmt=json", "-quiet", "./..."], { cwd: root, env }) || '{"Issues":[]}');
      return report.Issues.map(({ rule_id: rule, details, file, line }) => {
        const [first, last = first] = line.split("-").map(Number);
        return { rule, message: details, file: `${base}/${relative(root, file)}`, line: first, endLine: last, flow: [] };
      });
    }),
});

/** Exit status 1 says that there are findings. */
function output(command, args, more = {}) {
  try {
    return execFileSync(command, args, { ...OPTIONS, ...more });
  } catch (error) {
    if (error.stdout !== undefined && error.stdout !== "") return error.stdout;
    throw error;
  }
}
