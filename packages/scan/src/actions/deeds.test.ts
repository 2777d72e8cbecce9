import { expect, test } from "vitest";
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
