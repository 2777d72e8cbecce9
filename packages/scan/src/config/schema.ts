import { actions } from "@telltale/vocabulary";
import type { ActionName } from "@telltale/vocabulary";
import { z } from "zod";
import { ruleIds } from "../rules/catalogue.ts";
import type { RuleId } from "../report/result.ts";
import { severities } from "../settle/severity.ts";
import type { Config, OwnLogger } from "./config.ts";

const glob = z.string().min(1, "an empty glob matches nothing");
const calledName = z.string().regex(/^\S+$/, "a name without spaces is needed, such as AuditService.record");
const ruleSetting = z.enum(["off", ...severities]);
const actionName = z.enum(["none", ...(Object.keys(actions) as ActionName[])]);

const rules = z.strictObject(
  Object.fromEntries(ruleIds.map((id) => [id, ruleSetting.optional()])) as Record<RuleId, z.ZodOptional<typeof ruleSetting>>,
);

const ownLogger = z.union([
  calledName.transform((name): OwnLogger => ({ name })),
  z.strictObject({
    name: calledName,
    level: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "audit"]).optional(),
  }),
]);

const actionOverride = z
  .strictObject({
    files: glob.optional().describe("Glob on the file. Absent: every file."),
    handler: glob.optional().describe("Glob on the handler's name or its route. Absent: every handler."),
    action: actionName.describe("What the handlers do; none where they do nothing sensitive."),
    reason: z.string().min(1).optional().describe("Why. Mandatory where the action is none."),
  })
  .refine((entry) => entry.files !== undefined || entry.handler !== undefined, "files or handler is needed")
  .refine((entry) => entry.action !== "none" || entry.reason !== undefined, "an action of none needs a reason");

/** What telltale.yaml may hold. Its output is `Config`. */
export const configSchema = z.strictObject({
  include: z.array(glob).default([]).describe("Globs of the files to scan, relative to the scanned folder. Empty: all."),
  exclude: z.array(glob).default([]).describe("Globs of files to leave out, beside what .gitignore leaves out."),
  rules: rules.default({}).describe("Switches a rule off, or gives all its findings one severity."),
  loggers: z.array(ownLogger).default([]).describe("Loggers and logging functions of your own, by the name they are called by."),
  audit: z.array(calledName).default([]).describe("Audit sinks of your own: a call of one is a record."),
  actions: z.array(actionOverride).default([]).describe("What handlers do, where you know better. The last entry that fits decides."),
  baseline: z.string().min(1).nullable().default(null).describe("Path of the baseline, relative to the config file."),
  failOn: z.enum(severities).default("low").describe("Findings at or above this severity make the command exit with 1."),
}) satisfies z.ZodType<Config, unknown>;

/** The schema that is published for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(configSchema, { io: "input", target: "draft-7" }),
    title: "telltale.yaml",
    description: "Settings of a Telltale scan.",
  };
}
