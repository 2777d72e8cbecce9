import { writeFileSync } from "node:fs";
import { createDescriptorSink } from "../descriptor.ts";

/** Standard output is a pipe that does not block. Writes `argv[2]` lines, then waits until all are out; stats go to the file `argv[3]`. */
const [, , count, report] = process.argv;
const sink = createDescriptorSink(1, {}, { field: "stdout" });
for (let i = 1; i <= Number(count); i += 1) sink.write(`{"id":"${i}","msg":"${"x".repeat(1000)}"}`, 30);
const atOnce = sink.stats();
while (sink.stats().buffered > 0 || sink.stats().trouble !== undefined) await new Promise((done) => setTimeout(done, 20));
writeFileSync(report!, JSON.stringify({ atOnce, end: sink.stats() }));
