/**
 * One contender in a process of its own: `node contender.mjs NAME WHAT EVENTS FILE`. Prints one line of JSON.
 *
 * throughput: EVENTS calls, a turn of the event loop after each thousand; by the clock, and by the time that processors spent on
 * it (all threads, those of the garbage collector too).
 * latency: each call timed for itself.
 * allocation: a young generation so large that nothing is collected meanwhile; what the heap grew by is what was allocated.
 */
import { readFileSync, rmSync, statSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { CONTENDERS } from "./contenders.mjs";
import { SECRETS } from "./event.mjs";

const [name, what, events, path] = process.argv.slice(2);
const count = Number(events);
/** Calls before anything is measured, so that the code is compiled. */
const WARM_UP = 10_000;

const opened = await CONTENDERS[name].open(path);
const within = opened.within ?? ((work) => work());
const result = await within(() => ({ throughput, latency, allocation })[what](opened.call, opened.drain));
await opened.close();
console.log(JSON.stringify({ ...result, ...written() }));

async function batches(calls, each) {
  for (let i = 0; i < calls; i += 1000) {
    for (let n = i; n < Math.min(i + 1000, calls); n++) each(n);
    await turn();
  }
}

async function throughput(call, drain) {
  await batches(WARM_UP, call);
  await drain?.();
  const before = process.cpuUsage();
  const started = process.hrtime.bigint();
  await batches(count, call);
  await drain?.();
  const microseconds = Number(process.hrtime.bigint() - started) / 1000 / count;
  const { user, system } = process.cpuUsage(before);
  return { microseconds, processor: (user + system) / count, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function latency(call) {
  await batches(WARM_UP, call);
  const times = new Float64Array(count);
  await batches(count, (i) => {
    const started = process.hrtime.bigint();
    call(i);
    times[i] = Number(process.hrtime.bigint() - started) / 1000;
  });
  times.sort();
  return { p50: times[Math.floor(count * 0.5)], p99: times[Math.floor(count * 0.99)] };
}

async function allocation(call) {
  await batches(WARM_UP, call);
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  globalThis.gc();
  await turn();
  observer.observe({ entryTypes: ["gc"] });
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) call(i);
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  await turn();
  await turn();
  observer.disconnect();
  return { bytes: collections === 0 ? bytes : undefined };
}

/** Bytes of a line, and whether a secret is in the last of them. Nothing for /dev/null. */
function written() {
  if (path === "/dev/null") return {};
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n").filter((line) => line.includes("login"));
  const size = statSync(path).size;
  rmSync(path);
  const expected = count + WARM_UP;
  if (lines.length < expected) throw new Error(`${name} wrote ${lines.length} of ${expected} events`);
  return { lineBytes: Math.round(size / lines.length), leaks: SECRETS.some((secret) => text.includes(secret)) };
}
