import { expect, test } from "vitest";
import { deedWords } from "./deeds.ts";

test.each(["database.Handle.TwoFactors", "store.AccessTokens"])("%s only gets at things", (path) => {
  expect(deedWords(path, [], 0)).toBeUndefined();
});

test.each(["store.RevokeTokens", "store.InvalidateSessions"])("%s does something", (path) => {
  expect(deedWords(path, [], 0)).not.toBeUndefined();
});
