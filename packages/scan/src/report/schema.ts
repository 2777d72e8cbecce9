import { actions } from "@telltale/vocabulary";
import type { ActionName } from "@telltale/vocabulary";
import { z } from "zod";
import { ruleIds } from "../rules/catalogue.ts";
import { severities } from "../settle/severity.ts";
import type { Result } from "./result.ts";

const actionNames = Object.keys(actions) as ActionName[];
const line = z.int().min(1);
const number = z.int().min(0);
const outcomeKind = z.enum(["success", "failure"]);

const place = z.strictObject({
  file: z.string().describe("Relative to the scanned folder, with forward slashes."),
  line,
  column: z.int().min(1),
  endLine: line,
  endColumn: z.int().min(1),
});

const record = z.strictObject({
  file: z.string(),
  line,
  event: z.string().optional(),
  details: z.array(z.string()),
  by: z.enum(["log", "audit", "framework"]),
});

const outcome = z.strictObject({
  kind: outcomeKind,
  line,
  file: z.string(),
  end: z
    .string()
    .describe('What ends it: `answers 401 "Invalid password"`, `throws UnauthorizedException (401)`, `redirects`, `returns normally`.'),
  recorded: z.union([z.boolean(), z.literal("unknown")]),
  records: z.array(record),
  path: z.array(place.extend({ note: z.string() })).describe("The branch points and calls that lead there, in order."),
  unresolved: z
    .array(place.extend({ call: z.string() }))
    .optional()
    .describe("Calls that could not be resolved."),
});

const evidence = z.strictObject({
  source: z.string(),
  text: z.string(),
  weight: z.number(),
  line: line.optional(),
});

const handler = z.strictObject({
  file: z.string(),
  line,
  endLine: line,
  handler: z.string(),
  route: z.string().nullable(),
  framework: z.string(),
  kind: z.enum(["route", "gate", "callback"]),
  action: z.enum(["none", ...actionNames]),
  verdict: z.enum(["missing", "partial", "adequate", "unknown", "not_sensitive"]),
  evidence: z.array(evidence),
  outcomes: z.array(outcome),
});

const finding = z.strictObject({
  rule: z.enum(ruleIds),
  severity: z.enum(severities),
  place,
  handler: z.string(),
  route: z.string().nullable(),
  action: z.enum(actionNames).nullable().describe("What the handler does; null where the finding concerns no handler."),
  message: z.string(),
  silent: z.array(outcome).describe("The outcomes without a record; empty for rules about what is written."),
  flow: z.array(place.extend({ note: z.string() })).describe("Where the value came from, step by step up to the place."),
  because: z.string(),
  gain: z.string().describe("What an attacker gains."),
  instead: z.string().optional().describe("What to write in place of what stands there."),
  write: z.array(z.strictObject({ kind: outcomeKind, event: z.string(), line: z.string() })),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});

/** The JSON report, version 1. A later version may add keys; it changes or removes none without a new number. */
export const resultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal("telltale"), version: z.string() }),
  handlers: z.array(handler).describe("Every handler that was examined."),
  findings: z.array(finding),
  suppressed: z.array(z.strictObject({ finding, by: z.enum(["comment", "baseline"]), reason: z.string() })),
  suppressionProblems: z.array(z.strictObject({ file: z.string(), line, message: z.string() })),
  notAnalysed: z.array(
    z.strictObject({
      file: z.string(),
      reason: z.enum(["too-large", "minified", "binary", "unreadable", "syntax", "cyclic-link"]),
      message: z.string(),
    }),
  ),
  frameworks: z.array(z.string()),
  loggers: z.array(z.string()),
  summary: z.strictObject({
    handlers: number,
    sensitive: number,
    adequate: number,
    partial: number,
    missing: number,
    unknown: number,
    outcomes: number.describe("Outcomes of sensitive handlers."),
    recorded: number.describe("Those with a record."),
    files: number,
    parsed: number,
  }),
}) satisfies z.ZodType<Result>;

/** The schema that is published. */
export function reportJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(resultSchema, { io: "output", target: "draft-7" }),
    title: "Telltale report, version 1",
    description: "What telltale scan --format json prints. Lines and columns count from 1.",
  };
}
