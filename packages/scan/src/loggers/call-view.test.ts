import { beforeAll, expect, test } from "vitest";
import { callView } from "./call-view.ts";
import { callsIn, loadLanguages } from "./harness/calls.ts";

beforeAll(loadLanguages);

test.each([
  ["logger.info(x)", "logger.info", "logger"],
  ["this.logger.child({}).info(x)", "logger.child.info", "this.logger"],
  ["(await getLogger(a)).warn(x)", "getLogger.warn", "getLogger"],
  ["new Logger(a).warn(x)", "Logger.warn", "Logger"],
  ["(req.log || logger).warn(x)", "req.log.warn", "req"],
  ["logger[level](x)", "logger.*", "logger"],
  ['logger["warn"](x)', "logger.warn", "logger"],
  ["log?.warn?.(x)", "log.warn", "log"],
  ["captureException(x)", "captureException", "captureException"],
  ["this.save(x)", "save", "this.save"],
  ["super.save(x)", "save", "super"],
  ["(() => 1)(x)", "", undefined],
])("%s reads %s and asks for %s", (text, path, root) => {
  const { call } = callsIn("sample.js", `async function run() { ${text}; }`)[0]!;
  const asked: string[] = [];
  const view = callView(call, (name) => {
    asked.push(name);
    return "somewhere";
  });
  expect(view.path).toBe(path);
  expect([...view.receiver, view.method].join(".")).toBe(path);
  expect(asked).toEqual(root === undefined ? [] : [root]);
  expect(view.origin).toBe(root === undefined ? "" : "somewhere");
});
