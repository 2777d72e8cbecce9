import { randomUUID } from "node:crypto";

/** What may stand in a log as a correlation ID without being escaped in any format. */
const REQUEST_ID = /^[A-Za-z0-9._:@/+=-]{1,128}$/;

/** Headers whose value is more than the ID. */
const READINGS: { readonly [header: string]: (value: string) => string | undefined } = {
  // `Self=1-…;Root=1-67891233-abcdef012345678912345678;Sampled=1`, docs.aws.amazon.com/elasticloadbalancing: Root names the request.
  "x-amzn-trace-id": (value) => /(?:^|;)Root=([^;]*)/.exec(value)?.[1],
  // `TRACE_ID/SPAN_ID;o=1`, cloud.google.com/trace/docs/trace-context
  "x-cloud-trace-context": (value) => /^[^/;]*/.exec(value)?.[0],
};

/** The first of the headers that holds a fit ID. Anything else (control characters, quotes, too long) is as if it were not there. */
export function requestIdOf(header: (name: string) => string | undefined, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = header(name);
    const id = value === undefined ? undefined : READINGS[name] ? READINGS[name](value) : value;
    if (id !== undefined && REQUEST_ID.test(id)) return id;
  }
  return undefined;
}

/** About 0.1 µs: Node.js keeps random bytes in store. */
export const generatedId: () => string = () => randomUUID();

/** The caller's place in a distributed trace. */
export interface Trace {
  /** 32 hex digits. */
  readonly trace: string;
  /** 16 hex digits. */
  readonly span: string;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/s;
const NO_TRACE = "0".repeat(32);
const NO_SPAN = "0".repeat(16);

/**
 * W3C Trace Context, section 3.2: lower case only, IDs of zeros are invalid, so is version ff; version 00 has four fields, and
 * of a later version the four known ones are read where nothing or a dash follows.
 */
export function traceOf(traceparent: string | undefined): Trace | undefined {
  if (traceparent === undefined) return undefined;
  const match = TRACEPARENT.exec(traceparent);
  if (!match) return undefined;
  const [, version, trace, span, rest] = match;
  if (version === "ff" || (version === "00" && rest !== undefined)) return undefined;
  return trace === NO_TRACE || span === NO_SPAN ? undefined : { trace: trace!, span: span! };
}
