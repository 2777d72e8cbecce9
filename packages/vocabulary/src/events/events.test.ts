import { describe, expect, it } from "vitest";
import { techniques } from "../attack.ts";
import { expectedTypes } from "../ecs.ts";
import { normalise } from "../resolve.ts";
import { events } from "./index.ts";
import type { EventDetails, EventName } from "./index.ts";

const entries = Object.entries(events) as [EventName, (typeof events)[EventName]][];
const ids = entries.map(([name]) => name);

describe("the vocabulary", () => {
  it("has the 57 events of OWASP and 26 extensions", () => {
    const extensions = entries.filter(([, event]) => event.extension !== undefined);
    expect(extensions).toHaveLength(26);
    expect(entries.length - extensions.length).toBe(57);
  });

  it.each(entries)("%s is named after its category", (name, event) => {
    expect(name.split("_")[0]).toBe(event.category);
    expect(name).toMatch(/^[a-z]+(_[a-z0-9]+)+$/);
  });

  it.each(entries)("%s says what happened in one or two sentences", (_, event) => {
    expect(event.description).toMatch(/^[A-Z].*\.$/);
  });

  it("never asks for a secret", () => {
    const asked = entries.flatMap(([, event]) => Object.keys(event.details));
    expect(asked).not.toContain("password");
    expect(asked).not.toContain("token");
    expect(asked.length).toBeGreaterThan(100);
  });

  it.each(entries)("%s has details of known types", (_, event) => {
    for (const detail of Object.values(event.details)) {
      expect(["string", "integer", "boolean", "string[]", "enum"]).toContain(detail.type);
      if (detail.type === "enum") expect(detail.values.length).toBeGreaterThan(1);
    }
  });

  it("types the details of each event", () => {
    const locked: EventDetails<"authn_login_lock"> = { userid: "u1", reason: "maxretries" };
    const exported: EventDetails<"sensitive_export"> = { userid: "u1", object: "users" };
    const token: EventDetails<"authn_token_created"> = { userid: "u1", entitlements: ["read"] };
    // @ts-expect-error an unknown reason
    const wrong: EventDetails<"authn_login_lock"> = { userid: "u1", reason: "because" };
    // @ts-expect-error retries is required
    const partial: EventDetails<"authn_login_successafterfail"> = { userid: "u1" };
    expect([locked, exported, token, wrong, partial]).toHaveLength(5);
  });

  it("says how an upload check ended by its result", () => {
    const { details, endings } = events.upload_validation;
    expect(details["result"]).toMatchObject({ values: Object.keys(endings?.values ?? {}) });
    expect(endings?.values["FAILED"]).toEqual({ level: "CRITICAL", outcome: "failure" });
  });
});

describe("the ECS mapping", () => {
  it.each(entries)("%s uses types that ECS expects in its categories", (_, { ecs }) => {
    expect(["event", "alert"]).toContain(ecs["event.kind"]);
    expect(ecs["event.category"].length).toBeGreaterThan(0);
    expect(ecs["event.type"].length).toBeGreaterThan(0);
    const expected = ecs["event.category"].flatMap((category): string[] => [...expectedTypes[category]]);
    expect(expected).toEqual(expect.arrayContaining([...ecs["event.type"]]));
  });

  it("has a failure for every event named so", () => {
    const failures = entries.filter(([name]) => /_fail(_max)?$|_invalid$|_exceeded$/.test(name));
    expect(failures.map(([, { ecs }]) => ecs["event.outcome"])).toEqual(failures.map(() => "failure"));
    expect(failures.length).toBeGreaterThan(10);
  });
});

describe("the OCSF mapping", () => {
  it.each(entries)("%s adds up", (_, event) => {
    for (const mapping of [event.ocsf, event.ocsf_next, ...(event.ocsf_alternatives ?? [])]) {
      if (mapping === undefined) continue;
      expect(mapping.type_uid).toBe(mapping.class_uid * 100 + mapping.activity_id);
      expect(["Unknown", "Success", "Failure"].indexOf(mapping.status)).toBe(mapping.status_id);
    }
  });

  it.each(entries)("%s has the status of its ECS outcome, save what a detection found", (_, event) => {
    if (event.ecs["event.kind"] === "alert" || event.endings !== undefined) return;
    expect(event.ocsf.status.toLowerCase()).toBe(event.ecs["event.outcome"]);
  });

  it.each(entries)("%s has a next mapping where its class is deprecated", (_, event) => {
    if (event.ocsf.deprecated_since !== undefined) {
      expect(event.ocsf_next).toBeDefined();
    }
    if (event.ocsf_next !== undefined) {
      expect(event.ocsf_next).toMatchObject({ class_uid: 3007, since: "1.9.0-dev" });
    }
  });

  // The numbers as they stand in the OCSF schema browser.
  it.each([
    ["authn_login_success", 300201, undefined],
    ["authn_login_lock", 300109, 300706],
    ["authn_mfa_disabled", 300111, 300713],
    ["authz_fail", 600399, undefined],
    ["user_deleted", 300106, 300703],
    ["authn_token_created", 300401, 300718],
    ["audit_log_cleared", 100801, undefined],
    ["malicious_sqli", 200401, undefined],
    ["session_logout", 300202, undefined],
  ] as const)("%s is type %i", (name, type, next) => {
    expect(events[name].ocsf.type_uid).toBe(type);
    expect(events[name].ocsf_next?.type_uid).toBe(next);
  });
});

describe("the ATT&CK ids", () => {
  it("are techniques or sub-techniques, each of use to some event", () => {
    const used = new Set<string>(entries.flatMap(([, event]) => event.attack));
    expect([...used].filter((id) => !/^T\d{4}(\.\d{3})?$/.test(id))).toEqual([]);
    expect(Object.keys(techniques).sort()).toEqual([...used].sort());
  });
});

describe("the aliases", () => {
  it("are lower case with underscores", () => {
    const odd = entries.flatMap(([, event]) => event.aliases.filter((alias) => !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(alias)));
    expect(odd).toEqual([]);
  });

  it("stand for one event each", () => {
    const owners = new Map<string, Set<EventName>>();
    for (const [name, event] of entries) {
      for (const alias of [name, ...event.aliases]) {
        const key = normalise(alias);
        owners.set(key, (owners.get(key) ?? new Set()).add(name));
      }
    }
    expect([...owners].filter(([, names]) => names.size > 1).map(([key, names]) => [key, ...names])).toEqual([]);
  });

  it("exist for every event", () => {
    expect(ids.filter((name) => events[name].aliases.length === 0)).toEqual([]);
  });
});
