/** Functions that a file gives to Firebase: its exports, alone or in groups. https://firebase.google.com/docs/functions/organize-functions */
import type { CallExpr } from "../../ir/nodes.ts";
import type { End, FileView, HandlerFound } from "../framework.ts";
import { isSource } from "../modules/file-paths.ts";
import { entryAt, ownExports, type Exported } from "../modules/follow.ts";
import { bare, isClosure, methodOf, namesOf, stringOf } from "../reading.ts";
import { functionBehind } from "../routers/functions.ts";

const PACKAGE = /^firebase-functions(?:\/.*)?$/;

/** An exported call of one of the triggers, with what it runs. */
export interface Deployed {
  readonly trigger: string;
  readonly name: string;
  readonly entry: HandlerFound["entry"];
  readonly at: { readonly start: number; readonly end: number };
}

export function deployed(view: FileView, triggers: ReadonlySet<string>): readonly Deployed[] {
  if (!isSource(view.file.path)) return [];
  return ownExports(view.file)
    .filter((one) => one.name !== "default")
    .flatMap((one) => ofValue(view, one, one.name, triggers));
}

function ofValue(view: FileView, one: Exported, name: string, triggers: ReadonlySet<string>): readonly Deployed[] {
  const value = bare(one.expr);
  if (value.kind === "record") {
    return value.entries.flatMap((entry) => {
      const { start, end } = entry;
      if (entry.key === null) return [];
      return ofValue(view, { ...one, expr: entry.value, at: { start, end } }, `${name}-${entry.key}`, triggers);
    });
  }
  if (value.kind !== "call" || !triggers.has(methodOf(value)) || !isFirebase(view, value)) return [];
  const expr = value.args.at(-1);
  if (expr === undefined || !(isClosure(expr) || functionBehind(expr, view, one.scope) !== undefined)) return [];
  return [{ trigger: methodOf(value), name, entry: entryAt({ ...one, expr }), at: one.at }];
}

/** `onCall(…)`, `https.onCall(…)`, `functions.region("x").https.onCall(…)`. */
function isFirebase(view: FileView, call: CallExpr): boolean {
  const names = namesOf(call.callee);
  const source = view.importOf(names[0] ?? "")?.source;
  return source === undefined ? names.includes("https") || isBuilt(view, names[0]) : PACKAGE.test(source);
}

/** `const builder = functions.runWith(…)` */
function isBuilt(view: FileView, name: string | undefined): boolean {
  const value = name === undefined ? undefined : view.valueOf(name, null);
  const source = value === undefined ? undefined : view.importOf(namesOf(value)[0] ?? "")?.source;
  return source !== undefined && PACKAGE.test(source);
}

/** Codes of HttpsError and the HTTP statuses that they are answered with: firebase-functions, src/common/providers/https.ts. */
const CODES: Readonly<Record<string, number>> = {
  "invalid-argument": 400,
  "failed-precondition": 400,
  "out-of-range": 400,
  unauthenticated: 401,
  "permission-denied": 403,
  "not-found": 404,
  aborted: 409,
  "already-exists": 409,
  "resource-exhausted": 429,
  cancelled: 499,
  internal: 500,
  unknown: 500,
  "data-loss": 500,
  unimplemented: 501,
  unavailable: 503,
  "deadline-exceeded": 504,
};

/** `new HttpsError("unauthenticated", "…")` */
export function httpsErrorOf(call: CallExpr): End | undefined {
  if (!call.creates || methodOf(call) !== "HttpsError") return undefined;
  const code = stringOf(call.args[0]) ?? "";
  if (!Object.hasOwn(CODES, code)) return undefined;
  const denied = code === "unauthenticated" || code === "permission-denied" ? { kind: "denied" as const } : {};
  return { status: CODES[code]!, ...denied, says: call.args.slice(1) };
}
