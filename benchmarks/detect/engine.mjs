// Speed and memory of the engine on parsed events: node --expose-gc benchmarks/detect/engine.mjs [events]
// Build first (npm run build). Rules: twenty of the pack in rules/, with those that they refer to; then the whole pack.
import { fileURLToPath } from "node:url";
import { createEngine } from "../../packages/detect/dist/engine/index.js";
import { readRuleFiles } from "../../packages/detect/dist/sigma/files.js";
import { loadRules } from "../../packages/detect/dist/sigma/index.js";

const count = Number(process.argv[2] ?? 1_000_000);
const logsource = { category: "application", product: "telltale" };
const origin = { source: "bench.log", stream: "bench" };

const pack = loadRules(readRuleFiles([fileURLToPath(new URL("../../rules", import.meta.url))])).set;

report("20 rules of the pack", ingest(subset(20), count));
if (process.argv[3] !== "quick") await all();

async function all() {
  report("whole pack", ingest(pack, count));
  report(`20 rules, ${count / 10} events`, ingest(subset(20), count / 10));
  for (const distinct of [10, 1000, 100_000]) report(`value_count, ${distinct} distinct in a window`, slope(distinct));
  await memory(1_000_000);
}

/** The first alerting correlations of the pack and all that they refer to. */
function subset(size) {
  const byKey = new Map(pack.rules.map((rule) => [rule.key, rule]));
  const kept = new Set();
  const keep = (key) => {
    kept.add(key);
    const { of = [], cancelOn = [] } = byKey.get(key);
    for (const other of [...of, ...cancelOn]) keep(other);
  };
  for (const rule of pack.rules.filter(({ kind, alerts }) => kind === "correlation" && alerts).slice(0, size)) keep(rule.key);
  return { rules: pack.rules.filter(({ key }) => kept.has(key)) };
}

/** Processor time, in milliseconds, for events of 50,000 users and 50,000 addresses, a hundred a second; only the engine's time is counted. */
function ingest(rules, events) {
  const random = seeded(42);
  let alerts = 0;
  const engine = createEngine({ rules, onAlert: () => (alerts += 1) });
  let spent = 0;
  const batch = 50_000;
  for (let from = 0; from < events; from += batch) {
    const list = Array.from({ length: Math.min(batch, events - from) }, (_, index) => eventAt(from + index, random));
    spent += timed(() => {
      for (const event of list) engine.ingest(event);
    });
  }
  const { groups, bytes, matched } = engine.stats();
  return { events, spent, rules: rules.rules.length, alerts, groups, megabytes: Math.round(bytes / 1e6), matched };
}

/** As a parser gives it: every string is a new one. */
function eventAt(index, random) {
  const [event, outcome] = kind(random());
  const user = Math.floor(random() * 50_000);
  const address = Math.floor(random() * 50_000);
  const line = JSON.stringify({
    event,
    outcome,
    reason: outcome === "failure" ? "invalid_credentials" : undefined,
    actor: { id: `user${user}` },
    target: { id: `item${Math.floor(random() * 10_000)}` },
    source: { ip: `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}` },
    user_agent: `Browser/${user % 50}`,
    session: `session${user}`,
    service: "shop",
    writer: "shop-1",
    seq: index + 1,
  });
  const fields = JSON.parse(line);
  return { time: 1_790_000_000_000 + index * 10, seq: index + 1, fields, logsource, origin, position: index * 250 };
}

function kind(random) {
  if (random < 0.3) return ["authn_login_success", "success"];
  if (random < 0.55) return ["authn_login_fail", "failure"];
  if (random < 0.7) return ["authz_fail", "failure"];
  if (random < 0.75) return ["authn_password_change", "success"];
  if (random < 0.8) return ["sensitive_read", "success"];
  if (random < 0.9) return ["session_created", "success"];
  return ["sys_heartbeat", "success"];
}

/** One rule, one group, so many distinct values in its window. */
function slope(distinct) {
  const rule = counting({ type: "value_count", fields: ["actor.id"], is: [{ op: "gte", value: 1e9 }] }, [], distinct);
  const engine = createEngine({ rules: { rules: rule }, lateness: 0, onAlert: () => undefined });
  const list = Array.from({ length: 400_000 }, (_, index) => single(index, `user${index % distinct}`));
  const spent = timed(() => {
    for (const event of list) engine.ingest(event);
  });
  return { events: list.length, spent, rules: 1 };
}

/** Bytes of the heap and of buffers for each of so many groups with one event each, and what a snapshot of them takes. */
async function memory(groups) {
  const rules = counting({ type: "event_count", is: [{ op: "gte", value: 10 }] }, ["actor.id"], 1e9);
  const before = await used();
  const engine = createEngine({ rules: { rules }, budget: 4e9, onAlert: () => undefined });
  for (let index = 0; index < groups; index++) engine.ingest(single(index, `user${index}`));
  const bytes = (await used()) - before;
  const stats = engine.stats();
  console.log(
    `${"bytes a live group".padEnd(44)} ${Math.round(bytes / stats.groups)} measured, ${Math.round(stats.bytes / stats.groups)} by its own count`,
  );
  const start = performance.now();
  const chunks = engine.snapshot();
  const taken = performance.now();
  const other = createEngine({ rules: { rules }, budget: 4e9, onAlert: () => undefined });
  other.restore(chunks);
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const restored = performance.now() - taken;
  console.log(
    `${"snapshot of 1,000,000 groups".padEnd(44)} ${Math.round(taken - start)} ms, ${Math.round(size / 1e6)} MB; restored in ${Math.round(restored)} ms`,
  );
}

async function used() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function single(index, user) {
  const fields = JSON.parse(`{"event":"login","actor":{"id":"${user}"}}`);
  return { time: 1_790_000_000_000 + index, seq: index + 1, fields, logsource, origin, position: index };
}

function counting(measure, groupBy, timespan) {
  const facts = { title: "", level: "low", references: [], tags: [], techniques: [], falsePositives: [], controls: [], respond: [] };
  const place = { file: "bench", line: 1 };
  const match = { op: "field", field: "event", test: { kind: "equals", value: "login", cased: false } };
  const detection = {
    ...facts,
    place,
    key: "login",
    alerts: false,
    kind: "detection",
    logsource,
    match,
    episode: { groupBy: [], quiet: 1 },
  };
  const keys = groupBy.map((name) => ({ name, fields: [name] }));
  return [
    detection,
    {
      ...facts,
      place,
      key: "count",
      alerts: true,
      kind: "correlation",
      of: ["login"],
      groupBy: keys,
      timespan,
      measure,
      and: [],
      cancelOn: [],
    },
  ];
}

/** Milliseconds of processor time, collector included: what other programs take of the machine does not count. */
function timed(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function report(name, { events, spent, rules, ...rest }) {
  const rate = Math.round(events / (spent / 1000)).toLocaleString("en");
  console.log(`${name.padEnd(44)} ${rate.padStart(10)} events/s, ${rules} rules ${JSON.stringify(rest)}`);
}
