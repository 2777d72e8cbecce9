import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";

/** What stood at a path: nothing, a folder, or a file of that content; a link counts as what it leads to. */
export type State = string;

/** Files beside sources and manifests that a result depends on, each as it was when it was first looked at. */
export interface Sightings {
  /** Whether anything stands there. What does is read next, through `cache`. */
  readonly exists: (path: string) => boolean;
  /** Given to get-tsconfig as its cache, it sees every path that get-tsconfig asks the disk about. */
  readonly cache: Map<string, never>;
  /** True where get-tsconfig read a file and `cache` did not hear of it: there are paths that were not seen. */
  readonly isBlind: () => boolean;
  /** By absolute path. */
  readonly seen: ReadonlyMap<string, State>;
}

/** Keys of get-tsconfig's cache that stand for a question to the disk: `readFileSync:/app/tsconfig.json:utf8`. */
const QUESTION = /^(?:existsSync|statSync|realpathSync|readFileSync):(.+?)(?::utf8)?$/s;

const ABSENT: State = "absent";

export function createSightings(): Sightings {
  const seen = new Map<string, State>();
  const found = new Set<string>();
  const heard = new Set<string>();
  const note = (path: string): State => {
    let state = seen.get(path);
    if (state === undefined) seen.set(path, (state = stateOf(path)));
    return state;
  };
  class Noting extends Map<string, never> {
    override get(key: string): undefined {
      const path = QUESTION.exec(key)?.[1];
      if (path !== undefined) {
        heard.add(path);
        note(path);
      }
      return super.get(key);
    }
  }
  return {
    exists: (path) => {
      if (note(path) === ABSENT) return false;
      found.add(path);
      return true;
    },
    cache: new Noting(),
    isBlind: () => [...found].some((path) => !heard.has(path)),
    seen,
  };
}

/** What stands at a path now. */
export function stateOf(path: string): State {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return ABSENT;
    const sort = stats.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "folder";
    return `${sort} ${realpathSync(path)}`;
  } catch {
    return "unreadable";
  }
}
