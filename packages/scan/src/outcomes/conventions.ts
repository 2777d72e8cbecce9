import { isFailure } from "../languages/language.ts";
import type { Walk } from "./walk.ts";
import { instanceOf, type Value } from "./values.ts";

const conventions = new WeakMap<object, Map<string, Value | null>>();

/** Last words of names under which applications keep the parts that act for them. */
const PART =
  /(?:service|repository|repo|manager|controller|store|provider|client|helper|handler|logger|auditor|audit|usecase|gateway|factory|model|dao|facade|api|auth|notifier|recorder|tracker)s?$/i;

/**
 * `userService` is an instance of the class `UserService` when one file of the project is named so.
 * Injection containers, service registries and untyped JavaScript leave no other trace.
 */
export function byConvention(walk: Walk, name: string): Value | undefined {
  if (name.length < 6 || !PART.test(name)) return undefined;
  let memo = conventions.get(walk.project);
  if (memo === undefined) conventions.set(walk.project, (memo = new Map()));
  const key = name
    .replace(/^(?:transactional|tx|trx)(?=[A-Z])/, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
  const known = memo.get(key);
  if (known !== undefined) return known ?? undefined;
  memo.set(key, null);
  const files = walk.project.named(key);
  const found =
    files.length === 0 || files.length > 3
      ? undefined
      : files.map((path) => conventional(walk, path, key)).find((value) => value !== undefined);
  memo.set(key, found ?? null);
  return found;
}

function conventional(walk: Walk, path: string, key: string): Value | undefined {
  const file = walk.project.file(path);
  if (file === undefined || isFailure(file)) return undefined;
  const matches = (name: string): boolean => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase() === key;
  const container = file.containers.find((one) => one.sort === "class" && (matches(one.name) || matches(one.name.replace(/Impl$/, ""))));
  if (container !== undefined) return instanceOf(container);
  return file.exports.length === 0 ? undefined : { kind: "file", file };
}
