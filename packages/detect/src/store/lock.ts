import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { DetectError } from "../errors.ts";

/** Who writes to a folder, as the lock in it says. */
interface Holder {
  readonly pid: number;
  /** Start of the process by the system's count (Linux, `man 5 proc_pid_stat`): numbers of processes are used again, in containers always. */
  readonly started?: string;
  readonly host: string;
  readonly token: string;
}

/** A holder on another host cannot be asked; it is alive as long as it touches the lock. Milliseconds. */
const touchEvery = 10_000;
const staleAfter = 35_000;
/** A lock without a holder is being written by somebody, or was left so by a full disk. */
const namelessAfter = 1000;

export interface Lock {
  /** True once another process has taken the folder: it found this one dead (a machine that slept for long). */
  isLost(): boolean;
  release(): void;
}

/**
 * Makes the folder ours, by a file that only one process can create. The lock of a process that is gone is taken over.
 * Throws DetectError STATE with who holds it.
 */
export function lockFolder(path: string, folder: string): Lock {
  const token = randomBytes(8).toString("hex");
  for (let tries = 0; tries < 3 && !create(path, token); tries += 1) clear(path, folder, token);
  if (read(path)?.token !== token) throw busy(folder, "another process is taking it at this moment; try again");
  let lost = false;
  const timer = setInterval(() => {
    const holder = read(path);
    if (holder?.token === token) attempt(() => utimesSync(path, new Date(), new Date()));
    else if (holder || !attempt(() => create(path, token))) lost = true;
  }, touchEvery).unref();
  return {
    isLost: () => lost,
    release() {
      clearInterval(timer);
      if (read(path)?.token === token) attempt(() => unlinkSync(path));
    },
  };
}

function create(path: string, token: string): boolean {
  const { pid } = process;
  const holder: Holder = { pid, started: startOf(pid), host: hostname(), token };
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    // On a full disk the name was made and the content not.
    attempt(() => statSync(path).size === 0 && unlinkSync(path));
    throw error;
  }
}

/** Takes a stale lock away. Throws where it is held. */
function clear(path: string, folder: string, token: string): void {
  const text = attempt(() => readFileSync(path, "utf8"));
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (text === undefined || touched === undefined) return;
  const holder = parsed(text);
  const untouched = Math.abs(Date.now() - touched);
  if (holder ? isHeld(holder, untouched) : untouched < namelessAfter)
    throw busy(folder, holder ? heldBy(holder) : "another process is taking it");
  moveAside(path, token, text);
}

/** Only one process can rename a file away; if what it got is not what it saw, it gives it back. */
function moveAside(path: string, token: string, seen: string): void {
  const aside = `${path}.${token}`;
  if (attempt(() => renameSync(path, aside) ?? true) === undefined) return;
  const isSame = attempt(() => readFileSync(aside, "utf8")) === seen;
  if (!isSame) attempt(() => linkSync(aside, path));
  attempt(() => unlinkSync(aside));
}

function isHeld({ pid, started, host }: Holder, untouched: number): boolean {
  if (host === hostname()) {
    if (!isAlive(pid)) return false;
    const now = startOf(pid);
    if (started !== undefined && now !== undefined) return started === now;
  }
  return untouched < staleAfter;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the name in parentheses, which may hold anything.
  return text
    ?.slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .at(19);
}

function heldBy({ pid, host }: Holder): string {
  if (host !== hostname()) return `process ${pid} of ${host} keeps its alerts there`;
  return pid === process.pid ? "this process has it open already" : `process ${pid} keeps its alerts there`;
}

function busy(folder: string, why: string): DetectError {
  return new DetectError("STATE", { place: folder, problem: `is in use: ${why}. Give each detector a folder of its own` });
}

function read(path: string): Holder | undefined {
  const text = attempt(() => readFileSync(path, "utf8"));
  return text === undefined ? undefined : parsed(text);
}

function parsed(text: string): Holder | undefined {
  const value: unknown = attempt(() => JSON.parse(text) as unknown);
  const isHolder = typeof value === "object" && value !== null && "pid" in value && "host" in value && "token" in value;
  return isHolder ? (value as Holder) : undefined;
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
