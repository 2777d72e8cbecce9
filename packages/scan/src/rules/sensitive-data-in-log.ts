import type { ContentRule } from "./scene.ts";

export const sensitiveDataInLog: ContentRule = {
  id: "sensitive-data-in-log",
  mayHold: null,
  check: () => [],
};
