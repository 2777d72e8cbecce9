import type { Names } from "@telltale/vocabulary";
import type { Expr } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Origin, Trace } from "../flow/origin.ts";
import { passOf } from "../flow/passes.ts";
import { SET } from "../flow/query.ts";
import type { LogLine } from "../lines.ts";
import type { LoggerSetup } from "../setup/setup.ts";
import { HARMLESS_OWN } from "./context.ts";
import { isDevelopmentOnly, isFailureOnly } from "./guards.ts";
import { printingOf } from "./printing.ts";
import { isRedacted } from "./redaction.ts";
import { outermost, type SecretRead } from "./reads.ts";
import { requestPartOf } from "./requests.ts";
import { isErrorName, isHidden, secretByName, type Secret } from "./secret.ts";
import type { createTypes, PrintedAs } from "./types.ts";
import { writtenBy, type Written } from "./written.ts";

export interface Facts {
  readonly names: Names;
  readonly trace: Trace;
  readonly reads: (line: LogLine) => readonly SecretRead[];
  readonly types: ReturnType<typeof createTypes>;
  readonly setup: (line: LogLine) => LoggerSetup;
}

/** The secrets that a log line writes, each once. */
export function secretsIn(line: LogLine, facts: Facts): readonly Secret[] {
  const found = writtenBy(line).flatMap((written) => secretsOf(written, line, facts));
  const seen = new Set<string>();
  const once = found.filter(({ shown }) => !seen.has(shown) && seen.add(shown));
  if (once.length === 0 || isDevelopmentOnly(line)) return [];
  return once.filter((secret) => !isRedacted(secret, facts.setup(line)));
}

function secretsOf(written: Written, line: LogLine, facts: Facts): readonly Secret[] {
  const found = secretsByValue(written, line, facts);
  return found.length > 0 ? found : secretsByType(written, line, facts);
}

/** Objects of a class with a secret that shows, handed over or spliced in. */
function secretsByType({ expr, fn }: Written, { file }: LogLine, { types, trace }: Facts): readonly Secret[] {
  const holes = expr.kind === "template" ? expr.parts.filter((part) => typeof part !== "string") : [];
  const objects = [unwrapped(expr, false), ...holes.map((one) => unwrapped(one, true))];
  return objects.flatMap(({ one, ...how }): Secret[] => {
    const found = types(one, { file, fn }, how);
    const origin = found === undefined ? undefined : trace(one, { file, fn })[0];
    if (found === undefined || origin === undefined || isHidden(origin)) return [];
    return [
      {
        kind: "request",
        origin,
        name: found.field,
        shown: `${file.text.slice(one.start, one.end)} (a ${found.name}, with ${found.field})`,
      },
    ];
  });
}

/** What a serialiser was given, where there is one. */
function unwrapped(expr: Expr, inText: boolean): PrintedAs & { readonly one: Expr } {
  const [given] = expr.kind === "call" ? expr.args : [];
  const isSerialiser = expr.kind === "call" && given !== undefined && passOf(namesOf(expr.callee).join("."))?.does === "escapes";
  return isSerialiser ? { one: given, inText, serialised: true } : { one: expr, inText, serialised: false };
}

function secretsByValue(written: Written, line: LogLine, facts: Facts): readonly Secret[] {
  if (written.expr.kind === "literal" || (written.expr.kind === "name" && isErrorName(written.expr.name))) return [];
  const origins = facts.trace(written.expr, { file: line.file, fn: written.fn });
  return origins.flatMap((origin) => {
    if (origin.through.includes("[]") || !isPrinted(origin, line)) return [];
    const named = secretByName(origin, facts.names);
    // The answer to a request for a token holds none where the request failed.
    if (named !== undefined && origin.kind === "call" && !origin.spliced && isFailureOnly(line, named.name)) return [];
    return named ?? secretByLabel(origin, written.label, facts.names) ?? secretWithin(origin, line, facts) ?? [];
  });
}

/** Calls that write a record as text that can be read. */
const isSerialised = (origin: Origin): boolean => origin.effects.includes("escapes");

/** Whether a value that lies in a record can be read where the record became text. */
function isPrinted(origin: Origin, line: LogLine): boolean {
  const isSet = origin.through.includes(SET);
  if (isSet && !isSerialised(origin)) {
    const printing = printingOf(line.file.language);
    return origin.spliced ? printing.objectInText : printing.objectAsArgument;
  }
  const isBuilt = origin.through.some((name) => name.startsWith("new ") && !/(?:Error|Exception)$/.test(name));
  if (isBuilt && !isSerialised(origin)) return printingOf(line.file.language).objectInText;
  return !origin.flattened || printingOf(line.file.language).recordInText || isSerialised(origin);
}

/** Names that say nothing of what they hold. */
const NEUTRAL =
  /^(?:[a-z]|pw|tok|res|ret|val|buf|out|value|val|input|result|raw|text|str|string|data|plain|generated|random|output|arg|param|temp)$/;

/** The message calls the value a secret, and its own name does not say otherwise. */
function secretByLabel(origin: Origin, label: string | undefined, names: Names): Secret | undefined {
  if (label === undefined || origin.kind === "literal" || origin.kind === "caught" || isHidden(origin)) return undefined;
  const verdict = names.verdict(label.split(" ").slice(-2).join("_"));
  const own = origin.names.at(-1) ?? "";
  if (verdict === undefined || verdict.onlyText || verdict.plural || HARMLESS_OWN.test(own) || origin.names.some(isErrorName))
    return undefined;
  if (origin.path.startsWith("new ")) return undefined;
  if (!NEUTRAL.test(own) && !/^(?:generate|create|make|random|new|issue)/i.test(own)) return undefined;
  return { kind: verdict.kind, origin, name: label, shown: origin.path === "" ? label : origin.path };
}

/** The value is an object of which the code shows that it holds a secret. */
function secretWithin(origin: Origin, line: LogLine, facts: Facts): Secret | undefined {
  if (origin.kind === "literal" || origin.kind === "caught" || isHidden(origin) || origin.only !== undefined) return undefined;
  if (origin.names.some(isErrorName)) return undefined;
  const part = requestPartOf(origin);
  const read = facts
    .reads(line)
    .find((one) => isReadOf(one, origin, line, part !== undefined) && !origin.without.includes(one.key) && !isFailureOnly(line, one.key));
  // What is taken apart by its keys where a function begins is a map that a request was made into.
  const isRecord = part !== undefined || read?.from === null;
  if (!isWholePrinted(origin, line, isRecord)) return undefined;
  if (part === "headers" || part === "cookies") {
    const removed = origin.without.some((key) => /authorization|cookie/i.test(key));
    return removed ? undefined : { kind: part === "headers" ? "authorization" : "cookie", origin, name: part, shown: origin.path };
  }
  if (part === "environment") return { kind: "custom", origin, name: origin.path, shown: `${origin.path}, with all its secrets,` };
  const kind = read === undefined ? undefined : facts.names.verdict(read.key)?.kind;
  return kind === undefined ? undefined : { kind, origin, name: read!.key, shown: `${origin.path} (with ${read!.key})` };
}

/** One call gives another object each time; what has a path is what has the same. */
function isReadOf({ of, from }: SecretRead, { path, expr, file }: Origin, line: LogLine, isRequest: boolean): boolean {
  if (isRequest && path.startsWith(`${of}.`)) return true;
  if (of !== path) return false;
  const fn = line.fn === null ? undefined : outermost(line.fn);
  return !path.includes("()") || (from === expr && file === line.file && fn !== undefined && fn.start <= expr.start && expr.end <= fn.end);
}

/** Whether an object as a whole can be read in the line. */
function isWholePrinted(origin: Origin, { file }: LogLine, isRecord: boolean): boolean {
  const printing = printingOf(file.language);
  if (isSerialised(origin)) return isRecord || printing.objectSerialised;
  if (isRecord) return !origin.spliced || printing.recordInText;
  return origin.spliced ? printing.objectInText : printing.objectAsArgument;
}
