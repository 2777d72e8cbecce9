import { writeFileSync } from "node:fs";
import pino from "pino";
import { createDescriptorSink } from "../descriptor.ts";
import { createStreamSink } from "../stream.ts";

/** Writes `argv[3]` lines of 1 kB to standard output by the way named in `argv[2]`, and its stats to the file `argv[4]`. */
const [, , way, count, report] = process.argv;
const parts = { field: "outputs[0].stream" };
const sink =
  way === "descriptor"
    ? createDescriptorSink(1, {}, parts)
    : createStreamSink(way === "stdout" ? process.stdout : pino.destination({ fd: 1, sync: way === "pino-sync" }), {}, parts);

for (let i = 1; i <= Number(count); i += 1) {
  sink.write(`{"id":"${i}","msg":"${"x".repeat(1000)}"}`, 30);
  if (i % 100 === 0) await new Promise(setImmediate);
}
let failure = "";
await Promise.race([sink.flush(), new Promise((done) => setTimeout(done, 1500))]).catch((error: Error) => (failure = error.message));
writeFileSync(report!, JSON.stringify({ ...sink.stats(), failure }));
process.exit(0);
