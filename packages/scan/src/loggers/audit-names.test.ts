import { describe, expect, test } from "vitest";
import { splitWords } from "../actions/words.ts";
import { addsNothing, AUDIT_PHRASES, holds, isAuditName, OTHER_AUDITS, OTHER_TRAILS } from "./audit-names.ts";

const ENTRIES = AUDIT_PHRASES.map((entry) => [entry.phrase, entry] as const);
const TAKEN_BACK = [...OTHER_TRAILS, ...OTHER_AUDITS].map((entry) => [entry.phrase, entry] as const);

describe.each(ENTRIES)("audit names by %s", (_, entry) => {
  test.each(entry.hits)("%s is one", (name) => {
    expect(holds(splitWords(name), entry), "met by this entry").toBe(true);
    expect(isAuditName(splitWords(name))).toBe(true);
  });

  test.each(entry.misses)("%s is none", (name) => {
    expect(isAuditName(splitWords(name))).toBe(false);
  });
});

describe.each(TAKEN_BACK)("taken back by %s", (_, entry) => {
  test.each(entry.hits)("%s", (name) => {
    expect(holds(splitWords(name), entry), "met by this entry").toBe(true);
    expect(isAuditName(splitWords(name))).toBe(false);
  });

  test.each(entry.misses)("%s stays", (name) => {
    expect(isAuditName(splitWords(name))).toBe(true);
  });
});

test("every name that is taken back would be an audit name without the entry that does so", () => {
  const idle = TAKEN_BACK.flatMap(([, entry]) => entry.hits).filter((name) => !AUDIT_PHRASES.some((one) => holds(splitWords(name), one)));
  expect(idle).toEqual([]);
});

describe("addsNothing", () => {
  const silent = [
    "getAuditLogs",
    "list_audit_events",
    "purgeAuditLog",
    "isAuditEnabled",
    "onSecurityEvent",
    "toAuditData",
    "buildAndGetAuditLog",
  ];
  test.each(silent)("%s adds nothing to a trail", (name) => {
    expect(addsNothing(splitWords(name))).toBe(true);
  });

  const writing = ["createAuditLog", "logSecurityEvent", "audit", "AuditLog", "recordLoginAttempt", "insert", "buildAndLogAuditEvent", ""];
  test.each(writing)("%s may add to one", (name) => {
    expect(addsNothing(splitWords(name))).toBe(false);
  });
});
