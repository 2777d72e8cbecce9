/** OpenTelemetry's context, as far as a span is put in and read (`@opentelemetry/api`, which is not needed at run time). */
export interface OtelContext {
  readonly getValue: (key: symbol) => unknown;
  readonly setValue: (key: symbol, value: unknown) => OtelContext;
  readonly deleteValue: (key: symbol) => OtelContext;
}

interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly isRemote?: boolean;
}

/** Where the API keeps the span in a context: `createContextKey` is `Symbol.for`, so that all copies of the API share it. */
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");
/** Where the API keeps what an SDK registered. */
const API = Symbol.for("opentelemetry.js.api.1");
const SAMPLED = 1;

/**
 * The context to emit a record in: the active one where its span is recorded; else one with the trace of the request. `undefined`:
 * the SDK shall take the active one. The span counts as sampled, since an SDK that logs by trace would drop a record otherwise.
 */
export function contextFor(trace: { readonly trace_id?: string; readonly span_id?: string } | undefined): OtelContext | undefined {
  const active = activeContext();
  const span = spanOf(active);
  if (span && (span.traceFlags & SAMPLED) === SAMPLED) return undefined;
  const traceId = span?.traceId ?? trace?.trace_id;
  const spanId = span?.spanId ?? trace?.span_id;
  if (traceId === undefined || spanId === undefined) return undefined;
  const context: SpanContext = { traceId, spanId, traceFlags: SAMPLED, isRemote: span === undefined };
  return (active ?? contextOf(new Map())).setValue(SPAN, { spanContext: () => context });
}

function activeContext(): OtelContext | undefined {
  const api = (globalThis as { [API]?: { readonly context?: { readonly active?: () => OtelContext } } })[API];
  return api?.context?.active?.();
}

function spanOf(context: OtelContext | undefined): SpanContext | undefined {
  const span = context?.getValue(SPAN) as { readonly spanContext?: () => SpanContext } | undefined;
  const found = span?.spanContext?.();
  return found && !/^0*$/.test(found.traceId) ? found : undefined;
}

function contextOf(values: ReadonlyMap<symbol, unknown>): OtelContext {
  return {
    getValue: (key) => values.get(key),
    setValue: (key, value) => contextOf(new Map([...values, [key, value]])),
    deleteValue: (key) => contextOf(new Map([...values].filter(([one]) => one !== key))),
  };
}
