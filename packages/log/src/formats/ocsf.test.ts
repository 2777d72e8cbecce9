import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRecord, anySeal, fullRecord, minimalRecord, safe, vocabulary } from "./harness/records.ts";
import { ocsfFactVersions, ocsfProblems } from "./harness/ocsf-schema.ts";
import { createOcsf, ocsfVersions } from "./ocsf.ts";
import { ocsfByCategory } from "./own-events.ts";
import type { SafeRecord } from "../record.ts";

const seal = { chain: "a".repeat(16), seq: 2, prev: "b".repeat(64), hash: "c".repeat(64), signature: "QUJD", key: "key-1" };

function read(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], value);
}

test("the facts are of the versions that can be written", () => {
  expect(ocsfFactVersions).toEqual([...ocsfVersions]);
});

describe.each(ocsfVersions)("OCSF %s", (ocsfVersion) => {
  const ocsf = createOcsf({ ocsfVersion });

  test.each(vocabulary)("%s keeps to the schema, with all and with the least", (event, definition) => {
    for (const record of [fullRecord(event, definition), minimalRecord(event, definition)]) {
      const line = ocsf.line(record);
      expect(ocsfProblems(read(line))).toEqual([]);
      expect(ocsfProblems(read(ocsf.seal(line, seal)))).toEqual([]);
      expect(ocsfProblems(read(ocsf.seal(line, { ...seal, seq: 1, prev: "0".repeat(64) })))).toEqual([]);
    }
  });

  test("an application's own events keep to the schema, whatever their category", () => {
    for (const category of [...Object.keys(ocsfByCategory), "own", "constructor"]) {
      for (const record of [fullRecord("own_event"), minimalRecord("own_event")]) {
        expect(ocsfProblems(read(ocsf.line(safe({ ...record, category }))))).toEqual([]);
      }
    }
  });

  test("any record keeps to the schema, sealed or not", () => {
    fc.assert(
      fc.property(anyRecord, anySeal, (record, anyOne) => {
        const line = ocsf.line(record);
        expect(ocsfProblems(read(line))).toEqual([]);
        expect(ocsfProblems(read(ocsf.seal(line, anyOne)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("the checker finds what is missing or wrong", () => {
    const event = read(ocsf.line(fullRecord("authn_login_fail")));
    for (const [change, problem] of [
      [{ user: undefined }, "user: required"],
      [{ severity_id: 7 }, "severity_id: 7 is not one of"],
      [{ status: "Success" }, "status_id: Success instead of"],
      [{ colour: "red" }, "colour: no such attribute"],
      [{ service: undefined }, ": needs one of service, dst_endpoint"],
      [{ src_endpoint: { ip: "somewhere" } }, "src_endpoint.ip:"],
      [{ type_uid: 300202 }, "type_uid:"],
    ] as const) {
      const changed = JSON.parse(JSON.stringify({ ...event, ...change })) as Record<string, unknown>;
      expect(ocsfProblems(changed).join("\n")).toContain(problem);
    }
  });
});

describe("what goes where", () => {
  const ocsf = createOcsf();
  const write = (event: string, more: Partial<SafeRecord> = {}) => read(ocsf.line(safe({ ...fullRecord(event), ...more })));

  test.each([
    ["authn_login_fail", "class_uid", 3002],
    ["authn_login_fail", "status_id", 2],
    ["authn_login_fail", "status_detail", "reason-value"],
    ["authn_login_fail", "user.uid", "actor-id"],
    ["authn_login_fail", "metadata.uid", "0123456789abcdef-1"],
    ["authn_login_fail", "metadata.event_code", "authn_login_fail"],
    ["authn_login_fail", "metadata.correlation_uid", "request-id"],
    ["authn_login_fail", "metadata.tenant_uid", "tenant-id"],
    ["authn_login_fail", "session.uid", "session-hash"],
    ["authn_login_fail", "src_endpoint.ip", "203.0.113.7"],
    ["authn_login_fail", "src_endpoint.proxy_endpoint.ip", "10.0.0.1"],
    ["authn_impersonation_start", "user.uid", "target-id"],
    ["authn_impersonation_start", "actor.user.uid", "actor-id"],
    ["authn_mfa_fail", "is_mfa", true],
    ["authn_password_change", "user.uid", "target-id"],
    ["sensitive_read", "actor.session.uid", "session-hash"],
    ["sensitive_read", "api.operation", "POST /route/:template"],
    ["upload_complete", "file.name", "target-name"],
    ["authz_change", "privileges.0", "to-detail"],
    ["malicious_sqli", "evidences.0.src_endpoint.ip", "203.0.113.7"],
    ["malicious_sqli", "finding_info.attacks.0.technique.uid", "T1190"],
    ["malicious_sqli", "unmapped.outcome", "failure"],
    ["sys_startup", "app.name", "shop"],
    ["sys_startup", "unmapped.source.ip", "203.0.113.7"],
    ["own_event", "activity_name", "own_event"],
  ])("%s: %s", (event, path, value) => {
    const definition = vocabulary.find(([name]) => name === event)?.[1];
    expect(at(read(ocsf.line(fullRecord(event, definition))), path)).toBe(value);
  });

  test("what stands in the place of an address or an e-mail address is in no field of that type", () => {
    const event = write("authn_login_fail", { source: { ip: "pseudonym-1" }, actor: { id: "a", email: "pseudonym-2" } });
    expect(at(event, "src_endpoint")).toEqual({ name: "pseudonym-1" });
    expect(at(event, "unmapped.actor_email")).toBe("pseudonym-2");
    expect(at(event, "user.email_addr")).toBeUndefined();
  });

  test("the seal stands in unmapped, in 1.9 as the attestation of the record_integrity profile", () => {
    expect(at(read(ocsf.seal(ocsf.line(fullRecord("sys_startup")), seal)), "unmapped.integrity")).toEqual(seal);
    const next = createOcsf({ ocsfVersion: "1.9.0-dev" });
    const sealed = next.seal(next.line(fullRecord("sys_startup")), seal);
    expect(at(read(sealed), "attestation_list.0.fingerprint.value")).toBe(seal.hash);
    expect(at(read(sealed), "attestation_list.0.prev_event.fingerprint.value")).toBe(seal.prev);
    expect(ocsf.unseal(sealed)?.seal).toEqual(seal);
  });
});
