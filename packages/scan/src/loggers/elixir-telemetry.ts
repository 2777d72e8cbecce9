/**
 * `:telemetry` events are no record by themselves: they are one where a handler that records is attached to them.
 * These two functions join both ends by the name of the event. https://hexdocs.pm/telemetry/telemetry.html
 */
import type { CallExpr, Expr } from "../ir/nodes.ts";
import { namesOf } from "./call-view.ts";

/** What a call attaches to events: `handler` is a function of event, measurements, metadata and config. */
export interface TelemetryHandler {
  readonly events: readonly string[];
  readonly handler: Expr;
}

/** The value of a module attribute, such as `@events`, where the call stands; undefined where there is none. */
export type AttributeOf = (name: string) => Expr | undefined;

/**
 * The events that a call sends, dotted: `:telemetry.execute([:app, :login, :failed], …)` → `["app.login.failed"]`.
 * A span sends `start`, then `stop` or `exception`. Empty for other calls and for names that are computed.
 */
export function telemetryEvents(call: CallExpr, attributeOf: AttributeOf): readonly string[] {
  const name = methodOf(call);
  const event = eventName(call.args[0], attributeOf);
  if (event === undefined) return [];
  if (name === "execute") return [event];
  return name === "span" ? [`${event}.start`, `${event}.stop`, `${event}.exception`] : [];
}

/** `:telemetry.attach(id, event, function, config)` and `attach_many(id, events, function, config)`; undefined for other calls. */
export function telemetryHandler(call: CallExpr, attributeOf: AttributeOf): TelemetryHandler | undefined {
  const name = methodOf(call);
  const [, named, handler] = call.args;
  if (named === undefined || handler === undefined) return undefined;
  if (name !== "attach" && name !== "attach_many") return undefined;
  const lists = name === "attach" ? [named] : listed(named, attributeOf);
  const events = lists.flatMap((one) => eventName(one, attributeOf) ?? []);
  return events.length === 0 ? undefined : { events, handler };
}

/** Whether the call is one of `:telemetry` itself. */
export function isTelemetry(call: CallExpr): boolean {
  return methodOf(call) !== "";
}

/** The function of `:telemetry` that is called; "" for other calls. */
function methodOf(call: CallExpr): string {
  const names = namesOf(call.callee);
  return names.length === 2 && names[0]!.replace(/^:/, "") === "telemetry" ? names[1]! : "";
}

function eventName(expr: Expr | undefined, attributeOf: AttributeOf): string | undefined {
  if (expr === undefined) return undefined;
  const items = listed(expr, attributeOf);
  const parts = items.map((item) => (item.kind === "literal" && item.symbol ? String(item.value) : undefined));
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(".");
}

/** The items of a list, of a module attribute, of lists joined by `++`; a part that cannot be read counts as one item. */
function listed(expr: Expr, attributeOf: AttributeOf): readonly Expr[] {
  if (expr.kind === "list") return expr.items;
  if (expr.kind === "binary" && expr.op === "++") return [...listed(expr.left, attributeOf), ...listed(expr.right, attributeOf)];
  const value = expr.kind === "name" && expr.name.startsWith("@") ? attributeOf(expr.name) : undefined;
  return value === undefined || value === expr ? [expr] : listed(value, () => undefined);
}
