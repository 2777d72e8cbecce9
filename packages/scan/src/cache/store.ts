import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEntry, writeEntry, type Entry } from "./entry.ts";

/** Results that are kept of one folder: some branches, and a part of the tree now and then. */
const KEPT = 5;
/** A temporary file of this age (milliseconds) was left by a process that died. */
const ABANDONED = 60 * 60 * 1000;

/** The results that are kept of one scanned folder. */
export interface Store {
  /** undefined where there is none that can be read whole. */
  readonly read: (key: string) => Entry | undefined;
  /** Gives the reason where it could not be kept. */
  readonly write: (key: string, entry: Entry) => string | undefined;
}

/** `root` is the folder that is scanned: each has a folder of its own below `cacheDir`. */
export function openStore(cacheDir: string, root: string): Store {
  const folder = join(cacheDir, `scan-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  const fileOf = (key: string): string => join(folder, `${key}.json`);
  return {
    read: (key) => {
      const text = attempt(() => readFileSync(fileOf(key), "utf8"));
      const entry = text === undefined ? undefined : readEntry(key, text);
      if (entry !== undefined) attempt(() => utimesSync(fileOf(key), new Date(), new Date()));
      return entry;
    },
    write: (key, entry) => {
      const temporary = join(folder, `${key}.${process.pid}.${randomUUID()}.tmp`);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, writeEntry(key, entry), { mode: 0o600 });
        renameSync(temporary, fileOf(key));
      } catch (error) {
        attempt(() => rmSync(temporary, { force: true }));
        return (error as NodeJS.ErrnoException).code ?? String(error);
      }
      prune(folder);
      return undefined;
    },
  };
}

/** Leaves the results that were used last. Another process may prune at the same time: what is gone already is no error. */
function prune(folder: string): void {
  const files = (attempt(() => readdirSync(folder)) ?? []).flatMap((name) => {
    const path = join(folder, name);
    const stats = attempt(() => statSync(path));
    return stats === undefined ? [] : [{ path, isEntry: name.endsWith(".json"), used: stats.mtimeMs }];
  });
  const entries = files.filter((file) => file.isEntry).sort((a, b) => b.used - a.used);
  const abandoned = files.filter((file) => !file.isEntry && file.used < Date.now() - ABANDONED);
  for (const { path } of [...entries.slice(KEPT), ...abandoned]) attempt(() => rmSync(path, { force: true }));
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
