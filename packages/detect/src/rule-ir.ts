/**
 * The rule IR: what a Sigma file means to Telltale, free of Sigma's spelling. docs/semantics.md says in words what each
 * of these holds true of; engines (the streaming one here, SQL later) take it and must agree.
 */
import type { LogSource } from "./event.ts";

/** Sigma's levels, the mildest first. */
export const levels = ["informational", "low", "medium", "high", "critical"] as const;

export type Level = (typeof levels)[number];

/** Where a rule stands, for messages. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A control that an alert of this rule serves, such as `{ framework: "PCI DSS", id: "10.4.1" }`. */
export interface ControlRef {
  readonly framework: string;
  readonly id: string;
}

/** What is known of a rule beside what it matches. */
export interface RuleFacts {
  /** Unique in a set and stable over releases: the rule's id, else its name, else file and number of the document. */
  readonly key: string;
  readonly id?: string;
  readonly name?: string;
  readonly title: string;
  readonly level: Level;
  readonly status?: string;
  readonly description?: string;
  readonly author?: string;
  readonly references: readonly string[];
  /** As written: `attack.t1110.004`. */
  readonly tags: readonly string[];
  /** ATT&CK technique ids of the tags: `T1110.004`. */
  readonly techniques: readonly string[];
  readonly falsePositives: readonly string[];
  readonly controls: readonly ControlRef[];
  /** What to do next, a step a line. */
  readonly respond: readonly string[];
  readonly place: Place;
  /** False for a rule that only feeds correlations (referred to, and no `generate`). */
  readonly alerts: boolean;
}

export type CompareOp = "gt" | "gte" | "lt" | "lte" | "eq" | "neq";

/** All comparisons of a list must hold: two make a range. */
export interface Comparison {
  readonly op: CompareOp;
  readonly value: number;
}

/** A value test of a detection. Strings are compared without case unless `cased`. */
export type ValueTest =
  | { readonly kind: "equals"; readonly value: string | number | boolean | null; readonly cased: boolean }
  | { readonly kind: "contains" | "startswith" | "endswith"; readonly value: string; readonly cased: boolean }
  /** Sigma's wildcards between literal parts: `*` any run, `?` one character. */
  | { readonly kind: "glob"; readonly parts: readonly (string | "any" | "one")[]; readonly pattern: string; readonly cased: boolean }
  /** RE2 syntax and linear time; `flags` of `i`, `m`, `s`. */
  | { readonly kind: "regex"; readonly source: string; readonly flags: string }
  | { readonly kind: "cidr"; readonly value: string }
  | { readonly kind: "compare"; readonly is: Comparison }
  | { readonly kind: "exists"; readonly value: boolean }
  /** Equal to (or with `part`, contained in, at the start or end of) another field of the same event. */
  | {
      readonly kind: "field";
      readonly field: string;
      readonly part: "equals" | "contains" | "startswith" | "endswith";
      readonly cased: boolean;
    }
  /** A part of the field read as time, in UTC. */
  | { readonly kind: "time"; readonly unit: "minute" | "hour" | "day" | "week" | "month" | "year"; readonly is: Comparison };

/** What an event must be. */
export type Match =
  | { readonly op: "all" | "any"; readonly of: readonly Match[] }
  | { readonly op: "not"; readonly of: Match }
  /** A field; a list of values in the event matches if one of them does. */
  | { readonly op: "field"; readonly field: string; readonly test: ValueTest }
  /** Any string value of the event, at any depth. */
  | { readonly op: "keyword"; readonly test: ValueTest };

/** What a detection needs to know of earlier events. It matches an event when `match` holds and this holds too. */
export type Memory =
  /** The tuple of `fields` was not seen before for the tuple of `by`, and `by` was first seen `learn` ms ago or earlier. A tuple unseen for `forget` ms counts as new. */
  | {
      readonly kind: "first-seen";
      readonly fields: readonly string[];
      readonly by: readonly string[];
      readonly learn: number;
      readonly forget: number;
    }
  /** Numbers of `field` (a count from 1) are missing for the tuple of `by`, once allowed lateness has passed. */
  | { readonly kind: "gap"; readonly field: string; readonly by: readonly string[] };

export interface DetectionRule extends RuleFacts {
  readonly kind: "detection";
  readonly logsource: LogSource;
  readonly match: Match;
  readonly memory?: Memory;
  /** One alert for matches of one group that are less than `quiet` ms apart. Default: by `actor.id` and `source.ip`, 10 minutes. */
  readonly episode: { readonly groupBy: readonly string[]; readonly quiet: number };
}

/** One field of a group. */
export interface GroupField {
  /** As `group-by` names it: a field or an alias. */
  readonly name: string;
  /** The event's field for each referred rule, in the order of `of`: differs where `name` is an alias. */
  readonly fields: readonly string[];
  /** The event's field for each rule of `cancelOn`, in their order. Default: as for the same rule in `of`, else `name`. */
  readonly cancelFields?: readonly string[];
}

/** Boolean expression over the referred rules (indices into `of`): true where the rule matched in the window. */
export type RuleExpression =
  | { readonly op: "and" | "or"; readonly of: readonly RuleExpression[] }
  | { readonly op: "not"; readonly of: RuleExpression }
  | { readonly op: "rule"; readonly index: number };

/** The measure of a correlation over the events of one group in `(t − timespan, t]`. */
export type Measure =
  | { readonly type: "event_count"; readonly is: readonly Comparison[] }
  /** Distinct tuples of `fields`. An event that lacks one of them adds no tuple. */
  | { readonly type: "value_count"; readonly fields: readonly string[]; readonly is: readonly Comparison[] }
  | { readonly type: "value_sum" | "value_avg"; readonly field: string; readonly is: readonly Comparison[] }
  | { readonly type: "value_percentile"; readonly field: string; readonly percentile: number; readonly is: readonly Comparison[] }
  /** How many of the referred rules matched. */
  | { readonly type: "temporal"; readonly needs: { readonly count: readonly Comparison[] } | { readonly expression: RuleExpression } }
  | { readonly type: "temporal_ordered" };

/** A further condition over the same events (telltale.and). */
export type FurtherCondition =
  | { readonly kind: "events"; readonly is: readonly Comparison[] }
  | { readonly kind: "distinct"; readonly fields: readonly string[]; readonly is: readonly Comparison[] }
  /** The largest number of events that one value of `field` has. */
  | { readonly kind: "most-per"; readonly field: string; readonly is: readonly Comparison[] }
  /** The share (0 to 1) of the values of `field` whose number of events is within `tries`. */
  | { readonly kind: "share-of"; readonly field: string; readonly tries: readonly Comparison[]; readonly is: readonly Comparison[] }
  /** The share (0 to 1) of the events that matched the referred rule `index`. */
  | { readonly kind: "share-matching"; readonly index: number; readonly is: readonly Comparison[] }
  /** Milliseconds from the first to the last event. */
  | { readonly kind: "span"; readonly is: readonly Comparison[] }
  /** Two successive events from addresses so far apart (km) that the way took at least this speed (km/h). Events without a known place do not count. */
  | { readonly kind: "travel"; readonly distance: number; readonly speed: number; readonly field: string }
  | { readonly kind: "any"; readonly of: readonly FurtherCondition[] };

export interface CorrelationRule extends RuleFacts {
  readonly kind: "correlation";
  /** Keys of the referred rules; for `temporal_ordered` in their order. May be correlations. */
  readonly of: readonly string[];
  /** What the rule calls them: for people. Default: their keys. */
  readonly called?: readonly string[];
  readonly groupBy: readonly GroupField[];
  /** Milliseconds. */
  readonly timespan: number;
  readonly measure: Measure;
  /** All must hold beside the measure. */
  readonly and: readonly FurtherCondition[];
  /** Keys of rules: an event that matches one of them empties the window of its group. */
  readonly cancelOn: readonly string[];
  /**
   * The groups that must speak (telltale.expect): `seen` = each that spoke once, or a list of values of the one group
   * field. The condition is then judged for them also when no event comes.
   */
  readonly expect?: "seen" | readonly string[];
}

export type Rule = DetectionRule | CorrelationRule;

/** Rules in an order in which each stands after those that it refers to. */
export interface RuleSet {
  readonly rules: readonly Rule[];
}
