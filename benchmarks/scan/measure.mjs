import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Milliseconds between two looks at the memory of a process; the system keeps its peak meanwhile. */
const PACE = 20;

/** Ticks of the kernel's clock in a second, in which it counts processor time. */
const TICKS = 100;

/**
 * Runs a command from start to exit. Gives seconds; seconds of processor time (user and system, all threads) and the peak
 * memory in megabytes, both of the process and those that it started, added up (0 where the system has no /proc); and what
 * it printed. Rejects where the exit status is not `allowed`.
 */
export function measure([command, ...args], allowed = [0]) {
  return new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
    const peaks = new Map();
    const times = new Map();
    const timer = setInterval(() => look(child.pid, peaks, times), PACE);
    let output = "";
    let problems = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (problems += data));
    child.on("error", failed).on("close", (status) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      if (!allowed.includes(status)) return failed(new Error(`${command} ended with ${status}: ${problems.slice(-500)}`));
      const total = (counts) => [...counts.values()].reduce((sum, one) => sum + one, 0);
      done({ seconds, processor: total(times), megabytes: total(peaks), output, problems });
    });
  });
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Notes the peak memory and the processor time of a process and of those that it started. */
export function look(pid, peaks, times) {
  try {
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    if (peak !== undefined) peaks.set(pid, Number(peak) / 1024);
    // After the command's name, which may hold anything: user and system time are the 14th and 15th field.
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ").slice(11, 13);
    times.set(pid, (Number(user) + Number(system)) / TICKS);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    for (const child of children === "" ? [] : children.split(" ")) look(child, peaks, times);
  } catch {
    // It has ended meanwhile, or there is no /proc.
  }
}
