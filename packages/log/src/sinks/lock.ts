import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { threadId } from "node:worker_threads";

/** Who writes to a file, as the lock beside it says. */
interface Holder {
  readonly pid: number;
  /** Start of the process by the system's count (Linux, `man 5 proc`, starttime): numbers of processes are used again, in containers always. */
  readonly started?: string;
  readonly host: string;
  readonly token: string;
}

/** A holder of another host cannot be asked; it is alive as long as it touches the lock. Milliseconds. */
const touchEvery = 10_000;
const staleAfter = 35_000;

/**
 * An advisory lock: a file that only one process can create. That of a process that is gone is taken over.
 * Containers that share a volume and a host name cannot be told apart: give each a file of its own.
 */
export class Lock {
  private readonly path: string;
  private readonly token = randomBytes(8).toString("hex");
  private readonly mode: number;
  private timer: NodeJS.Timeout | undefined;
  /** Another process took the file over: it found this one dead, or was told to. */
  isLost = false;

  constructor(file: string, mode: number) {
    // Hidden, so that a pattern such as `security.log*` does not mean it.
    this.path = join(dirname(file), `.${basename(file)}.lock`);
    this.mode = mode;
  }

  /** Takes it, or throws with who has it. */
  acquire(): void {
    for (let tries = 0; tries < 3 && !this.create(); tries += 1) this.clear();
    if (this.read()?.token !== this.token) throw new Error(`${this.path} is being taken by another process`);
    this.isLost = false;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.touch(), touchEvery).unref();
  }

  release(): void {
    clearInterval(this.timer);
    if (this.read()?.token === this.token) attempt(() => unlinkSync(this.path));
  }

  private create(): boolean {
    const { pid } = process;
    const holder: Holder = { pid, started: startOf(pid), host: hostname(), token: this.token };
    try {
      writeFileSync(this.path, JSON.stringify(holder), { flag: "wx", mode: this.mode });
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      // On a full disk the name was made and the content not.
      attempt(() => statSync(this.path).size === 0 && unlinkSync(this.path));
      throw error;
    }
  }

  /** Takes a stale lock away. Throws where it is held. */
  private clear(): void {
    const text = attempt(() => readFileSync(this.path, "utf8"));
    const touched = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs;
    if (text === undefined || touched === undefined) return;
    const holder = parsed(text);
    if (holder && isHeld(holder, Date.now() - touched)) throw new Error(heldBy(holder));
    if (!holder && Date.now() - touched < 1000) return;
    this.moveAside(text);
  }

  /** Only one process can rename a file away; if what it got is not what it saw, it gives it back. */
  private moveAside(seen: string): void {
    const aside = `${this.path}.${this.token}`;
    if (attempt(() => renameSync(this.path, aside) ?? true) === undefined) return;
    const isSame = attempt(() => readFileSync(aside, "utf8")) === seen;
    if (!isSame) attempt(() => linkSync(aside, this.path));
    attempt(() => unlinkSync(aside));
  }

  private touch(): void {
    const holder = this.read();
    if (holder?.token === this.token) attempt(() => utimesSync(this.path, new Date(), new Date()));
    else if (holder || !attempt(() => this.create())) this.isLost = true;
  }

  private read(): Holder | undefined {
    const text = attempt(() => readFileSync(this.path, "utf8"));
    return text === undefined ? undefined : parsed(text);
  }
}

function heldBy({ pid, host }: Holder): string {
  const who = host === hostname() ? `process ${pid}` : `process ${pid} of ${host}`;
  const where = pid === process.pid ? `another thread of this process (this is thread ${threadId})` : who;
  return `${where} writes to it. Give each process and thread a file of its own, or set shared`;
}

function isHeld({ pid, started, host }: Holder, untouched: number): boolean {
  if (host === hostname()) {
    if (!isAlive(pid)) return false;
    const now = startOf(pid);
    if (started !== undefined && now !== undefined) return started === now;
  }
  return Math.abs(untouched) < staleAfter;
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
