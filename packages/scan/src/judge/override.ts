import picomatch from "picomatch";
import type { ActionOverride, Config } from "../config/config.ts";
import type { HandlerFound } from "../frameworks/framework.ts";

/** What the configuration says about a handler; the last entry that fits decides. */
export function overrideFor(config: Pick<Config, "actions">, handler: HandlerFound): ActionOverride | undefined {
  return config.actions.findLast((one) => {
    if (one.files !== undefined && !picomatch.isMatch(handler.file.path, one.files, { dot: true })) return false;
    if (one.handler === undefined) return true;
    const route = `${handler.method ?? ""} ${handler.path ?? ""}`.trim();
    return [handler.name, route].some((name) => picomatch.isMatch(name, one.handler!, { dot: true, bash: true }));
  });
}
