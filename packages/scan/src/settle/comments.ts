import type { SourceComment } from "../contract.ts";
import { didYouMean } from "../nearest.ts";
import type { RuleId } from "../report/result.ts";
import { ruleFacts, ruleIds } from "../rules/catalogue.ts";

/** A suppression comment that may accept findings: every rule in it is known and it has a reason. */
export interface Suppression {
  readonly file: string;
  readonly line: number;
  readonly rules: readonly RuleId[];
  readonly reason: string;
  /** `file`: all of the file. Else the lines whose handlers and outcomes it covers. */
  readonly covers: "file" | readonly number[];
}

/** A complaint about a suppression comment. */
export interface SuppressionProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** The comment is well formed, but accepted nothing. */
  readonly unused: boolean;
}

/** Rules, colon and reason are all optional here, so that what lacks can be named. */
const form = /^telltale-ignore(-file)?(?=[\s:]|$)([^:]*)(?::([\s\S]*))?$/;
const opening = /^\s*(?:\/\/+!?|\/\*+|#+|--+|<!--|\{?\s*\/\*+|\*)\s*/;
const closing = /\s*(?:\*\/\}?|-->)\s*$/;

/** What a comment says about suppression; undefined where it is an ordinary comment. */
export function readComment(file: string, comment: SourceComment): Suppression | SuppressionProblem | undefined {
  const text = comment.text.replace(opening, "").replace(closing, "").trim();
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, wholeFile, names = "", reason = ""] = match;
  const rules = names.split(/[,\s]+/).filter((name) => name !== "");
  const fault = faultOf(rules, reason.trim());
  if (fault !== undefined) return { file, line: comment.line, message: fault, unused: false };
  return {
    file,
    line: comment.line,
    rules: rules.filter(isRule),
    reason: reason.trim().replace(/\s+/g, " "),
    covers: wholeFile === undefined ? coveredLines(comment) : "file",
  };
}

function coveredLines({ line, nextCodeLine, trailing }: SourceComment): readonly number[] {
  return trailing ? [line] : [line, nextCodeLine];
}

export function isProblem(read: Suppression | SuppressionProblem): read is SuppressionProblem {
  return "message" in read;
}

function faultOf(rules: readonly string[], reason: string): string | undefined {
  const unknown = rules.find((name) => !isRule(name));
  if (unknown !== undefined) return `unknown rule "${unknown}"${didYouMean(unknown, ruleIds)}`;
  if (rules.length === 0) return "no rule is named; write telltale-ignore RULE: reason";
  if (reason === "") return `a reason is missing; write telltale-ignore ${rules.join(", ")}: reason`;
  return undefined;
}

function isRule(name: string): name is RuleId {
  return ruleFacts(name) !== undefined;
}
