import { events as vocabulary } from "@telltale/vocabulary";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { SetupError } from "./errors.ts";
import type { EventDeclarations } from "./events/details.ts";
import type { OutputOptions } from "./outputs.ts";
import type { ContextOptions } from "./context/settings.ts";
import { ocsfVersions } from "./formats/index.ts";
import type { RedactOptions } from "./redact/options.ts";
import type { Warning } from "./warnings.ts";

/** What `createSecurityLog` takes. Only `service` is needed. */
export interface SecurityLogOptions<Own extends EventDeclarations = EventDeclarations> extends ContextOptions {
  /** The application's name, or more of it. */
  readonly service: string | { readonly name: string; readonly version?: string; readonly environment?: string };
  /** Where records go. Default: JSON lines to standard output. */
  readonly outputs?: OutputOptions | readonly OutputOptions[];
  /** What is secret beside what is known to be; pseudonyms for identifiers. */
  readonly redact?: RedactOptions;
  /** Events of the application's own. */
  readonly events?: Own;
  /** Key for the hash of session identifiers, 32 bytes or more. Default: a random one, so that hashes hold for one run only. */
  readonly sessionKey?: string | Uint8Array;
  /** Seconds between heartbeats, which say how far the sequence has come and what was lost. Default: 300; `false`: none. */
  readonly heartbeat?: number | false;
  /** Records start, stop and crash of the process. Default: true. */
  readonly lifecycle?: boolean;
  /** Told once of every kind of misuse. Default: a Node.js process warning. */
  readonly onWarning?: (warning: Warning) => void;
}

const some = z.custom<unknown>((value) => value !== undefined);
const text = z.string().min(1);
const detail = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enum"), required: z.boolean(), description: z.string().optional(), values: z.array(text).min(1) }),
  z.strictObject({
    type: z.enum(["string", "integer", "boolean", "string[]"]),
    required: z.boolean(),
    description: z.string().optional(),
  }),
]);

/** Keys are the names on the wire and in rules: nothing that needs quotes anywhere. */
const eventName = /^[a-z][a-z0-9_]{0,63}$/;

const declaration = z.strictObject({
  level: z.enum(["INFO", "WARN", "CRITICAL"]),
  outcome: z.enum(["success", "failure", "unknown"]),
  category: text.optional(),
  description: z.string().optional(),
  details: z.record(z.string(), detail),
});

const output = z.strictObject({
  format: z.enum(["json", "ecs", "ocsf", "cef", "syslog"]).optional(),
  file: z.union([text, z.looseObject({ path: text })]).optional(),
  stream: some.optional(),
  logger: some.optional(),
  otel: some.optional(),
  chain: z.union([z.boolean(), z.looseObject({})]).optional(),
  bufferSize: z.number().int().min(4096).optional(),
  whenFull: z.enum(["drop-newest", "drop-oldest"]).optional(),
  ocsfVersion: z.enum(ocsfVersions).optional(),
  vendor: text.optional(),
  facility: z.number().optional(),
  enterpriseNumber: z.number().optional(),
  appName: text.optional(),
});

/** The shape of the whole; what is inside `redact`, `trustProxy`, `file` and `chain` is checked where it is used. */
const shape = z.strictObject({
  service: z.union([text, z.strictObject({ name: text, version: text.optional(), environment: text.optional() })]),
  outputs: z.union([output, z.array(output).min(1)]).optional(),
  redact: z.looseObject({}).optional(),
  events: z.record(z.string().regex(eventName, "is not a name: lower-case letters, digits and _"), declaration).optional(),
  sessionKey: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
  heartbeat: z.union([z.literal(false), z.number().min(1).max(86_400)]).optional(),
  lifecycle: z.boolean().optional(),
  onWarning: z.custom<(warning: Warning) => void>((value) => typeof value === "function", "is not a function").optional(),
  trustProxy: some.optional(),
  requestIdHeaders: some.optional(),
  addressHeader: some.optional(),
});

/** Throws a {@link SetupError} for the first option that is unknown or of the wrong kind. */
export function checkOptions(options: unknown): asserts options is SecurityLogOptions {
  const checked = shape.safeParse(options);
  const issue = checked.error?.issues[0];
  if (issue) throw setupError(issue, []);
  for (const name of Object.keys((options as SecurityLogOptions).events ?? {})) {
    if (Object.hasOwn(vocabulary, name)) {
      throw new SetupError("BAD_OPTION", { field: `events.${name}`, problem: "is an event of the vocabulary; declare one under another name" });
    }
  }
}

/** `did you mean …`, where one of the names is near. */
export function nearest(name: string, names: readonly string[]): string {
  const best = names.length === 0 ? "" : closest(name.toLowerCase(), names);
  return best !== "" && distance(name.toLowerCase(), best) <= Math.max(2, name.length / 3) ? `; did you mean ${best}?` : "";
}

type Issue = z.core.$ZodIssue;

/** Of a union, the alternative that came furthest says what is wrong. */
function setupError(issue: Issue, above: readonly PropertyKey[]): SetupError {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const deepest = issue.errors.map((errors) => errors[0]).reduce((best, one) => (reach(one) > reach(best) ? one : best));
    if (deepest && reach(deepest) > 0) return setupError(deepest, path);
  }
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    return new SetupError("UNKNOWN_OPTION", { field: fieldOf([...path, key]), hint: nearest(key, knownKeys(path)) });
  }
  return new SetupError("BAD_OPTION", { field: fieldOf(path), problem: issue.message });
}

function reach(issue: Issue | undefined): number {
  if (!issue) return -1;
  return issue.code === "unrecognized_keys" ? issue.path.length + 1 : issue.path.length;
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(shape.shape);
  if (path[0] === "outputs") return Object.keys(output.shape);
  return path[0] === "events" ? Object.keys(declaration.shape) : ["name", "version", "environment"];
}

/** `outputs[0].file` */
function fieldOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "options" : text.replace(/^\./, "");
}
