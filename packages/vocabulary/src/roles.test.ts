import { expect, test } from "vitest";
import { events } from "./events/index.ts";
import { detailRoles } from "./roles.ts";

const used = new Set(Object.values(events).flatMap((event) => Object.keys(event.details)));

test("every role belongs to a detail that some event has", () => {
  expect(Object.keys(detailRoles).filter((name) => !used.has(name))).toEqual([]);
});

test("an event that names another user has that user as its target, whatever else it names", () => {
  const order = Object.keys(detailRoles);
  for (const [name, { details }] of Object.entries(events)) {
    const targets = order.filter((detail) => detail in details && detailRoles[detail]?.is === "target");
    if ("onuserid" in details) expect(targets[0], name).toBe("onuserid");
  }
});

test("the identifier of a session is never a plain detail", () => {
  for (const { details } of Object.values(events)) {
    for (const detail of Object.keys(details)) if (/session.?id/i.test(detail)) expect(detailRoles[detail]).toEqual({ is: "session" });
  }
});
