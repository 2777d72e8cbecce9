import { jsonText } from "./parts/escape.ts";
import { handlerLabel, inReadingOrder } from "./parts/wording.ts";
import type { Finding, OfferedFix, OutcomeReport, Place, RenderContext, Report, Result, Severity } from "./result.ts";
import { catalogue, ruleIds, traits } from "../rules/catalogue.ts";
import type { RuleFacts } from "../rules/catalogue.ts";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; section numbers below are of it. */
export const sarif: Report = {
  id: "sarif",
  title: "SARIF 2.1.0, for code scanning",
  render: (result, context) => jsonText(sarifLog(result, context)),
};

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const baseId = "SRCROOT";

type Level = "error" | "warning" | "note";

const levelOf: Readonly<Record<Severity, Level>> = { critical: "error", high: "error", medium: "warning", low: "note" };

function sarifLog(result: Result, context: RenderContext): unknown {
  // Where one result of a run has suppressions, all must have them (3.27.23): an empty list says "not suppressed".
  const open = inReadingOrder(result.findings).map((finding) => ({
    ...resultOf(finding, context),
    ...offered(finding, context),
    suppressions: [],
  }));
  const accepted = result.suppressed.map(({ finding, by, reason }) => ({
    ...resultOf(finding, context),
    suppressions: [{ kind: by === "comment" ? "inSource" : "external", status: "accepted", justification: reason }],
  }));
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: result.tool.name, version: result.tool.version, rules: catalogue.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [baseId]: { description: { text: "The folder in which the scan was run." } } },
        invocations: [invocation(result, context)],
        artifacts: filesOf(result, context).map((file) => ({ location: artifact(file, context) })),
        results: [...open, ...accepted],
        properties: { summary: result.summary },
      },
    ],
  };
}

function descriptor(rule: RuleFacts): unknown {
  const { bad, good, language } = rule.examples[0];
  const limits = rule.limits.map((limit) => `- ${limit}`).join("\n");
  const fenced = (code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.finds },
    help: {
      text: `${rule.finds}\n\n${rule.matters}\n\nFor example:\n\n${bad}\n\nWrite instead:\n\n${good}\n\nKnown limits:\n\n${limits}`,
      markdown: `${rule.finds}\n\n${rule.matters}\n\n**For example**\n\n${fenced(bad)}\n\n**Write instead**\n\n${fenced(good)}\n\n**Known limits**\n\n${limits}`,
    },
    defaultConfiguration: { level: levelOf[traits[rule.id].severities[1]] },
    properties: { tags: ["security", ...rule.cwe.map((number) => `external/cwe/cwe-${number}`)] },
  };
}

function resultOf(finding: Finding, context: RenderContext): Record<string, unknown> {
  const name = handlerLabel(finding);
  return {
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: levelOf[finding.severity],
    message: { text: messageText(finding) },
    locations: [
      {
        physicalLocation: physical(finding.place, context),
        // At the top level of a file there is nothing to name.
        ...(name === "" ? {} : { logicalLocations: [{ name, kind: "function" }] }),
      },
    ],
    relatedLocations: related(finding, context).map((location, id) => ({ id, ...location })),
    partialFingerprints: { "telltale/v1": finding.fingerprint },
    codeFlows: codeFlows(finding, context),
    properties: {
      severity: finding.severity,
      action: finding.action,
      handler: finding.handler,
      route: finding.route,
      write: finding.write,
      ...(finding.instead === undefined ? {} : { instead: finding.instead }),
    },
  };
}

/** What is wrong, why it is thought so, what it costs, and what to write. Nothing in it may read as a link (3.11.6). */
function messageText(finding: Finding): string {
  const write = finding.write.map(({ kind, line }) => `Write on ${kind}: ${line}`);
  const instead = finding.instead === undefined ? [] : [`Write instead: ${finding.instead}`];
  const lines = [finding.message, `Because: ${finding.because}`, finding.gain, ...instead, ...write];
  return unlinked(lines.join("\n"));
}

function unlinked(text: string): string {
  return text.replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

/** The changes that the caller offers (3.55 to 3.57); each against the files as they are. */
function offered(finding: Finding, context: RenderContext): Readonly<Record<string, unknown>> {
  const fixes = context.fixesOf?.(finding) ?? [];
  return fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixOf(fix, context)) };
}

function fixOf({ description, changes }: OfferedFix, context: RenderContext): unknown {
  return {
    description: { text: unlinked(description) },
    artifactChanges: changes.map(({ file, replacements }) => ({
      artifactLocation: artifact(file, context),
      replacements: replacements.map(({ line, column, endLine, endColumn, text }) => ({
        deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
        insertedContent: { text },
      })),
    })),
  };
}

type Location = Readonly<Record<string, unknown>>;

/** The silent ends, or where the value came from. */
function related({ silent, flow }: Finding, context: RenderContext): readonly Location[] {
  return [...silent.map((outcome) => locationOfEnd(outcome, context)), ...flow.slice(0, -1).map((step) => locationOfStep(step, context))];
}

/** A flow for each silent outcome, from the handler to its end; one for a value, from its source to the place. */
function codeFlows({ silent, flow }: Finding, context: RenderContext): readonly unknown[] {
  const ends = silent.map((outcome) => [...outcome.path.map((step) => locationOfStep(step, context)), locationOfEnd(outcome, context)]);
  const value = flow.length === 0 ? [] : [flow.map((step) => locationOfStep(step, context))];
  return [...ends, ...value].map((locations) => ({ threadFlows: [{ locations: locations.map((location) => ({ location })) }] }));
}

function locationOfStep(step: Place & { readonly note: string }, context: RenderContext): Location {
  return { physicalLocation: physical(step, context), message: { text: step.note } };
}

function locationOfEnd(outcome: OutcomeReport, context: RenderContext): Location {
  return {
    physicalLocation: { artifactLocation: artifact(outcome.file, context), region: { startLine: outcome.line } },
    message: { text: `${outcome.kind}, not recorded: ${outcome.end}` },
  };
}

function physical({ file, line, column, endLine, endColumn }: Place, context: RenderContext): unknown {
  return { artifactLocation: artifact(file, context), region: { startLine: line, startColumn: column, endLine, endColumn } };
}

function invocation({ notAnalysed, suppressionProblems }: Result, context: RenderContext): unknown {
  return {
    executionSuccessful: true,
    toolExecutionNotifications: notAnalysed.map(({ file, reason, message }) => ({
      descriptor: { id: `not-analysed/${reason}` },
      level: "warning",
      message: { text: message },
      locations: [{ physicalLocation: { artifactLocation: artifact(file, context) } }],
    })),
    toolConfigurationNotifications: suppressionProblems.map(({ file, line, message }) => ({
      descriptor: { id: "suppression-comment" },
      level: "warning",
      message: { text: message },
      locations: [{ physicalLocation: { artifactLocation: artifact(file, context), region: { startLine: line } } }],
    })),
  };
}

function artifact(file: string, context: RenderContext): { uri: string; uriBaseId: string } {
  // A relative reference under a base may not climb out of it (3.4.4).
  const prefix = /^(?:\.\.|\/|[A-Za-z]:)/.test(context.prefix ?? "") ? "" : (context.prefix ?? "");
  const path = `${prefix}${file}`.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: baseId };
}

/** Every file that a result or notification names, sorted. */
function filesOf(result: Result, { fixesOf }: RenderContext): readonly string[] {
  const findings = [...result.findings, ...result.suppressed.map(({ finding }) => finding)];
  const outcomes = findings.flatMap((finding) => finding.silent);
  const fixes = fixesOf === undefined ? [] : result.findings.flatMap(fixesOf);
  const named = [
    ...fixes.flatMap(({ changes }) => changes.map(({ file }) => file)),
    ...findings.flatMap(({ place, flow }) => [place.file, ...flow.map((step) => step.file)]),
    ...outcomes.flatMap(({ file, path }) => [file, ...path.map((step) => step.file)]),
    ...result.notAnalysed.map(({ file }) => file),
    ...result.suppressionProblems.map(({ file }) => file),
  ];
  return [...new Set(named)].sort();
}
