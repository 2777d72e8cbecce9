import { writeSync } from "node:fs";
import { onExit } from "../exit.ts";

/** Says what its exit listener hears, and ends in the way that `argv[2]` names. */
const [, , way] = process.argv;
const say = (text: string) => writeSync(1, `${text}\n`);

const watched = ["SIGTERM", "SIGINT", "SIGHUP", "beforeExit", "exit", "uncaughtExceptionMonitor"];
const counts = () => String(watched.map((name) => process.listenerCount(name)));
const before = counts();

const stop = onExit((cause) =>
  say(
    [
      cause.kind,
      ...Object.values(cause)
        .slice(1)
        .map((value) => (value instanceof Error ? value.message : String(value))),
    ].join(" "),
  ),
);
const second = onExit(() => {
  throw new Error("a listener's own fault");
});

const idle = setInterval(() => undefined, 1000);
const kill = (signal: NodeJS.Signals) => setTimeout(() => process.kill(process.pid, signal), 5);

const ways: Readonly<Record<string, () => unknown>> = {
  idle: () => clearInterval(idle),
  exit: () => process.exit(3),
  throw: () =>
    setTimeout(() => {
      throw new Error("boom");
    }, 1),
  reject: () => Promise.reject(new Error("boom")),
  sigterm: () => kill("SIGTERM"),
  sigint: () => kill("SIGINT"),
  sighup: () => kill("SIGHUP"),
  handled: () => {
    process.on("SIGTERM", () => setTimeout(() => process.exit(0), 20));
    kill("SIGTERM");
  },
  ignored: () => {
    process.on("SIGTERM", () => say("the application goes on"));
    kill("SIGTERM");
    setTimeout(() => process.exit(0), 100);
  },
  caught: () => {
    process.on("uncaughtException", () => say("the application goes on"));
    setTimeout(() => process.exit(0), 50);
    ways["throw"]!();
  },
  "stopped-watching": () => {
    stop();
    second();
    say(counts() === before ? "nothing is left" : counts());
    kill("SIGTERM");
  },
  // As the packages signal-exit 2 to 4 do: they re-send the signal where nobody but themselves listens.
  "signal-exit": () => {
    const emitter = { count: 1 };
    (globalThis as Record<symbol, unknown>)[Symbol.for("signal-exit emitter")] = emitter;
    const heard = () => {
      if (process.listenerCount("SIGTERM") !== emitter.count) return;
      process.off("SIGTERM", heard);
      say("signal-exit gives way");
      process.kill(process.pid, "SIGTERM");
    };
    process.on("SIGTERM", heard);
    kill("SIGTERM");
  },
};

ways[way!]!();
