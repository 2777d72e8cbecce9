import type { Config } from "./config/config.ts";
import type { Baseline } from "./settle/baseline.ts";

/*
 * What checks files against a schema takes longer to load than a scan whose result is remembered, and most projects have
 * neither a telltale.yaml nor a baseline: it is loaded where there is one.
 */

/** The text of a telltale.yaml as settings; `file` is its name for messages. Throws TT1002, TT1003 or TT1004. */
export async function parseConfig(text: string, file: string): Promise<Config> {
  return (await import("./config/parse.ts")).parseConfig(text, file);
}

/** The text of a baseline file. Throws TT1302 where it is none. */
export async function parseBaseline(text: string, file: string): Promise<Baseline> {
  return (await import("./settle/parse-baseline.ts")).parseBaseline(text, file);
}
