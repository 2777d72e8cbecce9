import { createNames } from "@telltale/vocabulary";
import { createCallees } from "../content/flow/callees.ts";
import type { LogLine } from "../content/lines.ts";
import { OPERATOR_PLACES } from "../content/secrets/context.ts";
import { secretsIn, type Facts } from "../content/secrets/found.ts";
import { insteadOf } from "../content/secrets/instead.ts";
import { KINDS, lesser } from "../content/secrets/kinds.ts";
import { printsIn } from "../content/secrets/prints.ts";
import { createReads } from "../content/secrets/reads.ts";
import type { Secret } from "../content/secrets/secret.ts";
import { createTypes } from "../content/secrets/types.ts";
import type { FileIR } from "../ir/nodes.ts";
import type { Severity } from "../report/result.ts";
import type { ContentRule, Issue, Scene } from "./scene.ts";
import { listed } from "./listed.ts";

/** What a secret may be called, and what writes a line: a text with none of one kind has no finding. */
const MAY_HOLD =
  /^(?=[\s\S]*?(?:log|print|console|puts|warn|info\(|debug|error\(|trace|inspect|sentry|capture|emit))(?=[\s\S]*?(?:pass|pwd|secret|token|jwt|otp|\bpin\b|credential|api_?-?key|(?:private|access|secret|auth|encryption|signing|session|app|license|master|shared|deploy|ssh)_?key|authoriz|bearer|cookie|session_?id|getsession|cvv|cvc|card_?num|credit|ssn|iban|social|mnemonic|recovery|(?:backup|verification|verify|security|access|auth|login|reset|sms)_?(?:code|link|url|answer)|magic_?link|headers?\b|environ|\benv\b|getenv|connection_?string|database_?url|dsn|login|sign_?up|sign_?in|\bpem\b))/i;

export const sensitiveDataInLog: ContentRule = {
  id: "sensitive-data-in-log",
  mayHold: MAY_HOLD,
  readsLines: true,
  check: (scene) => {
    const names = createNames();
    const reads = createReads(scene.trace, names);
    const facts: Facts = {
      names,
      trace: scene.trace,
      reads: ({ file, fn }) => reads(file, fn),
      types: createTypes(createCallees(scene.project), names),
      setup: scene.setupOf,
    };
    return scene.files.flatMap((file) => linesOf(scene, file).flatMap((line) => issueOf(line, facts) ?? []));
  },
};

/** Log lines and what is printed. A line that stands in several arms after lowering is one line. */
function linesOf({ lines: linesIn }: Scene, file: FileIR): readonly LogLine[] {
  const lines = [...linesIn(file), ...printsIn(file, linesIn(file))];
  const seen = new Set<number>();
  return lines.filter(({ call }) => !seen.has(call.start) && seen.add(call.start));
}

function issueOf(line: LogLine, facts: Facts): Issue | undefined {
  const secrets = secretsIn(line, facts);
  const [worst] = secrets.toSorted((a, b) => rank(KINDS[a.kind].severity) - rank(KINDS[b.kind].severity));
  if (worst === undefined) return undefined;
  const shown = secrets.map((one) => `\`${one.shown}\``);
  return {
    file: line.file,
    at: line.call,
    fn: line.fn,
    severity: severityOf(KINDS[worst.kind].severity, line),
    message: `${listed(shown)} ${shown.length > 1 ? "are" : "is"} written to the log`,
    because: becauseOf(worst, line),
    gain: KINDS[worst.kind].gain,
    flow: worst.origin.steps,
    instead: insteadOf(line, secrets),
    key: secrets
      .map((one) => one.shown)
      .toSorted()
      .join(" "),
    data: { secrets: secrets.map((one) => one.shown) },
  };
}

const ORDER: readonly Severity[] = ["critical", "high", "medium", "low"];
const rank = (severity: Severity): number => ORDER.indexOf(severity);

/** A line that production does not write is one degree better; what a person at a terminal is told on purpose is only worth a look. */
function severityOf(severity: Severity, { fact, file }: LogLine): Severity {
  if (fact.unstructured === true && OPERATOR_PLACES.test(file.path)) return "low";
  return fact.level === "debug" || fact.level === "trace" ? lesser(severity) : severity;
}

function becauseOf({ kind, name, origin }: Secret, line: LogLine): string {
  const { title } = KINDS[kind];
  const way = origin.steps.length > 1 ? `${origin.steps.map((step) => step.note).join(", ")}, and reaches` : "and reaches";
  return `\`${name}\` is the name of ${title}; it ${way.startsWith("and") ? way.slice(4) : way} \`${line.view.path}\``;
}
