/**
 * Chinese words for what this project speaks of, as the English ones that its tables know. Messages, annotations and log
 * lines of many applications are Chinese only. Longer words come first; what is not listed is left as it is.
 */
const WORDS: readonly (readonly [string, string])[] = [
  // Refusals.
  ["没有权限", "permission denied"],
  ["权限不足", "permission denied"],
  ["无权限", "permission denied"],
  ["无权", "permission denied"],
  ["未授权", "unauthorized"],
  ["未登录", "not logged in"],
  ["拒绝访问", "access denied"],
  ["禁止访问", "access denied"],
  ["不允许", "not allowed"],
  ["不正确", "incorrect"],
  ["不匹配", "mismatch"],
  ["不一致", "mismatch"],
  ["已过期", "expired"],
  ["过期", "expired"],
  ["已失效", "expired"],
  ["失效", "expired"],
  ["无效", "invalid"],
  ["错误", "wrong"],
  ["失败", "failed"],
  ["锁定", "locked"],
  ["停用", "disabled"],
  ["禁用", "disabled"],
  ["冻结", "suspended"],
  ["不存在", "not found"],
  ["不能为空", "is required"],
  ["已存在", "already exists"],
  ["成功", "success"],
  // Things.
  ["验证码", "code"],
  ["旧密码", "password"],
  ["密码", "password"],
  ["口令", "password"],
  ["令牌", "token"],
  ["凭证", "credential"],
  ["密钥", "secret"],
  ["账号", "account"],
  ["帐号", "account"],
  ["账户", "account"],
  ["用户名", "username"],
  ["用户", "user"],
  ["管理员", "admin"],
  ["成员", "member"],
  ["角色", "role"],
  ["权限", "permission"],
  ["菜单", "menu"],
  ["邮箱", "email"],
  ["会话", "session"],
  ["日志", "log"],
  ["数据", "data"],
  // Deeds.
  ["登录", "login"],
  ["登陆", "login"],
  ["注销", "logout"],
  ["登出", "logout"],
  ["退出", "logout"],
  ["踢出", "revoke session"],
  ["强退", "revoke session"],
  ["注册", "register"],
  ["重置", "reset"],
  ["找回", "reset"],
  ["修改", "update"],
  ["更新", "update"],
  ["编辑", "update"],
  ["新增", "create"],
  ["添加", "create"],
  ["创建", "create"],
  ["删除", "delete"],
  ["清空", "delete"],
  ["导出", "export"],
  ["下载", "download"],
  ["分配", "assign"],
  ["授权", "grant permission"],
  ["绑定", "link"],
  ["解绑", "unlink"],
  ["启用", "enable"],
];

const HAN = /\p{Script=Han}/u;
const table: ReadonlyMap<string, string> = new Map(WORDS);
const pattern = new RegExp(WORDS.map(([word]) => word).join("|"), "gu");

/** The text with the Chinese words that are known in English; other texts as they are. */
export function inEnglish(text: string): string {
  return HAN.test(text) ? text.replaceAll(pattern, (word) => ` ${table.get(word)!} `).trim() : text;
}
