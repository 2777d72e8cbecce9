import type { CorrelationRule, FurtherCondition } from "../../rule-ir.ts";

/** What a correlation has to keep of each event for its conditions. */
export interface Plan {
  /** Fields, or tuples of fields, whose values are counted or located. */
  readonly values: readonly (readonly string[])[];
  /** The field whose numbers are summed up. */
  readonly number: string | undefined;
  /** Whether it matters which of the rules an event matched. */
  readonly countsRules: boolean;
}

export function planOf(rule: CorrelationRule): Plan {
  const values = new Map<string, readonly string[]>();
  const keep = (fields: readonly string[]) => values.set(tupleKey(fields), fields);
  const { measure } = rule;
  if (measure.type === "value_count") keep(measure.fields);
  const further = rule.and.flatMap(alternatives);
  for (const condition of further) {
    if (condition.kind === "distinct") keep(condition.fields);
    if (condition.kind === "most-per" || condition.kind === "share-of" || condition.kind === "travel") keep([condition.field]);
  }
  const countsRules =
    measure.type === "temporal" || measure.type === "temporal_ordered" || further.some(({ kind }) => kind === "share-matching");
  return { values: [...values.values()], number: "field" in measure ? measure.field : undefined, countsRules };
}

/** Which of the plan's values a tuple of fields is. */
export function valueIndex(plan: Plan, fields: readonly string[]): number {
  return plan.values.findIndex((known) => tupleKey(known) === tupleKey(fields));
}

/**
 * Whether a rule waits for the end of its window: an upper bound on a number of events or values that stands alone would
 * hold at the first event of any group.
 */
export function waitsForEnd(rule: CorrelationRule): boolean {
  const { measure } = rule;
  if (measure.type !== "event_count" && measure.type !== "value_count") return false;
  return rule.and.length === 0 && measure.is.every(({ op }) => op === "lt" || op === "lte" || op === "neq");
}

/** A condition, or those that an `any` names. */
function alternatives(condition: FurtherCondition): readonly FurtherCondition[] {
  return condition.kind === "any" ? condition.of.flatMap(alternatives) : [condition];
}

function tupleKey(fields: readonly string[]): string {
  return JSON.stringify(fields);
}
