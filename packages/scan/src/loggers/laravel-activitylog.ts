import type { CallView, Logger, RecordFact } from "./logger.ts";
import { entryOf } from "../frameworks/reading.ts";
import type { CallExpr, Expr } from "../ir/nodes.ts";
import { arrayText, phpText } from "./php-write.ts";

/** Steps of the chain that say something. https://spatie.be/docs/laravel-activitylog/basic-usage/logging-activity */
const SAYING: ReadonlySet<string> = new Set(["event", "withProperties", "withProperty", "activity"]);

/** spatie/laravel-activitylog: rows that `activity()->…->log('…')` writes. Its trait is a matter of the model. */
export const laravelActivitylog: Logger = {
  id: "laravel-activitylog",
  title: "spatie/laravel-activitylog",
  docs: "https://spatie.be/docs/laravel-activitylog",
  languages: ["php"],
  enabledBy: { packagist: ["spatie/laravel-activitylog"] },
  preference: 5,
  record,
  write: (line) => `activity()->event(${phpText(line.event)})->withProperties(${arrayText(line.details)})->log(${phpText(line.event)})`,
};

function record({ call, method, receiver }: CallView): RecordFact | undefined {
  if (method !== "log" || receiver[0] !== "activity" || call.args.length === 0) return undefined;
  const steps = stepsOf(call);
  const fields = steps.flatMap((step) => step.args).find((arg) => arg.kind === "record" && entryOf(arg, "event") === undefined);
  const gives = steps.some((step) => nameOf(step) === "causedByAnonymous") ? [] : (["actor"] as const);
  const says: readonly Expr[] = [...call.args, ...steps.filter((step) => SAYING.has(nameOf(step))).flatMap((step) => step.args)];
  return { level: "audit", says, gives, ...(fields === undefined ? {} : { fields }) };
}

/** The calls before the last one. */
function stepsOf(call: CallExpr): readonly CallExpr[] {
  const before = call.callee.kind === "member" ? call.callee.object : undefined;
  return before?.kind === "call" ? [...stepsOf(before), before] : [];
}

function nameOf({ callee }: CallExpr): string {
  return callee.kind === "name" ? callee.name : callee.kind === "member" ? (callee.property ?? "") : "";
}
