import type { ContentRule } from "./scene.ts";

export const stackTraceLeak: ContentRule = {
  id: "stack-trace-leak",
  mayHold: null,
  check: () => [],
};
