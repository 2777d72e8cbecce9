import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A log file or one that it was rotated to, as the folder shows it. */
export interface LogFile {
  readonly path: string;
  /** `device:inode`. */
  readonly node: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** Names that rotation gives, by the part after the log's own name. A larger key is an older file, or a newer one, as `order` says. */
interface Family {
  readonly form: RegExp;
  /** Text that sorts from the oldest to the newest. */
  readonly age: (parts: RegExpExecArray) => string;
}

const padded = (digits: string | undefined) => (digits ?? "0").padStart(16, "0");

const families: readonly Family[] = [
  // logrotate, and most others: `.1` is the newest.
  { form: /^\.(\d{1,6})$/, age: ([, number]) => padded(String(999_999 - Number(number))) },
  // @telltale/log: `.2026-11-21T23-10-05.123Z`, a second one in the same millisecond with `-1`.
  { form: /^\.(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z)(?:-(\d+))?$/, age: ([, time, count]) => `${time} ${padded(count)}` },
  // logrotate's dateext, `-20261121` or `-20261121-1732230000`, and the like with a dot or with hyphens in the date.
  {
    form: /^[.-](\d{4}-?\d\d-?\d\d)(?:[-T_.]?(\d{2,10}))?(?:\.(\d{1,6}))?$/,
    age: ([, day, time, count]) => `${day?.replaceAll("-", "")} ${padded(time)} ${padded(count)}`,
  },
];

const packedEnding = /\.(?:gz|zst|xz|bz2)$/;

interface Past extends LogFile {
  readonly family: number;
  readonly age: string;
}

/** Past files of a log, oldest first. A packed one beside its plain original is left out: the packing is not finished, or just was. */
export function pastFiles(path: string): readonly LogFile[] {
  const names = namesBeside(path);
  const present = new Set(names);
  const found: Past[] = [];
  for (const name of names) {
    const plain = name.replace(packedEnding, "");
    if (plain !== name && present.has(plain)) continue;
    const kind = kindOf(plain.slice(basename(path).length));
    const file = kind && statFile(join(dirname(path), name));
    if (file) found.push({ ...file, ...kind });
  }
  const isOneFamily = found.every(({ family }) => family === found[0]?.family);
  // Names order the files of one tool; between tools only the time of the last change does.
  return found.sort((a, b) => (isOneFamily ? 0 : a.changed - b.changed) || compare(a.age, b.age));
}

/**
 * Past files and, last, the log itself where it is there. Looked at until two looks agree: a rotation renames one file after another.
 * Without waiting in between, because a slow look never agrees with the next one while the log is rotated.
 */
export function filesOfLog(path: string): readonly LogFile[] {
  let seen = lookOnce(path);
  for (let tries = 0; tries < 100; tries += 1) {
    const again = lookOnce(path);
    if (again.length === seen.length && again.every(({ path, node }, index) => path === seen[index]?.path && node === seen[index]?.node))
      return again;
    seen = again;
  }
  return seen;
}

/** Undefined where there is no regular file. */
export function statFile(path: string): LogFile | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? { path, node: `${found.dev}:${found.ino}`, size: found.size, changed: found.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

function lookOnce(path: string): readonly LogFile[] {
  const past = pastFiles(path);
  const current = statFile(path);
  // Seen under both names where the rotation came between the two looks: the next look settles it.
  return current ? [...past.filter(({ node }) => node !== current.node), current] : past;
}

function namesBeside(path: string): readonly string[] {
  const base = basename(path);
  try {
    return readdirSync(dirname(path)).filter((name) => name.startsWith(base) && name.length > base.length);
  } catch {
    return [];
  }
}

function kindOf(ending: string): { readonly family: number; readonly age: string } | undefined {
  for (const [family, { form, age }] of families.entries()) {
    const parts = form.exec(ending);
    if (parts) return { family, age: age(parts) };
  }
  return undefined;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
