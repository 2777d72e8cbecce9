import type { ContextOptions } from "../../context/settings.ts";
import type { ContextSource } from "../../context/source.ts";
import { contextOf } from "../../context/request-context.ts";
import { contextSettings } from "../../context/settings.ts";
import { runInContext } from "../../context/store.ts";

/** What a security log does for adapters, without the log. */
export function sourceOf(options: ContextOptions = {}): ContextSource {
  const settings = contextSettings(options);
  return { run: (incoming, fn) => runInContext(contextOf(incoming, settings), fn) };
}
