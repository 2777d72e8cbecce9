import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Milliseconds between two looks at the memory of a process; the system keeps its peak meanwhile. */
const PACE = 20;

/**
 * Runs a command from start to exit. Gives seconds, the peak memory in megabytes (of the process and those that it
 * started, added up; 0 where the system has no /proc), and what it printed. Rejects where the exit status is not `allowed`.
 */
export function measure([command, ...args], allowed = [0]) {
  return new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
    const peaks = new Map();
    const timer = setInterval(() => look(child.pid, peaks), PACE);
    let output = "";
    let problems = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (problems += data));
    child.on("error", failed).on("close", (status) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      if (!allowed.includes(status)) return failed(new Error(`${command} ended with ${status}: ${problems.slice(-500)}`));
      done({ seconds, megabytes: [...peaks.values()].reduce((sum, one) => sum + one, 0), output });
    });
  });
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function look(pid, peaks) {
  try {
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    if (peak !== undefined) peaks.set(pid, Number(peak) / 1024);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    for (const child of children === "" ? [] : children.split(" ")) look(child, peaks);
  } catch {
    // It has ended meanwhile, or there is no /proc.
  }
}
