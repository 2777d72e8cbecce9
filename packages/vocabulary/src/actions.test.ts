import { describe, expect, it } from "vitest";
import { actions, details, events } from "./index.ts";
import type { ActionName } from "./index.ts";

const entries = Object.entries(actions);

describe("the actions", () => {
  it("are those of the accuracy protocol", () => {
    const expected: ActionName[] = [
      "authn_login",
      "authn_logout",
      "authn_mfa",
      "authn_password_change",
      "authn_password_reset",
      "authn_sso",
      "user_created",
      "user_deleted",
      "user_updated",
      "user_suspended",
      "authz_admin",
      "authz_change",
      "authz_fail",
      "token_created",
      "token_revoked",
      "token_revealed",
      "session_revoked",
      "sensitive_read",
      "sensitive_delete",
      "security_config_change",
    ];
    expect(Object.keys(actions).sort()).toEqual(expected.sort());
  });

  it.each(entries)("%s has events of the vocabulary for its outcomes", (name, action) => {
    expect(action.name).toBe(name);
    const outcomes = [action.success, action.failure].filter((event) => event !== null);
    expect(outcomes.length).toBeGreaterThan(0);
    for (const event of outcomes) expect(events).toHaveProperty(event);
  });

  it.each(entries)("%s ends well in a success event and badly in a failure event", (_, action) => {
    if (action.success !== null) {
      expect(events[action.success].ecs["event.outcome"]).toBe("success");
    }
    if (action.failure !== null) {
      expect(events[action.failure].ecs["event.outcome"]).toBe("failure");
    }
  });

  it.each(entries)("%s says in one sentence each what silence gives away", (_, action) => {
    expect(action.title).toMatch(/^[a-z][a-z -]+$/);
    for (const gain of [action.gain.success, action.gain.failure]) expect(gain).toMatch(/^[A-Z][^.!?]+\.$/);
  });

  it("weighs a silent failed login against a silent logout", () => {
    expect(actions.authn_login.severity.failure).toBe("high");
    expect(actions.authn_logout.severity.success).toBe("low");
  });

  it("has no success of a refusal", () => {
    expect(actions.authz_fail.success).toBeNull();
    expect(actions.authz_fail.failure).toBe("authz_fail");
  });
});

describe("the details", () => {
  it("are the eight of a record, each once", () => {
    expect(new Set(details).size).toBe(8);
    expect(details).toContain("request ID");
  });
});
