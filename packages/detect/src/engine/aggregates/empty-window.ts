import type { CorrelationRule, FurtherCondition, Measure, RuleExpression } from "../../rule-ir.ts";
import { comparisonTest } from "./comparison.ts";

/** Whether a rule's condition holds over a window without any event: what silence is (telltale.expect). */
export function holdsOverNothing(rule: CorrelationRule): boolean {
  return measureOfNothing(rule.measure) && rule.and.every(furtherOfNothing);
}

function measureOfNothing(measure: Measure): boolean {
  switch (measure.type) {
    case "event_count":
    case "value_count":
    case "value_sum":
      return comparisonTest(measure.is)(0);
    case "temporal":
      return "count" in measure.needs ? comparisonTest(measure.needs.count)(0) : expressionOfNothing(measure.needs.expression);
    default:
      return false;
  }
}

function furtherOfNothing(condition: FurtherCondition): boolean {
  switch (condition.kind) {
    case "events":
    case "distinct":
    case "most-per":
      return comparisonTest(condition.is)(0);
    case "any":
      return condition.of.some(furtherOfNothing);
    default:
      return false;
  }
}

function expressionOfNothing(expression: RuleExpression): boolean {
  switch (expression.op) {
    case "rule":
      return false;
    case "not":
      return !expressionOfNothing(expression.of);
    case "and":
      return expression.of.every(expressionOfNothing);
    case "or":
      return expression.of.some(expressionOfNothing);
  }
}
