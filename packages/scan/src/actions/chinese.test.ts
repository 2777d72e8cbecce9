import { expect, test } from "vitest";
import { toneOf } from "../outcomes/thrown.ts";
import { inEnglish } from "./chinese.ts";

test("known words are said in English, others stay", () => {
  expect(inEnglish("删除用户").split(/\s+/)).toEqual(["delete", "user"]);
  expect(inEnglish("wrong password")).toBe("wrong password");
  expect(inEnglish("天气")).toBe("天气");
});

test.each([
  ["旧密码错误", "bad-proof"],
  ["密码不正确", "bad-proof"],
  ["无效的令牌", "bad-proof"],
  ["权限不足", "denied"],
  ["没有权限删除角色", "denied"],
  ["账号已被锁定", "bad-account"],
  ["名称不能为空", "validation"],
  ["今天下雨", "none"],
])("the tone of %s is %s", (text, tone) => {
  expect(toneOf([text])).toBe(tone);
});
