import { describe, expect, it } from "vitest";
import type { Fields } from "../event.ts";
import { loadRules } from "../sigma/index.ts";
import { compileMatch } from "./index.ts";

/** The test of a rule whose `detection:` is this text. */
function detection(text: string, placeholders: { [name: string]: readonly string[] } = {}) {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => `  ${line}`);
  const rule = ["title: t", "logsource: { category: application }", "detection:", ...lines, ""].join("\n");
  const { set, problems } = loadRules([{ file: "t.yml", text: rule }], { placeholders });
  expect(problems.map(({ message }) => message)).toEqual([]);
  const [only] = set.rules;
  if (only?.kind !== "detection") throw new Error("no detection");
  return compileMatch(only.match);
}

function item(line: string, placeholders?: { [name: string]: readonly string[] }) {
  return detection(`sel:\n  ${line}\ncondition: sel`, placeholders);
}

/** Line of a search, events that match, events that do not. */
type Case = readonly [line: string, matching: readonly Fields[], others: readonly Fields[]];

const values: readonly Case[] = [
  [
    "user: ann",
    [{ user: "ann" }, { user: "ANN" }, { user: ["bob", "Ann"] }, { user: [["ann"]] }],
    [{ user: "anna" }, { user: "an" }, {}, { user: null }, { user: { ann: "ann" } }],
  ],
  ["user: [ann, bob]", [{ user: "BOB" }, { user: "ann" }], [{ user: "cem" }, { user: [] }]],
  ["port: 22", [{ port: 22 }, { port: "22" }, { port: [21, 22] }], [{ port: 220 }, { port: "022" }, {}]],
  ["port: '22'", [{ port: 22 }, { port: "22" }], [{ port: 2 }]],
  ["id: 12345678901234567890", [{ id: "12345678901234567890" }], [{ id: "12345678901234567000" }, { id: "12345678901234567891" }]],
  ["ok: true", [{ ok: true }, { ok: "true" }, { ok: "True" }], [{ ok: false }, { ok: 1 }]],
  ["user: null", [{}, { user: null }, { user: [null] }], [{ user: "" }, { user: 0 }, { user: "null" }, { user: [] }]],
  ["user: ''", [{ user: "" }], [{}, { user: null }, { user: " " }]],
  ["user: ['', null]", [{ user: "" }, {}], [{ user: "a" }]],
  ["'a.b.c': x", [{ a: { b: { c: "x" } } }, { "a.b.c": "x" }], [{ a: { b: "x" } }, { a: "x" }]],
  ["user: Straße", [{ user: "STRAßE" }, { user: "straße" }], [{ user: "strasse" }]],
  ["user: İstanbul", [{ user: "i\u0307stanbul" }, { user: "İSTANBUL" }], [{ user: "istanbul" }]],
  ["user: ÉVE", [{ user: "éve" }, { user: "Éve" }], [{ user: "eve" }]],
  ["__proto__: x", [{ ["__proto__"]: "x" }], [{}]],
  ["constructor|exists: false", [{}], [JSON.parse('{"constructor":1}') as Fields]],
];

const wildcards: readonly Case[] = [
  ["path: '/a*'", [{ path: "/a" }, { path: "/Abc" }], [{ path: "x/a" }]],
  ["path: '*b'", [{ path: "b" }, { path: "aB" }], [{ path: "ba" }]],
  ["path: '*b*'", [{ path: "abc" }, { path: "b" }], [{ path: "ac" }]],
  ["path: 'a*b*c'", [{ path: "abc" }, { path: "a-b-b-c" }], [{ path: "acb" }, { path: "abcd" }, { path: "ac" }]],
  ["path: 'a?c'", [{ path: "abc" }, { path: "a😀c" }], [{ path: "ac" }, { path: "abbc" }]],
  ["path: '?*?'", [{ path: "ab" }, { path: "abc" }], [{ path: "a" }, { path: "😀" }]],
  ["path: 'a*a'", [{ path: "aa" }, { path: "aba" }], [{ path: "a" }]],
  ["path: '*'", [{ path: "" }, { path: "x" }, { path: 1 }], [{}, { path: null }, { path: {} }]],
  ["path: 'any*one*x?y'", [{ path: "anyoneX-y" }], [{ path: "zzonezzx-y" }]],
  // The specification's section on the escape character, and pySigma's reading of it.
  ["path: 'C:\\Windows'", [{ path: "c:\\windows" }], [{ path: "C:\\\\Windows" }]],
  ["path: 'a\\\\b'", [{ path: "a\\b" }], [{ path: "a\\\\b" }]],
  ["path: 'a\\*b'", [{ path: "a*b" }], [{ path: "axb" }, { path: "a\\*b" }]],
  ["path: 'a\\?b'", [{ path: "a?b" }], [{ path: "axb" }]],
  ["path: 'a\\\\*b'", [{ path: "a\\xxb" }, { path: "a\\b" }], [{ path: "a*b" }, { path: "ab" }]],
  ["path: 'a\\\\\\*b'", [{ path: "a\\*b" }], [{ path: "a\\xb" }]],
  ["path: 'a\\\\\\\\b'", [{ path: "a\\\\b" }], [{ path: "a\\b" }]],
  ["path: 'a\\'", [{ path: "a\\" }], [{ path: "a" }]],
  ["path|contains: 'a*b'", [{ path: "xa-by" }], [{ path: "ba" }]],
  ["path|endswith: '\\cmd.exe'", [{ path: "C:\\CMD.EXE" }], [{ path: "cmd.exe" }]],
];

const modifiers: readonly Case[] = [
  ["user|contains: nn", [{ user: "aNNa" }], [{ user: "ana" }]],
  ["user|startswith: [ad, ro]", [{ user: "Admin" }, { user: "root" }], [{ user: "bad" }, { user: "a" }]],
  ["user|endswith: $", [{ user: "srv$" }], [{ user: "$srv" }]],
  ["port|startswith: 80", [{ port: 8080 }], [{ port: 18080 }]],
  ["user|contains|all: [a, b]", [{ user: "bca" }], [{ user: "a" }, { user: "b" }]],
  ["user|all|contains: [a, b]", [{ user: "bca" }], [{ user: "a" }]],
  ["user|exists: true", [{ user: "a" }, { user: null }, { user: "" }, { user: [] }], [{}]],
  ["user|exists: false", [{}], [{ user: null }]],
  ["user|exists: yes", [{ user: 1 }], [{}]],
  ["user|cased: Ann", [{ user: "Ann" }], [{ user: "ann" }]],
  ["user|contains|cased: Nn", [{ user: "aNna" }], [{ user: "anna" }]],
  ["user|cased: 'A*n'", [{ user: "Ann" }], [{ user: "ANN" }]],
  ["user|neq: ann", [{ user: "bob" }, {}], [{ user: "Ann" }]],
  ["user|neq: [ann, bob]", [{ user: "cem" }], [{ user: "ann" }, { user: "bob" }]],
  ["user|startswith|neq: ad", [{ user: "bob" }], [{ user: "admin" }]],
  [
    "cmd|contains|windash: ' -f'",
    [{ cmd: "rm -f" }, { cmd: "rm /F" }, { cmd: "rm –f" }, { cmd: "rm —f" }, { cmd: "rm ―f" }],
    [{ cmd: "rm f" }],
  ],
  ["cmd|windash|contains: '-a-b'", [{ cmd: "/a-b" }], [{ cmd: "/a/b" }]],
  ["ua|re: '^curl/\\d+'", [{ ua: "curl/8.1" }], [{ ua: "Curl/8" }, { ua: "x curl/8" }]],
  ["ua|re: 'sql.*map'", [{ ua: "x sql-map x" }], [{ ua: "sql\nmap" }, { ua: 5 }]],
  ["ua|re|i: 'SQLMAP'", [{ ua: "sqlmap" }], [{ ua: "sql" }]],
  ["ua|re|s: 'sql.*map'", [{ ua: "sql\nmap" }], []],
  ["ua|re|m: '^map$'", [{ ua: "sql\nmap" }], [{ ua: "sqlmap" }]],
  ["ua|re|i|s: 'A.B'", [{ ua: "a\nb" }], []],
  ["ua|re: ['^a$', 'b\\.c']", [{ ua: "a" }, { ua: "xb.cx" }], [{ ua: "aa" }, { ua: "bxc" }]],
  ["port|re: '^80'", [{ port: 8080 }], [{ port: 90 }]],
  ["data|base64: 'foo bar'", [{ data: "Zm9vIGJhcg==" }], [{ data: "foo bar" }]],
  [
    "data|base64offset|contains: foobar",
    ["{foobar~~", "~{foobar~~", "~{foobar", "~~~foobar~", "foobar"].map((text) => ({ data: Buffer.from(text).toString("base64") })),
    [{ data: Buffer.from("foo bar").toString("base64") }],
  ],
  ["data|base64offset|contains: 'é'", [{ data: Buffer.from("caféé!").toString("base64") }], []],
  [
    "data|wide|base64offset|contains: whoami",
    [{ data: Buffer.from("x whoami", "utf16le").toString("base64") }],
    [{ data: Buffer.from("whoami").toString("base64") }],
  ],
  ["data|utf16be|base64: a", [{ data: "AGE=" }], [{ data: "YQA=" }]],
  ["data|utf16le|base64: a", [{ data: "YQA=" }], []],
  ["data|utf16|base64: a", [{ data: "//5hAA==" }], []],
  ["data|wide: ab", [{ data: "a\0b\0" }], [{ data: "ab" }]],
  ["n|lt: 5", [{ n: 4 }, { n: "4.5" }, { n: [9, 1] }], [{ n: 5 }, { n: "x" }, {}, { n: "" }, { n: true }]],
  ["n|lte: 5", [{ n: 5 }], [{ n: 6 }]],
  ["n|gt: 1.5", [{ n: 2 }], [{ n: 1.5 }]],
  ["n|gte: -1", [{ n: -1 }, { n: "-1" }], [{ n: -2 }]],
  ["n|gte|neq: 5", [{ n: 4 }, {}], [{ n: 5 }]],
  [
    "t|hour: 22",
    [{ t: "2026-01-05T22:10:00Z" }, { t: "2026-01-06T00:10:00+02:00" }, { t: "2026-01-05 22:10:00" }],
    [{ t: "2026-01-05T21:59:59Z" }, { t: "late" }, {}],
  ],
  ["t|hour|gte: 22", [{ t: Date.UTC(2026, 0, 5, 23) }, { t: Date.UTC(2026, 0, 5, 23) / 1000 }], [{ t: Date.UTC(2026, 0, 5, 3) }]],
  ["t|minute: 10", [{ t: "2026-01-05T22:10:00Z" }], [{ t: "2026-01-05T10:22:00Z" }]],
  ["t|day: 5", [{ t: "2026-01-05" }], [{ t: "2026-05-01" }]],
  ["t|month: 5", [{ t: "2026-05-01" }], [{ t: "2026-01-05" }]],
  ["t|year|lt: 2020", [{ t: "2019-12-31T23:59:59Z" }], [{ t: "2020-01-01T00:00:00Z" }]],
  ["t|week: 53", [{ t: "2027-01-01T00:00:00Z" }], [{ t: "2026-01-01T00:00:00Z" }]],
  [
    "t|week: 1",
    [{ t: "2026-01-01T00:00:00Z" }, { t: "2026-01-04T23:59:59Z" }, { t: "2024-12-30T00:00:00Z" }],
    [{ t: "2027-01-01T00:00:00Z" }],
  ],
  [
    "ip|cidr: 10.0.0.0/8",
    [{ ip: "10.255.0.1" }, { ip: "::ffff:10.1.2.3" }, { ip: "::ffff:0a01:0203" }],
    [{ ip: "11.0.0.1" }, { ip: "10.0.0" }, { ip: "10.0.0.256" }, { ip: "10.0.0.01" }, { ip: "::a00:1" }, {}],
  ],
  ["ip|cidr: [192.168.0.0/16, '2001:db8::/32']", [{ ip: "192.168.9.9" }, { ip: "2001:DB8::1" }], [{ ip: "2001:db9::1" }]],
  ["ip|cidr: 192.0.2.7", [{ ip: "192.0.2.7" }], [{ ip: "192.0.2.70" }]],
  ["ip|cidr: '::/0'", [{ ip: "2001:db8::1" }, { ip: "::" }], [{ ip: "192.0.2.7" }, { ip: ":::" }, { ip: "1::2::3" }, { ip: "12345::" }]],
  ["ip|cidr: '::ffff:0:0/96'", [{ ip: "192.0.2.7" }], [{ ip: "2001:db8::1" }]],
  ["ip|cidr: 0.0.0.0/0", [{ ip: "192.0.2.7" }], [{ ip: "2001:db8::1" }, { ip: "" }]],
  [
    "actor|fieldref: target",
    [
      { actor: "ann", target: "ANN" },
      { actor: 5, target: "5" },
    ],
    [{ actor: "ann", target: "bob" }, {}, { actor: null, target: null }],
  ],
  ["path|fieldref|startswith: root", [{ path: "/a/b", root: "/A" }], [{ path: "/b/a", root: "/a" }]],
  ["path|contains|fieldref: root", [{ path: "x/a", root: "/a" }], [{ path: "x", root: "/a" }]],
  ["actor|fieldref|neq: target", [{ actor: "ann", target: "bob" }], [{ actor: "ann", target: "ann" }]],
  ["actor|fieldref|cased: target", [{ actor: "ann", target: "ann" }], [{ actor: "ann", target: "Ann" }]],
];

describe("values", () => void it.each(values)("%s", check));
describe("wildcards", () => void it.each(wildcards)("%s", check));
describe("modifiers", () => void it.each(modifiers)("%s", check));

function check(line: string, matching: readonly Fields[], others: readonly Fields[]): void {
  const test = item(line);
  for (const fields of matching) expect(test(fields), `${line} on ${JSON.stringify(fields)}`).toBe(true);
  for (const fields of others) expect(test(fields), `${line} on ${JSON.stringify(fields)}`).toBe(false);
}

describe("placeholders", () => {
  it("stand for each of their values, wildcards in them included", () => {
    const test = item("user|expand: '%admins%@\\%x%host%'", { admins: ["ann", "adm_*"], host: ["a", "b"] });
    expect(["ann@%xa", "ADM_7@%xb"].map((user) => test({ user }))).toEqual([true, true]);
    expect(["bob@%xa", "ann@%x"].map((user) => test({ user }))).toEqual([false, false]);
  });

  it("are plain text without expand", () => {
    expect(item("user: '%admins%'")({ user: "%admins%" })).toBe(true);
  });
});

describe("searches", () => {
  it("hold for a map when all fields match, for a list of maps when one does", () => {
    const all = detection("sel:\n  a: 1\n  b: 2\ncondition: sel");
    expect([all({ a: 1, b: 2 }), all({ a: 1 })]).toEqual([true, false]);
    const any = detection("sel:\n  - a: 1\n    b: 2\n  - c: 3\ncondition: sel");
    expect([any({ a: 1, b: 2 }), any({ c: 3 }), any({ a: 1, c: 2 })]).toEqual([true, true, false]);
  });

  it("look for words in all strings of the event, at any depth", () => {
    const words = detection("keywords:\n  - Evil\n  - 'x?z'\n  - 4711\ncondition: keywords");
    expect(words({ a: { b: ["so eVil it is"] } })).toBe(true);
    expect(words({ message: "wxyz" })).toBe(true);
    expect(words({ message: "port 4711" })).toBe(true);
    expect(words({ evil: "no" })).toBe(false);
    const all = detection("keywords:\n  '|all':\n    - one\n    - two\ncondition: keywords");
    expect([all({ a: "one", b: "two" }), all({ a: "one" })]).toEqual([true, false]);
    expect(detection("k:\n  '|re': 'a+b'\ncondition: k")({ x: { y: "caab" } })).toBe(true);
    expect(detection("k: plain\ncondition: k")({ x: "so plain" })).toBe(true);
  });
});

describe("conditions", () => {
  const searches = "a: { a: 1 }\nb: { b: 1 }\nc: { c: 1 }\n_d: { d: 1 }\nsel_x: { x: 1 }\nsel_y: { y: 1 }\n";
  const event = (letters: string): Fields => Object.fromEntries([...letters].map((letter) => [letter, 1]));

  it.each([
    ["a or b and c", ["a", "ab", "bc"], ["b", "c", ""]],
    ["(a or b) and c", ["ac", "bc"], ["a", "ab"]],
    ["not a and b", ["b"], ["ab", ""]],
    ["not (a and b)", ["a", "b", ""], ["ab"]],
    ["not a or b", ["", "ab", "b"], ["a"]],
    ["not not a", ["a"], [""]],
    ["a AND NOT b", ["a"], ["ab"]],
    ["1 of sel_*", ["x", "y"], ["a", ""]],
    ["any of sel_*", ["x"], [""]],
    ["all of sel_*", ["xy"], ["x"]],
    ["1 of *_y", ["y"], ["x"]],
    ["1 of them", ["a", "x"], ["d", ""]],
    ["all of them", ["abcxy"], ["abcx"]],
    ["1 of _*", ["d"], ["a"]],
    ["a and not 1 of sel_*", ["a"], ["ax", "x"]],
    ["1 of sel_x", ["x"], ["y"]],
    ["[a and b, c]", ["ab", "c"], ["a"]],
  ])("%s", (condition, matching, others) => {
    const test = detection(`${searches}condition: ${condition}`);
    for (const letters of matching) expect(test(event(letters)), `on "${letters}"`).toBe(true);
    for (const letters of others) expect(test(event(letters)), `on "${letters}"`).toBe(false);
  });
});
