import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { defaultConfig, parseBaseline, parseConfig, TelltaleError } from "@telltale/scan";
import type { Baseline, Config } from "@telltale/scan";
import { causeText } from "./cause.ts";
import type { Target } from "./target.ts";

const names = ["telltale.yaml", "telltale.yml"];

export interface Settings {
  readonly config: Config;
  /** Absolute path of the baseline, where one is named. */
  readonly baseline: string | undefined;
}

/** The config that `--config` names, or the one of the scanned folder, or the defaults; and the baseline to use. */
export async function readSettings(
  { root, prefix }: Target,
  cwd: string,
  given: { readonly config?: string; readonly baseline?: string },
): Promise<Settings> {
  const found = names.find((name) => existsSync(resolve(root, name)));
  const path = given.config === undefined ? found && resolve(root, found) : resolve(cwd, given.config);
  const config = path === undefined ? defaultConfig : await parseConfig(read(path, "TT1001"), given.config ?? `${prefix}${found}`);
  return { config, baseline: baselinePath(config, path, cwd, given.baseline) };
}

function baselinePath(config: Config, configPath: string | undefined, cwd: string, given: string | undefined): string | undefined {
  if (given !== undefined) return resolve(cwd, given);
  if (config.baseline === null || configPath === undefined) return undefined;
  return resolve(dirname(configPath), config.baseline);
}

/** The baseline that stands there. Throws TT1301 or TT1302. */
export function readBaseline(path: string): Promise<Baseline> {
  return parseBaseline(read(path, "TT1301"), path);
}

function read(path: string, code: "TT1001" | "TT1301"): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new TelltaleError(code, { path, cause: causeText(error) });
  }
}
