import type { ContentRule } from "./scene.ts";

export const logInjection: ContentRule = {
  id: "log-injection",
  mayHold: null,
  check: () => [],
};
