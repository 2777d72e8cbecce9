import { EventEmitter, once } from "node:events";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as immediate, setTimeout as timeout } from "node:timers/promises";
import { currentContext, identify } from "../../context/store.ts";

/** What the code of a request sees of its context at one moment. */
export interface Seen {
  readonly id?: string;
  readonly actor?: string;
  readonly route?: string;
  readonly method?: string;
  readonly ip?: string;
  readonly agent?: string;
}

export function see(): Seen {
  const context = currentContext();
  const { id, route, method } = context?.request ?? {};
  return { id, actor: context?.actor?.id, route, method, ip: context?.source?.ip, agent: context?.userAgent };
}

/** What one request answers: how it saw its context on its way. */
export interface Report {
  /** At arrival, before anyone was identified. */
  readonly arrived: Seen;
  /** Twice after the actor was identified. */
  readonly then: Seen;
  readonly last: Seen;
  /** By work that had begun before the actor was identified. */
  readonly background: Seen;
}

/** The ways in which the work of a request is put off. */
const WAITS: readonly ((n: number) => Promise<unknown>)[] = [
  (n) => timeout(n % 7),
  () => immediate(),
  () => Promise.resolve().then(() => Promise.resolve()),
  () => new Promise<void>((resolve) => process.nextTick(resolve)),
  () => emitted(),
  () => streamed(),
  (n) => new Promise<void>((resolve) => setTimeout(() => queueMicrotask(resolve), n % 3)),
];

async function emitted(): Promise<void> {
  const emitter = new EventEmitter();
  setImmediate(() => emitter.emit("done"));
  await once(emitter, "done");
}

async function streamed(): Promise<void> {
  const upper = new Transform({ transform: (chunk, _, done) => setImmediate(() => done(null, String(chunk).toUpperCase())) });
  await pipeline(Readable.from(["a", "b"]), upper, async (chunks) => {
    for await (const _ of chunks) await Promise.resolve();
  });
}

/** Signs the actor of the request in after a wait, and looks at the context around more waits of different kinds. */
export async function work(n: number): Promise<Report> {
  const arrived = see();
  const background = timeout(8 + (n % 5))
    .then(() => immediate())
    .then(see);
  await WAITS[n % WAITS.length]!(n);
  identify({ id: `actor-${n}` });
  await WAITS[(n + 1) % WAITS.length]!(n);
  await WAITS[(n * 3 + 2) % WAITS.length]!(n);
  const then = see();
  await WAITS[(n * 5 + 3) % WAITS.length]!(n);
  return { arrived, then, last: see(), background: await background };
}
