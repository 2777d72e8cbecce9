import { writeSync } from "node:fs";
import { json } from "../../formats/json.ts";
import { createSealer } from "../../evidence/sealer.ts";
import type { ChainOptions } from "../../evidence/sealer.ts";
import { createFileSink } from "../file.ts";
import type { FileOptions } from "../file-options.ts";

/** Told by `argv[2]`: writes lines and acknowledges each on standard output once the sink has it, until it is killed. */
interface Task {
  readonly file: FileOptions;
  readonly chain?: ChainOptions;
  /** Ids are `RUN-1`, `RUN-2`, … */
  readonly run: string;
  /** Lines in one turn of the event loop. */
  readonly burst: number;
  /** Default: no end. */
  readonly lines?: number;
  readonly lineLength: number;
}

const task = JSON.parse(process.argv[2]!) as Task;
const sealer = task.chain && createSealer(task.chain, { field: "chain", format: json });
const sink = createFileSink(task.file, {
  field: "file",
  sealer,
  onRecovered: ({ dropped }) => sink.write(`{"level":40,"id":"recovered","dropped":${dropped},"msg":"lines were lost"}`, 40),
});

let count = 0;

function turn(): void {
  for (let i = 0; i < task.burst; i += 1) {
    if (count === task.lines) return void sink.close().then(() => writeSync(1, `${JSON.stringify(sink.stats())}\n`));
    count += 1;
    const id = `${task.run}-${count}`;
    sink.write(`{"level":30,"id":"${id}","msg":"${"x".repeat(Math.floor(Math.random() * task.lineLength))}"}`, 30);
    if (sink.stats().buffered === 0) writeSync(1, `${id}\n`);
  }
  setImmediate(turn);
}

turn();
