import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Alert } from "../alert.ts";
import { alertBody, alertOf as readAlert } from "./alert-index.ts";
import { boundedAlert } from "./bounded-alert.ts";
import { alertOf, anyAlert, stuffing } from "./harness/alerts.ts";

test("an ordinary alert stays what it is", () => {
  expect(boundedAlert(stuffing)).toBe(stuffing);
});

test("any alert is written, and read again as JSON has it", () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const bounded = boundedAlert(alert);
      expect(boundedAlert(bounded)).toBe(bounded);
      expect(readAlert(alertBody(bounded))).toEqual(JSON.parse(JSON.stringify(bounded)));
    }),
  );
});

test("an alert of the largest parts that events can bring about has its bound", () => {
  const huge = "x".repeat(2_000_000);
  const many = Array.from({ length: 20 }, () => huge);
  const large = (fields: Record<string, string>) => ({ ...stuffing.evidence[0]!, id: huge, source: huge, fields });
  const evidence = [
    ...Array.from({ length: 10 }, () => large({ a: huge })),
    ...Array.from({ length: 5 }, () => large({ [huge]: "" })),
    ...Array.from({ length: 5 }, () => large({ a: "x".repeat(16_000) })),
  ];
  const alert: Alert = alertOf(1, { actors: many, addresses: many, targets: many, group: { a: huge, b: null }, evidence });
  expect(JSON.stringify(boundedAlert(alert)).length).toBeLessThan(350_000);
  expect(boundedAlert(alert).evidence.filter(({ fields }) => fields)).toHaveLength(5);
  expect(boundedAlert(alert).group["b"]).toBeNull();
});
