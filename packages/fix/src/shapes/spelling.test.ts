import { describe, expect, it } from "vitest";
import { spelledAs, type Example } from "./spelling.ts";
import type { Subject } from "./subject.ts";

const does = (verb: string, ...noun: string[]): Subject => ({ verbs: [verb], nouns: [noun] });
const told = (...all: readonly (readonly [string, Subject])[]): readonly Example[] =>
  all.map(([text, subject]) => ({ text, subject, near: false }));

const deletesUser = does("delete", "user");
const createsUser = does("create", "user");
const deletesKey = does("delete", "api", "key");

describe("the name of what a handler does, as others have theirs", () => {
  it.each([
    [["user.created", "user.deleted"], "api_key.deleted"],
    [["USER_CREATED", "USER_DELETED"], "API_KEY_DELETED"],
    [["CREATE_USER", "DELETE_USER"], "DELETE_API_KEY"],
    [["create_user", "delete_user"], "delete_api_key"],
    [["userCreated", "userDeleted"], "apiKeyDeleted"],
    [["UserCreated", "UserDeleted"], "ApiKeyDeleted"],
    [["user-create", "user-delete"], "api-key-delete"],
    [["admin:user:create", "admin:user:delete"], "admin:api_key:delete"],
    [["Create user", "Delete user"], "Delete api key"],
    [["created", "deleted"], "deleted"],
    [["users.create", "users.delete"], "api_keys.delete"],
    [["user", "user"], "apiKey"],
  ])("%j gives %j", (names, wanted) => {
    const [created, deleted] = names as [string, string];
    const spelled = spelledAs(told([created, createsUser], [deleted, deletesUser]), deletesKey, undefined);
    expect(spelled).toBe(wanted);
  });

  it("takes the verb of those who do the same", () => {
    const others = told(["user.created", createsUser], ["user.deleted", does("remove", "user")]);
    expect(spelledAs(others, does("remove", "role"), undefined)).toBe("role.deleted");
  });

  it("parts words as others part theirs", () => {
    const others = told(["accessToken.created", does("create", "access", "token")], ["user.deleted", deletesUser]);
    expect(spelledAs(others, deletesKey, undefined)).toBe("apiKey.deleted");
  });

  it("knows nothing where the names of others do not follow from what they do", () => {
    expect(spelledAs(told(["A user was made", createsUser], ["Goodbye", deletesUser]), deletesKey, undefined)).toBeUndefined();
    expect(spelledAs(told(["E1001", createsUser], ["E1002", deletesUser]), deletesKey, undefined)).toBeUndefined();
    expect(spelledAs(told(["user.deleted", deletesUser]), deletesKey, undefined)).toBeUndefined();
  });

  it("writes only names that exist, where not every name does", () => {
    const others = told(["created", createsUser], ["deleted", deletesUser]);
    const may = (name: string): boolean => ["created", "deleted", "updated"].includes(name);
    expect(spelledAs(others, does("remove", "role"), may)).toBe("deleted");
    expect(spelledAs(others, does("edit", "role"), may)).toBe("updated");
    expect(spelledAs(others, does("suspend", "user"), may)).toBeUndefined();
  });

  it("says what all say whose handlers do the same", () => {
    const others = told(["导出数据", does("export", "user")], ["导出数据", does("export", "role")], ["删除用户", deletesUser]);
    expect(spelledAs(others, does("export", "job"), undefined)).toBe("导出数据");
    expect(spelledAs(others, does("delete", "role"), undefined)).toBeUndefined();
  });
});
