import { expect, test } from "vitest";
import { createSecurityLog } from "./index.ts";

/** Checked by `npm run typecheck`: each line below a `@ts-expect-error` must not compile. */
export function mustNotCompile(userid: string): void {
  const security = createSecurityLog({
    service: "shop",
    events: { invoice_voided: { level: "WARN", outcome: "success", details: { invoiceid: { type: "string", required: true } } } },
  });

  security.record("authn_login_success", { userid });
  security.record("authn_login_success", { userid, tenant: "t1", extra: { plan: "free" } });
  security.record("authn_login_lock", { userid, reason: "maxretries" });
  security.record("invoice_voided", { invoiceid: "17", actor: userid });
  security.identify(userid);

  // @ts-expect-error a name that the vocabulary does not have
  security.record("login_succeeded", { userid });
  // @ts-expect-error a mandatory detail is missing
  security.record("authn_login_success", { tenant: "t1" });
  // @ts-expect-error no details at all
  security.record("authn_login_success");
  // @ts-expect-error a detail that the event does not have
  security.record("authn_login_success", { userid, retries: 3 });
  // @ts-expect-error a detail that must never be logged, also where the object is not written out
  security.record("authn_login_fail", { ...{ userid, password: "x" } });
  // @ts-expect-error a wrong type
  security.record("authn_login_successafterfail", { userid, retries: "3" });
  // @ts-expect-error a reason that is not in the event's closed list
  security.record("authn_login_lock", { userid, reason: "because" });
  // @ts-expect-error an own event's detail is missing
  security.record("invoice_voided", { actor: userid });
  // @ts-expect-error an own event's detail has another type
  security.record("invoice_voided", { invoiceid: 17 });
  // @ts-expect-error an option that does not exist
  createSecurityLog({ service: "shop", output: [] });
}

test("an event of the application's own may not take a name of the vocabulary", () => {
  const declared = { level: "WARN", outcome: "success", details: {} } as const;
  expect(() => createSecurityLog({ service: "shop", events: { authn_login_fail: declared } })).toThrow(/events\.authn_login_fail/);
});
