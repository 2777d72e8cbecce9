import { expect, test } from "vitest";
import { events } from "./events/index.ts";
import { detailRoles } from "./roles.ts";

const used = new Set(Object.values(events).flatMap((event) => Object.keys(event.details)));

test("every role belongs to a detail that some event has", () => {
  expect(Object.keys(detailRoles).filter((name) => !used.has(name))).toEqual([]);
});

test("an event that names another user has that user as its target, whatever else it names", () => {
  const order = Object.keys(detailRoles);
  const firstTargets = Object.values(events)
    .filter(({ details }) => "onuserid" in details)
    .map(({ details }) => order.find((detail) => detail in details && detailRoles[detail]?.is === "target"));
  expect(new Set(firstTargets)).toEqual(new Set(["onuserid"]));
});

test("the identifier of a session is never a plain detail", () => {
  const sessions = [...used].filter((detail) => /session.?id/i.test(detail));
  expect(sessions.map((detail) => detailRoles[detail])).toEqual(sessions.map(() => ({ is: "session" })));
});
