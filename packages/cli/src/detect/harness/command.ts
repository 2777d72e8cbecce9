import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";

const bin = fileURLToPath(new URL("../../../bin/telltale.js", import.meta.url));
const built = fileURLToPath(new URL("../../../dist/detect/command.js", import.meta.url));

/** How long something that must come is waited for, milliseconds: only a test that fails waits so long. */
const patience = 25_000;

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly out: () => string;
  readonly err: () => string;
  readonly stdin: NodeJS.WritableStream;
  /** Reads no further: what `| head` does. */
  readonly closeOut: () => void;
  /** Resolves with the match when the stream has shown the pattern; rejects with all that it showed instead. */
  readonly shows: (stream: "out" | "err", pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves when the command has ended by itself. */
  readonly ended: () => Promise<Ended>;
  /** Sends the signal, and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

export interface Workplace {
  /** The folder in which the commands run. */
  readonly folder: () => string;
  readonly path: (name: string) => string;
  readonly start: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Running;
  /** Runs to the end, with `input` on standard input. */
  readonly run: (args: readonly string[], input?: string) => Promise<Ended>;
}

/** A folder of its own for each test, and the built command run in it. Nothing is left behind. */
export function workplace(): Workplace {
  let folder = "";
  const left: (() => void)[] = [];
  beforeEach(() => {
    if (!existsSync(built)) throw new Error("these tests run the built command: npm run build");
    folder = mkdtempSync(join(tmpdir(), "telltale-detect-"));
  });
  afterEach(() => {
    for (const end of left.splice(0)) end();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
    const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...environment };
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env });
    left.push(() => child.kill("SIGKILL"));
    const text = { out: "", err: "" };
    let status: number | null | undefined;
    const waiting = new Set<() => void>();
    const wake = () => {
      for (const look of waiting) look();
    };
    const reading = (stream: "out" | "err") => (chunk: Buffer) => {
      text[stream] += chunk.toString();
      wake();
    };
    child.stdout.on("data", reading("out"));
    child.stderr.on("data", reading("err"));
    // A command that has ended does not read on; that is for the test to judge.
    child.stdin.on("error", () => undefined);
    child.on("close", (code) => {
      status = code;
      wake();
    });

    function until<T>(look: () => T | undefined, what: string): Promise<T> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish(() => reject(new Error(`${what} did not come:\n${text.out}\n--\n${text.err}`))), patience);
        const finish = (how: () => void) => {
          clearTimeout(timer);
          waiting.delete(again);
          how();
        };
        const again = () => {
          const found = look();
          if (found !== undefined) finish(() => resolve(found));
          else if (status !== undefined)
            finish(() => reject(new Error(`ended with ${status} before ${what}:\n${text.out}\n--\n${text.err}`)));
        };
        waiting.add(again);
        again();
      });
    }

    const ended = () => until(() => (status === undefined ? undefined : { status, ...text }), "the end");
    return {
      out: () => text.out,
      err: () => text.err,
      stdin: child.stdin,
      closeOut: () => child.stdout.destroy(),
      shows: (stream, pattern) => until(() => pattern.exec(text[stream]) ?? undefined, String(pattern)),
      ended,
      stop(signal = "SIGINT") {
        child.kill(signal);
        return ended();
      },
    };
  }

  return {
    folder: () => folder,
    path: (name) => join(folder, name),
    start,
    run(args, input = "") {
      const child = start(args);
      child.stdin.end(input);
      return child.ended();
    },
  };
}
