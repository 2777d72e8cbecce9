/**
 * The engine by itself, in a process of its own: node parsed.mjs LOG RULES. Lines are parsed beforehand, batch by batch; only
 * the time in which the engine has events is counted. Prints one line of JSON: seconds, seconds of processor time, alerts.
 */
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createEngine, createReader, defaultPack, loadRules } from "../../packages/detect/dist/index.js";

const [, , log, rulesFile] = process.argv;
const batchSize = 20_000;
let alerts = 0;
const engine = createEngine({
  rules: rulesFile === "pack" ? defaultPack() : loadRules([{ file: rulesFile, text: readFileSync(rulesFile, "utf8") }]).set,
  lateness: 60_000,
  budget: 1_000_000_000,
  onAlert: ({ phase }) => (alerts += phase === "opened" ? 1 : 0),
  onNote: () => undefined,
});
const read = createReader();
const origin = { source: log, stream: "bench" };
const spent = { seconds: 0, processor: 0 };
let seq = 0;
let batch = [];
const facts = { received: Date.now() };
for await (const line of createInterface({ input: createReadStream(log) })) {
  const reading = read(line, facts);
  if (reading.kind !== "event") continue;
  seq += 1;
  batch.push({ time: reading.time, seq, fields: reading.fields, logsource: reading.logsource, origin, position: seq * 400 });
  if (batch.length === batchSize) take();
}
take();
count(() => engine.finish());
console.log(JSON.stringify({ ...spent, alerts, events: seq, bytes: engine.stats().bytes, groups: engine.stats().groups }));

function take() {
  const events = batch;
  batch = [];
  count(() => {
    for (const event of events) engine.ingest(event);
  });
}

function count(work) {
  const start = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  spent.seconds += (performance.now() - start) / 1000;
  spent.processor += (user + system) / 1e6;
}
