import type { ContentRule } from "./scene.ts";

export const logBeforeOutcome: ContentRule = {
  id: "log-before-outcome",
  mayHold: null,
  check: () => [],
};
