import type { ContentRule } from "./scene.ts";

export const unprotectedLogger: ContentRule = {
  id: "unprotected-logger",
  mayHold: null,
  check: () => [],
};
