import { expect, test } from "vitest";
import { assignedDeed } from "./assigned.ts";
import { deedWords, isMembership } from "./deeds.ts";

test.each(["database.Handle.TwoFactors", "store.AccessTokens", "store.AccessTokensByUserID"])("%s only gets at things", (path) => {
  expect(deedWords(path, [], 0)).toBeUndefined();
});

test.each(["store.RevokeTokens", "store.InvalidateSessions", "store.DeleteTokensByUserID"])("%s does something", (path) => {
  expect(deedWords(path, [], 0)).not.toBeUndefined();
});

test.each(["project.authorized_users.remove", "team.members.add", "board.users.add"])("%s changes who is a member", (path) => {
  expect(isMembership(path)).toBe(true);
});

test.each(["db.users.remove", "users.remove", "team.labels.add", "team.members.list"])("%s does not", (path) => {
  expect(isMembership(path)).toBe(false);
});

test.each(["user.groups.remove", "member.teams.sync"])("%s changes who is a member, seen from the other end", (path) => {
  expect(isMembership(path)).toBe(true);
});

test.each(["order.groups.remove", "tag.teams.sync"])("%s does not: nobody is on that list", (path) => {
  expect(isMembership(path)).toBe(false);
});

test.each(["s.NotRegistered", "provider.SupportsLogin", "owner.addPet"])("%s does nothing sensitive", (path) => {
  expect(deedWords(path, [])).toBeUndefined();
});

test("an address that must be confirmed anew was changed", () => {
  expect(assignedDeed("request.user().email_verified_at", true)).toBe("user.change_username");
  expect(assignedDeed("request.user().email_verified_at", false)).toBeUndefined();
  expect(assignedDeed("order.email_verified_at", true)).toBeUndefined();
});
