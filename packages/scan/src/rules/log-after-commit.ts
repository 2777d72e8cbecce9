import type { ContentRule } from "./scene.ts";

export const logAfterCommit: ContentRule = {
  id: "log-after-commit",
  mayHold: null,
  check: () => [],
};
