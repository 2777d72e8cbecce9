import { mkdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { workplace } from "./harness/command.ts";
import { failures } from "./harness/lines.ts";

const { path, run } = workplace();

const rule = `title: Any Failed Login
id: 3f0a7f6e-5c0b-4b1e-9f39-0d8b2a1c5d11
name: any_failure
logsource: { category: application, product: telltale }
detection:
  failed: { event: authn_login_fail }
  condition: failed
level: low
`;

const samples = `- name: one is enough
  kind: positive
  alerts: 1
  events:
    - { at: 0s, event: authn_login_fail, actor: { id: ada } }
- name: a login that works is none
  kind: negative
  alerts: 0
  events:
    - { at: 0s, event: authn_login_success, actor: { id: ada } }
`;

beforeEach(() => {
  mkdirSync(path("rules"));
  writeFileSync(path("rules/any.yaml"), rule);
  writeFileSync(path("rules/any.samples.yaml"), samples);
});

describe("telltale rules test", () => {
  it("runs the samples beside rules that parse", async () => {
    expect(await run(["rules", "test", "rules"])).toEqual({
      status: 0,
      out: "1 rule, 0 problems; 2 samples: 2 as expected, 0 not\n",
      err: "",
    });
  });

  it("names the sample that does not hold, with its place, and exits with 1", async () => {
    writeFileSync(path("rules/any.samples.yaml"), samples.replace("alerts: 1", "alerts: 2"));
    const { status, out } = await run(["rules", "test", "rules"]);
    expect(out).toContain("failed   rules/any.samples.yaml:1: one is enough: 2 alerts expected, 1 raised\n");
    expect(status).toBe(1);
  });

  it("names what does not parse once, and says what that leaves undone", async () => {
    writeFileSync(path("rules/any.yaml"), rule.replace("condition: failed", "condition: faild"));
    writeFileSync(path("rules/bad.yaml"), "title: [\n");
    writeFileSync(path("rules/plain.yaml"), rule.replace(/^(id|name): .*\n/gm, ""));
    const { status, out } = await run(["rules", "test", "rules"]);
    expect(out).toMatch(/^problem {2}rules\/any\.yaml:7:\d+: .*faild/m);
    expect(out.match(/^problem {2}rules\/bad\.yaml:2:1: not valid YAML/gm)).toHaveLength(1);
    expect(out).toContain("untested Any Failed Login: no samples beside its file\n");
    expect(out).toMatch(/1 rule, 2 problems; no samples; 2 not run, because their rules do not parse\n$/);
    expect(status).toBe(1);
  });

  it("gives programs the whole report, of the rule pack by default", async () => {
    const { status, out } = await run(["rules", "test", "--format", "json"]);
    const report = JSON.parse(out) as {
      readonly problems: object[];
      readonly unrun: number;
      readonly samples: { readonly passed: boolean }[];
    };
    expect(report.problems).toEqual([]);
    expect(report.unrun).toBe(0);
    expect(report.samples.length).toBeGreaterThan(100);
    expect(report.samples.filter(({ passed }) => !passed)).toEqual([]);
    expect(status).toBe(0);
  });
});

describe("rules of one's own", () => {
  it("replace the pack, or join it", async () => {
    writeFileSync(path("security.log"), failures());
    const titles = async (...args: string[]) => {
      const { out } = await run(["detect", "security.log", "--to", "json", ...args]);
      return out.match(/"title":"[^"]+"/g);
    };
    expect(await titles("--rules", "rules")).toEqual(['"title":"Any Failed Login"']);
    expect((await titles("--rules", "rules", "--rules", "pack"))?.toSorted()).toEqual([
      '"title":"Any Failed Login"',
      '"title":"Password Guessing Against One Account"',
    ]);
  });
});

describe("telltale rules and explain", () => {
  it("list the rules of detection, and say of each what to do", async () => {
    expect((await run(["rules"])).out).toMatch(
      /^telltale detect\n[^]*^ {2}credential_stuffing +high +T1110 T1110\.004 +Credential Stuffing/m,
    );
    const { status, out } = await run(["explain", "credential-stuffing"]);
    expect(out).toMatch(/^Credential Stuffing[^]*\nWhat it sees\n[^]*\nWhat else it may be\n[^]*\nWhat to do\n {2}1\. /);
    expect(status).toBe(0);
  });
});
