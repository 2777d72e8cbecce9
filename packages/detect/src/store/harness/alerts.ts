import * as fc from "fast-check";
import type { Alert } from "../../alert.ts";
import type { Fields } from "../../event.ts";

/** An alert as the rule pack's credential stuffing raises it. */
export const stuffing: Alert = {
  id: "0123456789abcdef0123456789abcdef",
  phase: "opened",
  rule: {
    key: "credential-stuffing",
    id: "8a7f6b54-0000-4000-8000-000000000001",
    title: "Credential stuffing from one source",
    level: "high",
    description: "One address tries many accounts, each once or twice.",
    tags: ["attack.credential-access", "attack.t1110.004"],
    techniques: ["T1110.004", "T1078"],
    controls: [{ framework: "PCI DSS", id: "10.4.1" }],
    falsePositives: ["An office behind one address after a password change"],
    respond: ["Block the address.", "Reset the passwords of the accounts that it entered."],
    references: ["https://attack.mitre.org/techniques/T1110/004/"],
  },
  group: { "source.ip": "203.0.113.7" },
  since: Date.UTC(2026, 10, 21, 10, 0, 0),
  until: Date.UTC(2026, 10, 21, 10, 12, 30),
  completed: Date.UTC(2026, 10, 21, 10, 12, 30),
  count: 42,
  measures: { events: 42, "distinct actor.id": 18, "most per actor.id": 2 },
  actors: ["alice", "bob", "carol", "dave", "erin", "frank"],
  addresses: ["203.0.113.7"],
  targets: [],
  evidence: [
    {
      id: "w1:1",
      time: Date.UTC(2026, 10, 21, 10, 0, 0),
      source: "security.log",
      position: 4096,
      fields: {
        event: "authn_login_fail",
        outcome: "failure",
        reason: "unknown_user",
        actor: { id: "alice" },
        source: { ip: "203.0.113.7" },
      },
    },
    { id: "w1:42", time: Date.UTC(2026, 10, 21, 10, 12, 30), source: "security.log", position: 20480 },
  ],
};

/** Another alert: its own id from a number, and whatever else differs. */
export function alertOf(number: number, more: Partial<Alert> = {}): Alert {
  return { ...stuffing, id: number.toString(16).padStart(32, "0"), ...more };
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\u001b[2J", "a\nb", "\u202e", "__proto__", "\ud800", "<!channel>", "\u009b31m"),
);
const texts = fc.array(text, { maxLength: 20 });
const time = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(Number.NaN, Infinity, -1e300, 0.5));

/** Any alert that untrusted events may bring about. */
export const anyAlert: fc.Arbitrary<Alert> = fc.record({
  id: fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 }),
  phase: fc.constantFrom("opened", "grown", "closed"),
  rule: fc.record({
    key: text,
    id: fc.option(text, { nil: undefined }),
    title: text,
    level: fc.constantFrom("informational", "low", "medium", "high", "critical"),
    description: fc.option(text, { nil: undefined }),
    tags: texts,
    techniques: fc.array(fc.oneof(fc.constantFrom("T1110", "T1110.004", "T9999.001"), text), { maxLength: 4 }),
    controls: fc.array(fc.record({ framework: text, id: text }), { maxLength: 3 }),
    falsePositives: texts,
    respond: texts,
    references: texts,
  }),
  group: fc.dictionary(text, fc.option(text, { nil: null }), { maxKeys: 4 }),
  since: time,
  until: time,
  completed: time,
  count: fc.integer({ min: 1, max: 1e6 }),
  measures: fc.dictionary(text, fc.oneof(fc.double(), fc.integer()), { maxKeys: 4 }),
  actors: texts,
  addresses: fc.array(fc.oneof(text, fc.ipV4(), fc.ipV6()), { maxLength: 20 }),
  targets: texts,
  evidence: fc.array(
    fc.record({
      id: text,
      time,
      source: text,
      position: fc.nat(),
      fields: fc.option(
        fc.oneof(
          fc.record({ event: text, outcome: text, reason: text, actor: fc.record({ id: text }), source: fc.record({ ip: text }) }),
          fc.dictionary(text, fc.jsonValue()).map((fields) => fields as Fields),
        ),
        { nil: undefined },
      ),
    }),
    { maxLength: 20 },
  ),
});
