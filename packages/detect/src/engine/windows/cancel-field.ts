import type { CorrelationRule } from "../../rule-ir.ts";

/** The field of a rule that empties groups: as for the same rule among those referred to, else by the name of the group field. */
export function cancelField(rule: CorrelationRule, name: string, cancel: number): string {
  const field = rule.groupBy.find((known) => known.name === name)!;
  const own = field.cancelFields?.[cancel];
  if (own !== undefined) return own;
  const ref = rule.of.indexOf(rule.cancelOn[cancel]!);
  if (ref >= 0) return field.fields[ref] ?? name;
  // A name that none of the rules reads as it is, is an alias; where all read the same field, so does this one.
  const [first] = field.fields;
  return first !== undefined && field.fields.every((other) => other === first) ? first : name;
}
