import pretty from "pino-pretty";
import * as fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Format, FormatId } from "../contract.ts";
import { anyRecord, anySeal, fullRecord, hostileText, minimalRecord, safe, vocabulary } from "./harness/records.ts";
import { lostFields, placementTable } from "./harness/placement.ts";
import { createFormats, formatOfLine, formats, levels } from "./index.ts";
import { json } from "./json.ts";

const ids = Object.keys(formats) as FormatId[];
/** Every way to write a line: all formats, and those whose options change the shape of a seal. */
const all: readonly [string, Format][] = [
  ...Object.entries(formats),
  ["ocsf 1.9", createFormats({ ocsfVersion: "1.9.0-dev" }).ocsf],
  ["syslog of an enterprise", createFormats({ enterpriseNumber: 4711 }).syslog],
];
/** C0, DEL and C1; ALM, LRM and RLM; line and paragraph separator, embeddings and overrides; isolates. */
const forbiddenRanges = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
] as const;
const isForbidden = (one: string) => forbiddenRanges.some(([from, to]) => one.charCodeAt(0) >= from && one.charCodeAt(0) <= to);
const seal = { chain: "a".repeat(16), seq: 7, prev: "b".repeat(64), hash: "c".repeat(64), signature: "QUJD", key: "key 1" };

test("every format has a file and stands under its own name", () => {
  const files = readdirSync(new URL(".", import.meta.url));
  for (const id of ids) {
    expect(formats[id].id).toBe(id);
    expect(files).toContain(`${id}.ts`);
    expect(formats[id].docs).toMatch(/^https:/);
  }
  expect(ids).toEqual(["json", "ecs", "ocsf", "cef", "syslog"]);
});

describe.each(all)("%s", (_, format) => {
  test("no character ends the line or drives a terminal, whatever the record holds", () => {
    fc.assert(
      fc.property(anyRecord, anySeal, (record, anyOne) => {
        const line = format.line(record);
        expect([...format.seal(line, anyOne)].filter(isForbidden)).toEqual([]);
        expect([...line].filter(isForbidden)).toEqual([]);
        expect(formatOfLine(line)).toBe(format.id);
      }),
      { numRuns: 400 },
    );
  });

  test("unseal gives back the line and the seal", () => {
    fc.assert(
      fc.property(anyRecord, anySeal, (record, anyOne) => {
        const line = format.line(record);
        const sealed = format.seal(line, anyOne);
        expect(sealed).not.toBe(line);
        expect(format.unseal(sealed)).toEqual({ line, seal: anyOne });
        expect(formats[format.id].unseal(sealed)).toEqual({ line, seal: anyOne });
        expect(format.unseal(line)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  test("bytes of UTF-8 hold the line whole", () => {
    fc.assert(
      fc.property(anyRecord, (record) => Buffer.from(format.line(record), "utf8").toString("utf8") === format.line(record)),
      { numRuns: 200 },
    );
  });

  test("no content is taken for a seal", () => {
    // What a sealed line ends or begins with, as text and as structure, in every place that a caller can fill.
    const sealedLine = format.seal(format.line(minimalRecord("own_event")), seal);
    const bare = format.line(minimalRecord("own_event"));
    const texts = [sealedLine, sealedLine.slice(bare.length - 10), sealedLine.slice(0, 400), ...sealedLine.split(/(?=[[,{ ])/)];
    const asKey = {
      seal,
      integrity: seal,
      attestation_list: [JSON.parse(createFormats({ ocsfVersion: "1.9.0-dev" }).ocsf.seal('{"a":"b"}', seal)) as object],
    };
    for (const text of texts) {
      const hostile = {
        ...fullRecord("own_event"),
        ...Object.fromEntries(
          ["event", "msg", "reason", "user_agent", "tenant", "session", "hostname", "service", "service_version", "category"].map(
            (name) => [name, text],
          ),
        ),
        actor: { id: text, name: text },
        target: { type: text, id: text },
        details: { ...asKey, [text]: text },
        extra: { ...asKey, [text]: text },
      };
      const line = format.line(safe(hostile));
      expect(format.unseal(line)).toBeUndefined();
      expect(format.unseal(format.seal(line, seal))).toEqual({ line, seal });
    }
  });

  test("a changed byte in the seal is no seal, or another one", () => {
    const line = format.line(fullRecord("authn_login_fail"));
    const sealed = format.seal(line, seal);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), hostileText, (at, text) => {
        const changed = sealed.slice(0, at) + text + sealed.slice(at + 1);
        fc.pre(changed !== sealed);
        const found = format.unseal(changed);
        expect(found?.line === line && JSON.stringify(found.seal) === JSON.stringify(seal)).toBe(false);
        if (found) expect(format.seal(found.line, found.seal)).toBe(changed);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the page about the formats", () => {
  test("says where each field goes", () => {
    const page = readFileSync(new URL("../../../../docs/log-formats.md", import.meta.url), "utf8");
    const block = /<!-- fields -->\n\n([^]*?)\n\n<!-- \/fields -->/.exec(page)?.[1];
    expect(block).toBe(placementTable());
  });
});

test.each(ids)("%s loses no field of any event", (id) => {
  for (const [event, definition] of [...vocabulary, ["own_event", undefined] as const]) {
    // The classes of OCSF tell targets apart.
    for (const type of id === "ocsf" ? ["user", "file", "invoice"] : ["user"]) {
      const record = fullRecord(event, definition);
      expect(lostFields(id, safe({ ...record, target: { ...record.target, type } })), event).toEqual([]);
    }
  }
});

describe("json", () => {
  const read = (line: string) => JSON.parse(line) as Record<string, unknown>;

  test("any record can be read back whole", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { level, time, pid, hostname, ...rest } = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
        const written = read(json.line(record));
        expect(written).toMatchObject({ level: levels[record.level].pino, pid, hostname });
        const { level: _level, time: at, pid: _pid, hostname: _hostname, ...others } = written;
        expect(others).toEqual(rest);
        expect(level).toBe(record.level);
        if (Number.isInteger(time) && Number(time) >= 0 && Number(time) < 253_402_300_800_000) expect(Date.parse(String(at))).toBe(time);
      }),
      { numRuns: 500 },
    );
  });

  test("keys stand in pino's order: level, time, pid and hostname first, msg last", () => {
    const keys = Object.keys(read(json.line(fullRecord("authn_login_fail"))));
    expect(keys.slice(0, 4)).toEqual(["level", "time", "pid", "hostname"]);
    expect(keys.at(-1)).toBe("msg");
  });

  test("pino-pretty shows it as a line of pino's", () => {
    const shown = pretty.prettyFactory({ colorize: false, singleLine: true })(
      json.line(minimalRecord("authn_login_fail", vocabulary.find(([name]) => name === "authn_login_fail")?.[1])),
    );
    expect(shown).toContain("WARN (4242): authn_login_fail");
  });

  test("two logs of one process do not mix", () => {
    const of = (service: string) => read(json.line(safe({ ...minimalRecord("own_event"), service })))["service"];
    expect([of("a"), of("b"), of("a")]).toEqual(["a", "b", "a"]);
  });
});
