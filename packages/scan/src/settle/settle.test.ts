import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/parse.ts";
import type { SourceComment } from "../contract.ts";
import {
  badPassword,
  bareLogger,
  empty,
  leak,
  login,
  outcome,
  sample,
  silentLogin,
  silentToken,
  tokens,
} from "../report/fixtures/result.ts";
import type { Result } from "../report/result.ts";
import { renderBaseline } from "./baseline.ts";
import { parseBaseline } from "./parse-baseline.ts";
import type { Changed } from "./changed.ts";
import { settle } from "./settle.ts";
import type { SettleOptions } from "./settle.ts";

const raw: Result = { ...sample, findings: [silentLogin, silentToken], suppressed: [], suppressionProblems: [] };

function settled(options: Partial<SettleOptions>, from: Result = raw): Result {
  return settle(from, { config: defaultConfig, comments: new Map(), ...options }).result;
}

function comments(file: string, ...list: readonly SourceComment[]): SettleOptions["comments"] {
  return new Map([[file, list]]);
}

const rulesOf = (result: Result): readonly string[] => result.findings.map(({ rule }) => rule);
const above = (text: string): SettleOptions["comments"] => comments(login.file, { line: 2, text, nextCodeLine: 3 });

describe("suppression comments", () => {
  it.each([
    "// telltale-ignore missing-failure-log: audited by the proxy",
    "telltale-ignore missing-failure-log: audited by the proxy",
    "/* telltale-ignore missing-failure-log: audited by the proxy */",
    "# telltale-ignore missing-success-log, missing-failure-log: audited by the proxy",
    "// telltale-ignore-file missing-failure-log: audited by the proxy",
  ])("accepts the finding of the handler below: %s", (text) => {
    const result = settled({ comments: above(text) });
    expect(rulesOf(result)).toEqual(["missing-security-log"]);
    expect(result.suppressed).toEqual([{ finding: silentLogin, by: "comment", reason: "audited by the proxy" }]);
  });

  it.each([
    ["on the line of the handler", 3, 4],
    ["above the silent end", 5, 6],
    ["on the line of the silent end", 6, 7],
  ])("accepts %s", (_where, line, nextCodeLine) => {
    const text = "// telltale-ignore missing-failure-log: reason";
    const result = settled({ comments: comments(login.file, { line, text, nextCodeLine }) });
    expect(result.suppressed).toHaveLength(1);
    expect(result.suppressionProblems).toEqual([]);
  });

  it("covers only its own line behind code", () => {
    const text = "// telltale-ignore missing-failure-log: reason";
    const on = (line: number): Result =>
      settled({ comments: comments(login.file, { line, text, nextCodeLine: line + 1, trailing: true }) });
    expect(on(6).suppressed).toHaveLength(1);
    expect(on(5).suppressed).toEqual([]);
    expect(on(2).suppressionProblems.map(({ line }) => line)).toEqual([2]);
  });

  it("keeps what else is silent where it stands at one end of several", () => {
    const text = "// telltale-ignore missing-security-log: refusals are audited";
    const result = settled({ comments: comments("src/services/tokens.ts", { line: 8, text, nextCodeLine: 9 }) });
    const rest = result.findings.find(({ rule }) => rule === "missing-security-log");
    expect(rest?.silent.map(({ kind }) => kind)).toEqual(["success"]);
    expect(rest?.write.map(({ kind }) => kind)).toEqual(["success"]);
    expect(result.suppressionProblems).toEqual([]);
  });

  it.each([
    ["above the line that is wrong", { line: 7, nextCodeLine: 8 }, true],
    ["behind it", { line: 8, nextCodeLine: 9, trailing: true }, true],
    ["above the handler around it", { line: 2, nextCodeLine: 3 }, true],
    ["above another line of the handler", { line: 4, nextCodeLine: 5 }, false],
  ])("of a rule about what is written, %s", (_where, at, isAccepted) => {
    const inLogin = {
      ...leak,
      place: { ...leak.place, file: login.file, line: 8, endLine: 8 },
      handler: login.handler,
      route: login.route,
    };
    const from: Result = { ...raw, findings: [inLogin] };
    const settledBy = (text: string): Result => settled({ comments: comments(login.file, { text, ...at }) }, from);
    const named = settledBy("// telltale-ignore sensitive-data-in-log: a test account");
    expect(named.suppressed.map(({ finding }) => finding)).toEqual(isAccepted ? [inLogin] : []);
    expect(named.suppressionProblems).toHaveLength(isAccepted ? 0 : 1);
    const other = settledBy("// telltale-ignore missing-failure-log, log-injection: the proxy records it");
    expect(other.findings).toEqual([inLogin]);
    expect(other.suppressionProblems).toHaveLength(2);
  });

  it("accepts what stands at the top level of a file", () => {
    const text = "// telltale-ignore unprotected-logger: writes to the console of a tool";
    const list = comments(bareLogger.place.file, { line: 2, text, nextCodeLine: 3 });
    expect(settled({ comments: list }, { ...raw, findings: [bareLogger] }).findings).toEqual([]);
  });

  it.each([
    ["// telltale-ignore missing-failure-log", "a reason is missing; write telltale-ignore missing-failure-log: reason"],
    ["// telltale-ignore missing-failure-log:  ", "a reason is missing; write telltale-ignore missing-failure-log: reason"],
    ["// telltale-ignore mising-failure-log: reason", 'unknown rule "mising-failure-log"; did you mean "missing-failure-log"?'],
    ["// telltale-ignore: reason", "no rule is named; write telltale-ignore RULE: reason"],
    ["// telltale-ignore missing-success-log: reason", "nothing to ignore: missing-success-log finds nothing here; remove the comment"],
  ])("does not accept with a faulty comment: %s", (text, message) => {
    const result = settled({ comments: above(text) });
    expect(result.findings).toEqual(raw.findings);
    expect(result.suppressionProblems).toEqual([{ file: login.file, line: 2, message }]);
  });

  it.each(["// see telltale-ignore missing-failure-log: docs", "// telltale-ignored missing-failure-log: x", "// fine"])(
    "leaves other comments alone: %s",
    (text) => {
      const result = settled({ comments: above(text) });
      expect(result.findings).toEqual(raw.findings);
      expect(result.suppressionProblems).toEqual([]);
    },
  );

  it("covers neither another file nor a line further down", () => {
    const text = "// telltale-ignore missing-failure-log: reason";
    const elsewhere = settled({ comments: comments("src/other.ts", { line: 2, text, nextCodeLine: 3 }) });
    const early = settled({ comments: comments(login.file, { line: 1, text, nextCodeLine: 2 }) });
    expect(elsewhere.suppressed).toEqual([]);
    expect(early.suppressed).toEqual([]);
  });

  it("reports nothing as unused where only part was judged, but faults still", () => {
    const list = [
      { line: 2, text: "// telltale-ignore missing-success-log: reason", nextCodeLine: 3 },
      { line: 4, text: "// telltale-ignore missing-success-log", nextCodeLine: 5 },
    ];
    const result = settled({ comments: comments(login.file, ...list), partial: true });
    expect(result.suppressionProblems.map(({ line }) => line)).toEqual([4]);
  });
});

describe("rule settings and severity", () => {
  it("switches rules off and sets severities", () => {
    const rules = { "missing-failure-log": "off", "missing-security-log": "critical" } as const;
    const result = settled({ config: { ...defaultConfig, rules } });
    expect(result.findings).toEqual([{ ...silentToken, severity: "critical" }]);
    expect(result.suppressed).toEqual([]);
  });

  it("keeps findings at or above the severity asked for, as set in the config", () => {
    expect(rulesOf(settled({ severity: "medium" }))).toHaveLength(2);
    expect(rulesOf(settled({ severity: "high" }))).toEqual(["missing-failure-log"]);
    expect(rulesOf(settled({ severity: "critical" }))).toEqual([]);
  });

  it("does not call a comment unused because its finding is below the severity asked for", () => {
    const result = settled({ comments: above("// telltale-ignore missing-failure-log: reason"), severity: "critical" });
    expect(result.suppressionProblems).toEqual([]);
  });
});

describe("baseline", () => {
  it("accepts what it was written from, whatever the order", () => {
    const text = renderBaseline(raw.findings);
    expect(renderBaseline([...raw.findings].reverse())).toBe(text);
    const result = settled({ baseline: parseBaseline(text, "b.json") });
    expect(result.findings).toEqual([]);
    expect(result.suppressed.map(({ by }) => by)).toEqual(["baseline", "baseline"]);
  });

  it("accepts as many findings of one fingerprint as it has entries", () => {
    const twice = { ...raw, findings: [silentLogin, silentLogin] };
    const result = settled({ baseline: parseBaseline(renderBaseline([silentLogin]), "b.json") }, twice);
    expect(result.findings).toHaveLength(1);
  });

  it("accepts what is wrong where no handler stands", () => {
    const both = { ...raw, findings: [leak, bareLogger] };
    const baseline = parseBaseline(renderBaseline(both.findings), "b.json");
    expect(settled({ baseline }, both).findings).toEqual([]);
    expect(settled({ baseline }, { ...both, findings: [{ ...leak, fingerprint: "1".repeat(16) }] }).findings).toHaveLength(1);
  });

  it("tells which entries are no longer needed", () => {
    const baseline = parseBaseline(renderBaseline(raw.findings), "b.json");
    const { stale } = settle({ ...raw, findings: [silentLogin] }, { config: defaultConfig, comments: new Map(), baseline });
    expect(stale.map(({ rule }) => rule)).toEqual(["missing-security-log"]);
  });

  it.each(["", "[]", '{"version":2,"findings":[]}', '{"version":1,"findings":[{"fingerprint":"x"}]}'])(
    "refuses %j as a baseline, by name",
    (text) => {
      expect(() => parseBaseline(text, "b.json")).toThrow(/^b\.json: not a baseline of this version: /);
    },
  );
});

describe("change", () => {
  const changed = (file: string, ...ranges: readonly (readonly [number, number])[]): Changed => new Map([[file, ranges]]);
  const handlersOf = (change: Changed): readonly string[] => settled({ changed: change }).handlers.map(({ handler }) => handler);

  it("keeps the handlers whose own lines changed", () => {
    expect(handlersOf(changed(login.file, [10, 12]))).toEqual(["login"]);
    expect(handlersOf(changed(login.file, [1, 2], [11, 20]))).toEqual([]);
    expect(handlersOf(new Map([[login.file, "all"]]))).toEqual(["login"]);
  });

  it("keeps the handlers that lead through a changed line of another file", () => {
    expect(handlersOf(changed("src/services/tokens.ts", [9, 9]))).toEqual([tokens.handler]);
    expect(handlersOf(changed("src/services/tokens.ts", [6, 6]))).toEqual([]);
  });

  it("keeps a handler from whose callee a record was deleted", () => {
    const far = {
      ...outcome("failure", "src/services/tokens.ts", 40, "403"),
      path: [{ ...badPassword.path[0]!, file: "src/services/tokens.ts", line: 30, endLine: 30 }],
    };
    const result = settled(
      { changed: changed("src/services/tokens.ts", [35, 36]) },
      { ...raw, handlers: [{ ...tokens, outcomes: [far] }] },
    );
    expect(result.handlers).toHaveLength(1);
  });

  it("keeps the findings and numbers of those handlers only", () => {
    const result = settled({ changed: changed(login.file, [4, 4]) });
    expect(rulesOf(result)).toEqual(["missing-failure-log"]);
    expect(result.summary).toMatchObject({ handlers: 1, sensitive: 1, partial: 1, missing: 0, outcomes: 2, recorded: 1, files: 12 });
    expect(result.notAnalysed).toEqual([]);
  });

  it("keeps nothing where nothing changed", () => {
    expect(settled({ changed: new Map() }).summary).toEqual({ ...empty.summary, files: 12, parsed: 5 });
  });

  it.each([
    ["its own line", leak.place.file, [5, 5], true],
    ["a step on the way of the value", leak.flow[0]!.file, [4, 4], true],
    ["neither", leak.place.file, [6, 7], false],
  ] as const)("keeps what is wrong elsewhere where it touches %s", (_what, file, range, isKept) => {
    const result = settled({ changed: changed(file, range) }, { ...raw, findings: [leak] });
    expect(result.findings).toEqual(isKept ? [leak] : []);
  });
});
