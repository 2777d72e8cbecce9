import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Where the cache stands: as asked for, in the project's node_modules where it has them, else in the user's cache folder
 * (https://specifications.freedesktop.org/basedir-spec/latest/). null: there is none.
 */
export function cacheDirOf(
  root: string,
  flags: { readonly cache: boolean; readonly cacheDir?: string },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  if (!flags.cache) return null;
  if (flags.cacheDir !== undefined) return resolve(flags.cacheDir);
  if (existsSync(join(root, "node_modules"))) return join(root, "node_modules", ".cache", "telltale");
  const base = environment["XDG_CACHE_HOME"] || environment["LOCALAPPDATA"] || join(homedir(), ".cache");
  return join(base, "telltale");
}
