import type { LogSource, SecurityEvent } from "../event.ts";
import type { Detection } from "./detections.ts";
import type { Correlation } from "./windows/correlation.ts";

/** The rules that an event can concern, in rule-set order. */
export interface Bucket {
  readonly detections: readonly Detection[];
  /** Those that any of these detections can reach, directly or by way of other correlations. */
  readonly correlations: readonly Correlation[];
}

/** Names and log sources whose bucket is kept. They come from strangers: beyond this many, buckets are made anew each time. */
const remembered = 4096;

/** Finds the rules for an event by its log source and the value of `event`. */
export class Dispatch {
  readonly #detections: readonly Detection[];
  readonly #reach: (rules: readonly number[]) => readonly Correlation[];
  readonly #sources = new Map<string, Map<string | undefined, Bucket>>();
  #source: LogSource | undefined;
  #buckets = new Map<string | undefined, Bucket>();

  /** `reach`: the correlations that matches of some rules can reach. */
  constructor(detections: readonly Detection[], reach: (rules: readonly number[]) => readonly Correlation[]) {
    this.#detections = detections;
    this.#reach = reach;
  }

  bucketOf({ logsource, fields }: SecurityEvent): Bucket {
    // Events of one format share one log source: looked up when it changes.
    if (logsource !== this.#source) this.#setSource(logsource);
    const { event } = fields;
    const name = typeof event === "string" ? event : undefined;
    return this.#buckets.get(name) ?? this.#add(logsource, name);
  }

  #setSource(logsource: LogSource): void {
    const key = JSON.stringify([logsource.category, logsource.product, logsource.service]);
    let buckets = this.#sources.get(key);
    if (buckets === undefined) {
      buckets = new Map();
      if (this.#sources.size < remembered) this.#sources.set(key, buckets);
    }
    this.#source = logsource;
    this.#buckets = buckets;
  }

  #add(logsource: LogSource, name: string | undefined): Bucket {
    const lower = name?.toLowerCase();
    const detections = this.#detections.filter(({ rule, names }) => {
      // Without a name, or with one that is no text, any rule may match.
      return agrees(rule.logsource, logsource) && (lower === undefined || names === undefined || names.has(lower));
    });
    const bucket = { detections, correlations: this.#reach(detections.map(({ index }) => index)) };
    if (this.#buckets.size < remembered) this.#buckets.set(name, bucket);
    return bucket;
  }
}

function agrees(asked: LogSource, given: LogSource): boolean {
  return (["category", "product", "service"] as const).every((key) => asked[key] === undefined || asked[key] === given[key]);
}
