import { events as vocabulary } from "@telltale/vocabulary";
import { anything, callback, either, flag, isObject, listOf, mapOf, must, needed, oneOf, options, text, whole } from "./checks.ts";
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

const outputs = options({
  format: oneOf("json", "ecs", "ocsf", "cef", "syslog"),
  file: anything,
  stream: anything,
  logger: must(isObject, "a pino or winston logger, or a console"),
  otel: must(isObject, "a logger or logger provider of @opentelemetry/api-logs"),
  chain: anything,
  bufferSize: whole(4096, 2 ** 30),
  whenFull: oneOf("drop-newest", "drop-oldest"),
  ocsfVersion: oneOf(...ocsfVersions),
  vendor: text,
  facility: whole(0, 23),
  enterpriseNumber: whole(1, 2 ** 32 - 1),
  appName: text,
});

const DETAIL = { required: needed(flag), description: text };
const detail = either(
  [
    (value) => isObject(value) && value["type"] === "enum",
    options({ ...DETAIL, type: needed(oneOf("enum")), values: needed(listOf(text)) }),
  ],
  [() => true, options({ ...DETAIL, type: needed(oneOf("string", "integer", "boolean", "string[]", "enum")) })],
);

const declaration = options({
  level: needed(oneOf("INFO", "WARN", "CRITICAL")),
  outcome: needed(oneOf("success", "failure", "unknown")),
  category: text,
  description: text,
  details: needed(mapOf(/^\w{1,64}$/, "1 to 64 letters, digits or _", detail)),
});

/** What is inside `redact`, `trustProxy`, `file` and `chain` is checked where it is used. */
const all = options({
  service: needed(
    either(
      [isObject, options({ name: needed(text), version: text, environment: text })],
      [() => true, must((value) => typeof value === "string" && value !== "", "the application's name")],
    ),
  ),
  outputs: either([Array.isArray, listOf(outputs)], [() => true, outputs]),
  redact: anything,
  // Names on the wire and in rules: nothing that needs quotes anywhere.
  events: mapOf(/^[a-z][a-z0-9_]{0,63}$/, "lower-case letters, digits and _", declaration),
  sessionKey: must(
    (value) => (typeof value === "string" ? Buffer.byteLength(value) : value instanceof Uint8Array ? value.length : 0) >= 32,
    "a key of at least 32 bytes, as text or bytes",
  ),
  heartbeat: must(
    (value) => value === false || (typeof value === "number" && value >= 1 && value <= 86_400),
    "seconds from 1 to 86400, or false",
  ),
  lifecycle: flag,
  onWarning: callback,
  trustProxy: anything,
  requestIdHeaders: anything,
  addressHeader: anything,
});

/** Throws a {@link SetupError} for the first option that is unknown or of the wrong kind. */
export function checkOptions(given: unknown): asserts given is SecurityLogOptions {
  needed(all)(given, "");
  for (const name of Object.keys((given as SecurityLogOptions).events ?? {})) {
    if (Object.hasOwn(vocabulary, name)) {
      throw new SetupError("BAD_OPTION", {
        field: `events.${name}`,
        problem: "is an event of the vocabulary; declare yours under another name",
      });
    }
  }
}
